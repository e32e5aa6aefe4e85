"""New inquiries and the overview: what an author types is kept, or said what is wrong with it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry, State
from apps.surveys.drafts import draft_of, publish_draft
from tests.accounts.cast import member, publication, signed_in
from tests.desk.factories import COMPLETE, answer
from tests.surveys.documents import both, built_in
from tests.surveys.factories import make_version

pytestmark = pytest.mark.django_db

NEW = "/desk/publications/paper/new/?lang=en"
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


def test_form_that_is_sent_twice_begins_one_inquiry(desk):
    once = desk.get(NEW).context["form"]["once"].value()

    answers = [desk.post(NEW, {**TYPED, "once": once}) for _ in range(2)]

    assert [response.headers["Location"] for response in answers] == [
        "/desk/inquiries/closing-the-station-square-to-cars/edit/"
    ] * 2
    assert Inquiry.objects.count() == 1


def test_form_that_was_refused_can_be_sent_again(desk, inquiry):
    once = desk.get(NEW).context["form"]["once"].value()

    refused = desk.post(NEW, {**TYPED, "once": once, "address": "bridge"})
    mended = desk.post(NEW, {**TYPED, "once": refused.context["form"]["once"].value(), "address": "bridge-2"})

    assert mended.headers["Location"] == "/desk/inquiries/bridge-2/edit/"


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
