"""The article and the lines above the question: kept in both languages, never over what somebody else saved."""

import re
from datetime import date

import pytest

from apps.accounts.models import AuditEntry, Role
from apps.desk.editor.article import article_of, fingerprint
from apps.inquiries.models import Article, Inquiry, State
from apps.surveys.drafts import begin_draft, change_draft, draft_of, publish_draft, working_document
from apps.surveys.models import SurveyDraft
from tests.accounts.cast import member, publication, signed_in
from tests.desk.test_bad_input import STRANGE, errors_of
from tests.desk.test_editor import refusals

pytestmark = pytest.mark.django_db

ARTICLE = "/desk/inquiries/bridge/article/?lang=en"


@pytest.fixture
def author():
    return member(Role.AUTHOR)


@pytest.fixture
def desk(author):
    return signed_in(author)


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
        "lines about the article · hopeful voice · English: The text is missing.",
        "lines about the article · worried voice · Japanese: The text is missing.",
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

    assert list(refusals(response)[field]) == [sentence]
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
    draft = begin_draft(inquiry=inquiry, document=working_document(inquiry).document, by=author)
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
