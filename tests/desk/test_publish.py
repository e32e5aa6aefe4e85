"""Publishing on the desk: what changes, what it does to the counts, what stands in the way, and who did it."""

import copy

import pytest

from apps.accounts.models import AuditEntry, Role
from apps.surveys.actions import publish_version
from apps.surveys.drafts import change_draft, draft_of, working_document
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, signed_in
from tests.desk.factories import make_epoch

pytestmark = pytest.mark.django_db

PUBLISH = "/desk/inquiries/bridge/publish/?lang=en"


@pytest.fixture
def author():
    return member(Role.AUTHOR)


@pytest.fixture
def desk(author):
    return signed_in(author)


def edit(inquiry, author, change) -> int:
    working = working_document(inquiry)
    document = copy.deepcopy(working.document)
    change({item["id"]: item for item in document["items"]}, document)
    return change_draft(inquiry=inquiry, revision=working.revision, document=document, by=author).revision


def reword(items, document):
    items["Q1"]["stem"]["en"] = "Is it good or bad?"


def retire(items, document):
    items["Q6"]["options"][0]["retired"] = True


def test_without_changes_the_page_says_so_and_has_no_button(desk, inquiry):
    page = desk.get(PUBLISH).content.decode()

    assert "There is no change to publish." in page
    assert "button" not in page.split("<h1>")[1]


def test_changes_are_told_with_the_answers_that_stay(desk, author, inquiry):
    entries = [
        {"id": "Q1", "base": 120, "counts": {"5": 60}},
        {"id": "Q6", "base": 90, "counts": {"1": 12}},
    ]
    make_epoch(inquiry, SurveyVersion.objects.get(), content={"questions": entries})
    edit(inquiry, author, lambda items, document: (reword(items, document), retire(items, document)))

    effects = desk.get(PUBLISH).context["effects"]

    assert [(each.change.sentence, each.counts) for each in effects] == [
        (
            "Q1 is worded differently; counts go on by code.",
            "The 120 answers so far stay, and new ones add up with them.",
        ),
        (
            "Q6 no longer offers option 1; who chose it keeps it.",
            "“One leader decides quickly”: its 12 answers stay in the table.",
        ),
    ]


def test_hidden_numbers_stay_hidden(desk, author, inquiry):
    make_epoch(
        inquiry, SurveyVersion.objects.get(), content={"questions": [{"id": "Q6", "base": 9, "counts": {"1": None}}]}
    )
    edit(inquiry, author, retire)

    assert [each.counts for each in desk.get(PUBLISH).context["effects"]] == [
        "“One leader decides quickly”: its answers stay in the table."
    ]


def test_words_are_shown_before_and_after(desk, author, inquiry):
    edit(inquiry, author, reword)

    [found] = desk.get(PUBLISH).context["rewordings"]

    assert (found.question, found.place, found.language, found.after) == (
        "Q1", "question text", "en", "Is it good or bad?",
    )  # fmt: skip
    assert found.before.startswith("Is it desirable or undesirable")


def test_published_version_stands_in_the_list_with_who_and_why(desk, author, inquiry):
    revision = edit(inquiry, author, reword)

    response = desk.post(PUBLISH, {"revision": revision, "note": "Shorter"}, follow=True)
    page = desk.get(PUBLISH).content.decode()

    version = SurveyVersion.objects.get(number=2)
    assert "Version 2 is published." in response.content.decode()
    assert (version.change_note, version.published_by) == ("Shorter", author)
    assert all(said in page for said in ("Shorter", "Author", version.sha256[:12], "by command"))
    assert draft_of(inquiry) is None
    assert AuditEntry.objects.filter(action="survey.published", actor=author).count() == 1


def test_button_pressed_twice_publishes_once(desk, author, inquiry):
    revision = edit(inquiry, author, reword)

    for _ in range(2):
        desk.post(PUBLISH, {"revision": revision, "note": ""})

    assert SurveyVersion.objects.filter(inquiry=inquiry).count() == 2


def test_draft_that_changed_after_the_page_was_opened_is_not_published(desk, author, inquiry):
    seen = edit(inquiry, author, reword)
    edit(inquiry, member(Role.OWNER), retire)

    response = desk.post(PUBLISH, {"revision": seen, "note": "My note"})

    assert response.status_code == 409
    assert "Owner saved at" in response.content.decode()
    assert 'value="My note"' in response.content.decode()
    assert len(response.context["effects"]) == 2
    assert SurveyVersion.objects.count() == 1


def test_what_stands_in_the_way_is_named_and_led_to(desk, author, inquiry):
    def fault(items, document):
        items["Q1"]["stem"]["en"] = ""
        document["title"]["en"] = ""

    revision = edit(inquiry, author, fault)

    response = desk.post(PUBLISH, {"revision": revision, "note": ""})

    assert response.status_code == 422
    assert [(each.sentence, each.address) for each in response.context["ready"].problems] == [
        ("Q1 · question text · English: The text is missing.", "/desk/inquiries/bridge/items/Q1/"),
        ("title · English: The text is missing.", "/desk/inquiries/bridge/article/"),
    ]
    assert SurveyVersion.objects.count() == 1


def test_what_would_change_the_meaning_of_old_answers_is_refused(desk, author, inquiry):
    def lose(items, document):
        items["Q6"]["options"].pop(0)

    revision = edit(inquiry, author, lose)

    response = desk.post(PUBLISH, {"revision": revision, "note": ""})

    assert response.status_code == 422
    assert [each.sentence for each in response.context["ready"].problems] == [
        "Q6 loses option 1; retire it instead, so that its answers still count."
    ]


@pytest.mark.parametrize("note", ["x" * 301, "\x00"])
def test_note_that_cannot_be_kept_is_refused_in_place(desk, author, inquiry, note):
    revision = edit(inquiry, author, reword)

    response = desk.post(PUBLISH, {"revision": revision, "note": note})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["note"]
    assert SurveyVersion.objects.count() == 1


@pytest.mark.parametrize("revision", ["", "x", "1" * 400])
def test_revision_that_is_none_publishes_nothing(desk, author, inquiry, revision):
    edit(inquiry, author, reword)

    assert desk.post(PUBLISH, {"revision": revision, "note": ""}).status_code in (409, 422)
    assert SurveyVersion.objects.count() == 1


def test_draft_is_discarded_and_what_is_published_stays(desk, author, inquiry):
    revision = edit(inquiry, author, reword)

    desk.post("/desk/inquiries/bridge/discard/", {"revision": revision - 1})
    kept = draft_of(inquiry)
    desk.post("/desk/inquiries/bridge/discard/", {"revision": revision})

    assert kept is not None
    assert draft_of(inquiry) is None
    assert SurveyVersion.objects.count() == 1


def test_draft_that_was_overtaken_by_another_version_says_so(desk, author, inquiry):
    edit(inquiry, author, retire)
    overtaking = copy.deepcopy(SurveyVersion.objects.get().definition)
    overtaking["title"]["en"] = "Renamed by command"
    publish_version(inquiry=inquiry, document=overtaking)

    page = desk.get(PUBLISH)

    assert "Version 2 was published after this draft had been begun." in page.content.decode()
    assert [each.change.kind for each in page.context["effects"]] == ["title", "option_retired"]


def test_each_version_tells_what_was_asked_and_what_it_changed(desk, author, inquiry):
    revision = edit(inquiry, author, lambda items, document: (reword(items, document), retire(items, document)))
    desk.post(PUBLISH, {"revision": revision, "note": "Shorter"})

    first, second = (desk.get(f"/desk/inquiries/bridge/versions/{number}/?lang=en") for number in (1, 2))

    assert [each.kind for each in second.context["changes"]] == ["reworded", "option_retired"]
    assert "What changed since version 1" in second.content.decode()
    assert "What changed since" not in first.content.decode()
    assert SurveyVersion.objects.get(number=1).sha256 in first.content.decode()


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_version_that_is_not_there_is_not_found(desk, inquiry, number):
    assert desk.get(f"/desk/inquiries/bridge/versions/{number}/").status_code == 404


def test_retired_place_of_a_ranking_counts_on_any_place(desk, author, inquiry):
    entry = {"id": "Q9", "base": 80, "first": {"counts": {"3": 11}}, "any": {"counts": {"3": 31}}}
    make_epoch(inquiry, SurveyVersion.objects.get(), content={"questions": [entry]})
    edit(inquiry, author, lambda items, document: items["Q9"]["options"][2].update(retired=True))

    assert [each.counts for each in desk.get(PUBLISH).context["effects"]] == [
        "“National law”: its 31 answers stay in the table."
    ]
