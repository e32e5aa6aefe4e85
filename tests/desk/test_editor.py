"""New inquiries, the overview, and the article: what an author types is kept, or said what is wrong with it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from apps.accounts.models import AuditEntry, Role
from apps.desk.editor.article import article_of, fingerprint
from apps.inquiries.models import Article, Inquiry, State
from apps.surveys.drafts import change_draft, draft_of, open_draft, publish_draft, working_document
from apps.surveys.models import SurveyDraft
from tests.accounts.cast import member, publication, signed_in
from tests.desk.factories import COMPLETE, answer
from tests.desk.test_bad_input import STRANGE, errors_of
from tests.surveys.documents import both, built_in
from tests.surveys.factories import make_version

pytestmark = pytest.mark.django_db

NEW = "/desk/publications/paper/new/?lang=en"
ARTICLE = "/desk/inquiries/bridge/article/?lang=en"
TYPED = {
    "start": "template",
    "languages": "ja,en",
    "subject_ja": "駅前広場の車の通行止め",
    "subject_en": "closing the station square to cars",
}


@pytest.fixture
def author():
    return member(Role.AUTHOR)


@pytest.fixture
def desk(author):
    return signed_in(author)


def begun(desk, **changes) -> Inquiry:
    response = desk.post(NEW, {**TYPED, **changes})
    assert response.status_code == 302, response.context["form"].errors
    return Inquiry.objects.order_by("-pk")[0]


def refusals(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def test_inquiry_begins_from_the_template_with_an_address_made_of_its_words(desk, author):
    inquiry = begun(desk)

    draft = draft_of(inquiry)
    assert (inquiry.slug, inquiry.state, inquiry.publication.slug) == (
        "closing-the-station-square-to-cars", State.DRAFT, "paper",
    )  # fmt: skip
    assert inquiry.title == {
        "ja": "駅前広場の車の通行止めを、どう考えますか",
        "en": "What do you make of closing the station square to cars?",
    }
    assert (draft.changed_by, draft.document["slug"]) == (author, inquiry.slug)
    assert list(AuditEntry.objects.order_by("id").values_list("action", "actor__name")) == [
        ("inquiry.created", "Author"), ("draft.begun", "Author"),
    ]  # fmt: skip


def test_new_inquiry_is_nowhere_but_on_the_desk(desk, client):
    inquiry = begun(desk)

    publish_draft(inquiry=inquiry, revision=draft_of(inquiry).revision, by=None)
    places = ("", "answer/", "results/", "debate/", "stand/", "about/", "card.png", "qr.svg")
    assert {client.get(f"/q/{inquiry.slug}/{place}").status_code for place in places} == {404}
    assert client.get(f"/embed/{inquiry.slug}/").status_code == 404
    assert client.get(f"/api/v1/inquiries/{inquiry.slug}").status_code == 404
    assert inquiry.slug not in client.get("/").content.decode()
    assert desk.get(f"/desk/inquiries/{inquiry.slug}/edit/").status_code == 200


def test_second_inquiry_of_the_same_words_has_a_number(desk):
    slugs = [begun(desk).slug for _ in range(3)]

    assert slugs == [
        "closing-the-station-square-to-cars", "closing-the-station-square-to-cars-2",
        "closing-the-station-square-to-cars-3",
    ]  # fmt: skip


def test_japanese_words_alone_take_the_day_for_an_address(desk):
    inquiry = begun(desk, languages="ja", subject_en="", title_ja="橋をどうする")

    assert inquiry.slug.startswith(f"question-{date.today().year}")
    assert draft_of(inquiry).document["languages"] == ["ja"]


def test_taken_address_comes_with_one_that_is_free(desk, inquiry):
    found = refusals(desk.post(NEW, {**TYPED, "address": " Bridge "}))

    assert found == {"address": ["Another inquiry has this address. This one is free: bridge-2"]}


@pytest.mark.parametrize("address", ["a b", "橋", "a--b", "-a", "a/../b", "x" * 81, "ａ"])
def test_address_that_cannot_stand_in_a_link_is_refused(desk, address):
    found = refusals(desk.post(NEW, {**TYPED, "address": address}))

    assert found == {"address": ["Up to 80 of a–z, 0–9 and single hyphens, please."]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject_en": ""}, "title_en"),
        ({"subject_ja": "長" * 26}, "subject_ja"),
        ({"title_en": "x" * 10_000}, "title_en"),
        ({"subject_en": "\x00"}, "subject_en"),
        ({"languages": "fr"}, "languages"),
        ({"start": "999999"}, "start"),
        ({"start": "template' OR 1=1"}, "start"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(desk, changes, field):
    response = desk.post(NEW, {**TYPED, **changes})

    assert field in refusals(response)
    assert not Inquiry.objects.exists()
    assert "closing the station square" in response.content.decode() or "subject_en" in changes


def test_copy_takes_the_questions_and_not_the_answers(desk, inquiry):
    make_version(inquiry, built_in())
    answer(inquiry, "one", COMPLETE)

    copied = begun(desk, start=str(inquiry.pk), title_ja="写し", title_en="Copy", address="copy")

    assert draft_of(copied).document["items"] == built_in()["items"]
    assert (copied.title, copied.responses.count()) == ({"ja": "写し", "en": "Copy"}, 0)


def test_inquiry_of_another_publication_or_without_the_role_cannot_be_copied(desk, author, inquiry):
    make_version(inquiry, built_in())
    strange = Inquiry.objects.create(publication=publication("other"), slug="strange", title=both("Strange"))
    make_version(strange, built_in())
    member(Role.ANALYST, of="other", named="other")

    page = desk.get(NEW)

    assert list(page.context["form"].sources) == [str(inquiry.pk)]
    assert "start" in refusals(desk.post(NEW, {**TYPED, "start": str(strange.pk)}))


def test_publication_of_others_does_not_exist(desk):
    publication("other")

    assert desk.post("/desk/publications/other/new/", TYPED).status_code == 404


def test_overview_says_what_is_missing(desk):
    inquiry = begun(desk)

    page = desk.get(f"/desk/inquiries/{inquiry.slug}/edit/?lang=en").content.decode()

    for said in (
        "The address of the article is not given",
        "No line says what happened",
        "Readers have no contact",
        "Nothing is published yet.",
        "It can be opened as soon as a version is published.",
    ):
        assert said in page


def test_overview_costs_the_same_for_any_number_of_answers(desk, inquiry):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            desk.get("/desk/inquiries/bridge/edit/")
        return len(caught)

    queries()
    answer(inquiry, "one", COMPLETE)
    with_one = queries()
    for name in ("two", "three", "four"):
        answer(inquiry, name, COMPLETE)

    assert queries() == with_one


def article_data(inquiry: Inquiry, **changes: str) -> dict[str, str]:
    return {
        "revision": str(working_document(inquiry).revision),
        "seen": fingerprint(article_of(inquiry)),
        "title_ja": "橋の記事",
        "title_en": "About the bridge",
        "introduction_ja": "橋についての記事から",
        "introduction_en": "From an article about the bridge",
        "url": "https://example.com/bridge",
        "author": "山田 花子",
        "published_on": "2026-11-01",
        "headline_ja": "橋をどうする",
        "headline_en": "What about the bridge?",
        "part1_ja": "橋が建てかえられます。",
        "part1_en": "The bridge is rebuilt.",
        "hope_ja": "便利になると言う人がいます。",
        "hope_en": "Some expect an easier way.",
        "worry_ja": "景色が変わると言う人もいます。",
        "worry_en": "Others worry about the view.",
        **changes,
    }


def test_article_and_lines_are_kept_in_both_languages(desk, author, inquiry):
    response = desk.post(ARTICLE, article_data(inquiry))

    assert response.status_code == 302
    article, document = Article.objects.get(inquiry=inquiry), draft_of(inquiry).document
    assert (article.title, article.url, article.author, article.published_on) == (
        {"ja": "橋の記事", "en": "About the bridge"}, "https://example.com/bridge", "山田 花子", date(2026, 11, 1),
    )  # fmt: skip
    assert article.introduction == {"ja": "橋についての記事から", "en": "From an article about the bridge"}
    assert document["title"] == {"ja": "橋をどうする", "en": "What about the bridge?"}
    assert document["context_card"]["parts"] == [{"ja": "橋が建てかえられます。", "en": "The bridge is rebuilt."}]
    assert document["context_card"]["balanced_pair"][1]["en"] == "Others worry about the view."
    assert AuditEntry.objects.filter(action="article.changed", actor=author).count() == 1


def test_saved_article_is_shown_as_it_was_typed(desk, inquiry):
    data = article_data(inquiry)
    desk.post(ARTICLE, data)

    form = desk.get(ARTICLE).context["form"]

    shown = {name: str(form[name].value() or "") for name in form.fields}
    assert {name: shown[name] for name in data if name not in ("revision", "seen")} == {
        name: value for name, value in data.items() if name not in ("revision", "seen")
    }


def test_same_again_begins_no_draft_and_leaves_no_row(desk, inquiry):
    document = working_document(inquiry).document
    lines = {name: "" for name in article_data(inquiry) if name.startswith(("part", "hope", "worry"))}
    card = document.get("context_card", {})
    if card.get("parts"):
        lines |= {f"part1_{each}": card["parts"][0][each] for each in ("ja", "en")}
        for name, voice in zip(("hope", "worry"), card["balanced_pair"], strict=True):
            lines |= {f"{name}_{each}": voice[each] for each in ("ja", "en")}
    headline = {f"headline_{each}": document["title"][each] for each in ("ja", "en")}
    data = article_data(inquiry, **lines, **headline)
    desk.post(ARTICLE, data)
    rows = AuditEntry.objects.count()

    desk.post(
        ARTICLE, data | {"seen": fingerprint(article_of(inquiry)), "revision": str(working_document(inquiry).revision)}
    )

    assert AuditEntry.objects.count() == rows


def test_line_without_words_is_none(desk, inquiry):
    empty = {name: "" for name in article_data(inquiry) if name.startswith(("part", "hope", "worry"))}

    desk.post(ARTICLE, article_data(inquiry, **empty))

    card = draft_of(inquiry).document["context_card"]
    assert (card["parts"], card["balanced_pair"]) == ([], [])


def test_half_written_lines_are_kept_and_named_before_publishing(desk, inquiry):
    desk.post(ARTICLE, article_data(inquiry, hope_en="", worry_ja=""))

    page = desk.get("/desk/inquiries/bridge/publish/?lang=en")

    assert [each.sentence for each in page.context["ready"].problems] == [
        "lines about the article · two voices · 1 · English: The text is missing.",
        "lines about the article · two voices · 2 · Japanese: The text is missing.",
    ]
    assert {each.address for each in page.context["ready"].problems} == {"/desk/inquiries/bridge/article/"}
    assert 'disabled aria-describedby="problems"' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "javascript:alert(1)", "Please enter an address that begins with https:// or http://."),
        ("url", "ftp://example.com/a", "Please enter an address that begins with https:// or http://."),
        ("url", "https://example.com/" + "a" * 500, "At most 500 characters, please."),
        ("title_en", "x" * 10_000, "Please shorten the text to 200 characters; it has 10000."),
        ("worry_ja", "長" * 301, "Please shorten the text to 300 characters; it has 301."),
        ("author", "x" * 121, "Please shorten the text to 120 characters; it has 121."),
        ("published_on", "soon", "Enter a valid date."),
        ("published_on", "9999-99-99", "Enter a valid date."),
    ],
)
def test_faulty_article_is_refused_in_place_and_what_was_typed_stays(desk, inquiry, field, value, sentence):
    response = desk.post(ARTICLE, article_data(inquiry, **{field: value}))

    assert sentence in refusals(response)[field]
    assert response.context["form"][field].value() == value
    assert not Article.objects.filter(url="https://example.com/bridge").exists()
    assert draft_of(inquiry) is None


def test_address_without_its_beginning_is_completed(desk, inquiry):
    desk.post(ARTICLE, article_data(inquiry, url="example.com/bridge"))

    assert Article.objects.get(inquiry=inquiry).url == "https://example.com/bridge"


def test_who_saves_second_loses_nothing_and_overwrites_nothing(desk, inquiry):
    late = article_data(inquiry, headline_en="The late one")
    colleague = member(Role.OWNER)
    signed_in(colleague).post(ARTICLE, article_data(inquiry, headline_en="The early one"))

    response = desk.post(ARTICLE, late)
    page = response.content.decode()

    assert response.status_code == 409
    assert "Owner saved at" in page
    assert "The late one" in page
    assert "The early one" in page
    assert draft_of(inquiry).document["title"]["en"] == "The early one"

    form = response.context["form"]
    again = desk.post(ARTICLE, late | {"revision": form["revision"].value(), "seen": form["seen"].value()})
    assert again.status_code == 302
    assert draft_of(inquiry).document["title"]["en"] == "The late one"


def test_own_second_window_is_called_by_its_name(desk, inquiry):
    late = article_data(inquiry, headline_en="Late")
    desk.post(ARTICLE, article_data(inquiry, headline_en="Early"))

    page = desk.post(ARTICLE, late)

    assert (page.status_code, "You saved this in another window" in page.content.decode()) == (409, True)


def test_article_that_was_changed_meanwhile_is_not_overwritten_either(desk, inquiry):
    late = article_data(inquiry)
    Article.objects.update_or_create(inquiry=inquiry, defaults={"url": "https://example.com/other"})

    assert desk.post(ARTICLE, late).status_code == 409
    assert Article.objects.get(inquiry=inquiry).url == "https://example.com/other"


def test_texts_in_a_language_that_is_not_asked_now_stay(desk, author, inquiry):
    draft = open_draft(inquiry=inquiry, by=author)
    change_draft(inquiry=inquiry, revision=draft.revision, document=draft.document | {"languages": ["ja"]}, by=author)
    data = {name: value for name, value in article_data(inquiry).items() if not name.endswith("_en")}
    earlier = draft.document["title"]["en"]

    desk.post(ARTICLE, data)

    assert draft_of(inquiry).document["title"] == {"ja": "橋をどうする", "en": earlier}


def test_conversation_from_elsewhere_has_an_article_and_settings_but_no_questions(desk):
    Inquiry.objects.create(publication=publication(), slug="bridge", title={"en": "From elsewhere"}, state=State.CLOSED)
    data = {"title_en": "T", "url": "https://example.com/", "seen": fingerprint(Article())}

    pages = [
        desk.get(f"/desk/inquiries/bridge/{page}/").status_code for page in ("edit", "article", "settings", "publish")
    ]
    saved = desk.post(ARTICLE, data)

    assert (pages, saved.status_code) == ([200] * 4, 302)
    assert not SurveyDraft.objects.exists()


def test_published_draft_names_the_inquiry(desk, author, inquiry):
    desk.post(ARTICLE, article_data(inquiry, headline_en="Renamed"))
    before = Inquiry.objects.get(pk=inquiry.pk).title["en"]

    with override("en"):
        publish_draft(inquiry=inquiry, revision=draft_of(inquiry).revision, by=author)

    assert (before, Inquiry.objects.get(pk=inquiry.pk).title["en"]) == ("What about the bridge?", "Renamed")


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_words_are_kept_whole_or_refused_in_japanese(desk, inquiry, text):
    forms = {
        "/desk/publications/paper/new/": ["start", "languages", "address", "title_ja", "title_en", "subject_ja"],
        "/desk/inquiries/bridge/article/": [name for name in article_data(inquiry) if name != "seen"],
        "/desk/inquiries/bridge/settings/": ["part", "origins", "opens_at", "closes_at", "profile", "shown"],
        "/desk/inquiries/bridge/publish/": ["note", "revision"],
    }
    parts = ["hours", "privacy", "results", "origins", "languages"]
    text = text[:500]  # in all fields at once; a form that is too large as a whole is refused before it is read

    answers = [desk.post(path, dict.fromkeys(names, text)) for path, names in forms.items()]
    answers += [
        desk.post(
            "/desk/inquiries/bridge/settings/",
            dict.fromkeys(forms["/desk/inquiries/bridge/settings/"], text) | {"part": part},
        )
        for part in parts
    ]

    assert {response.status_code for response in answers} <= {302, 409, 422}
    for response in answers:
        assert all(re.search("[ぁ-ん]", sentence) for sentence in errors_of(response))
        assert "<script>alert" not in response.content.decode()
