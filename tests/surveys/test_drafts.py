"""The draft of the next version: never lost, never overwritten unseen, published as it was looked at."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.accounts.models import AuditEntry, User
from apps.inquiries.models import Inquiry
from apps.surveys.actions import IncompatibleVersion, publish_version
from apps.surveys.definition import DefinitionError
from apps.surveys.drafts import (
    DraftChanged,
    begin_draft,
    change_draft,
    discard_draft,
    draft_of,
    publish_draft,
    working_document,
)
from apps.surveys.models import SurveyVersion
from tests.surveys.documents import ORDINAL, PAIRED, both, document


def titled(title: str):
    return document(ORDINAL, title=both(title))


@pytest.fixture
def author(db) -> User:
    return User.objects.create_user("author@paper.example", name="Author")


@pytest.fixture
def published(inquiry) -> SurveyVersion:
    return publish_version(inquiry=inquiry, document=titled("one"))


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def save(inquiry, title, author=None):
    revision = working_document(inquiry).revision
    return change_draft(inquiry=inquiry, revision=revision, document=titled(title), by=author)


def test_without_a_draft_the_newest_version_is_on_the_table(inquiry, published):
    working = working_document(inquiry)

    assert (working.document, working.draft) == (titled("one"), None)


def test_without_draft_and_version_nothing_is_on_the_table(inquiry):
    assert working_document(inquiry) is None


def test_first_change_begins_a_draft_upon_the_newest_version(inquiry, published, author):
    draft = save(inquiry, "two", author)

    kept = draft_of(inquiry)
    assert (kept, kept.document, kept.based_on, kept.changed_by) == (draft, titled("two"), published, author)
    assert working_document(inquiry).draft == draft
    assert actions() == ["survey.published", "draft.begun"]


def test_beginning_twice_leaves_the_first_draft(inquiry, published):
    first = begin_draft(inquiry=inquiry, document=titled("one"), by=None)
    save(inquiry, "two")

    second = begin_draft(inquiry=inquiry, document=titled("three"), by=None)

    assert (second.pk, second.document, second.revision) == (first.pk, titled("two"), first.revision + 1)


def test_what_could_not_be_published_is_kept_all_the_same(inquiry, author):
    unfinished = {"languages": [], "items": [{"id": 5}], "title": None}

    begin_draft(inquiry=inquiry, document=unfinished, by=author)

    assert draft_of(inquiry).document == unfinished


def test_same_document_again_is_no_new_revision(inquiry, published):
    first = save(inquiry, "two")

    assert save(inquiry, "two").revision == first.revision


def test_second_of_two_who_save_upon_the_same_page_changes_nothing(inquiry, published, author):
    seen = save(inquiry, "two").revision
    change_draft(inquiry=inquiry, revision=seen, document=titled("hers"), by=author)

    with pytest.raises(DraftChanged) as refused:
        change_draft(inquiry=inquiry, revision=seen, document=titled("his"), by=None)

    assert (refused.value.draft.document, refused.value.draft.changed_by) == (titled("hers"), author)
    assert draft_of(inquiry).document == titled("hers")


def test_page_of_a_published_version_is_stale_after_the_next_one(inquiry, published):
    seen = working_document(inquiry).revision
    save(inquiry, "two")
    publish_draft(inquiry=inquiry, revision=working_document(inquiry).revision, by=None)

    with pytest.raises(DraftChanged):
        change_draft(inquiry=inquiry, revision=seen, document=titled("late"), by=None)

    assert draft_of(inquiry) is None


def test_page_of_a_draft_is_stale_when_that_draft_is_gone_and_another_begun(inquiry, published):
    seen = save(inquiry, "two").revision
    discard_draft(inquiry=inquiry, revision=seen, by=None)

    with pytest.raises(DraftChanged):
        change_draft(inquiry=inquiry, revision=seen, document=titled("late"), by=None)
    save(inquiry, "three")
    with pytest.raises(DraftChanged):
        change_draft(inquiry=inquiry, revision=seen, document=titled("late"), by=None)


@pytest.mark.parametrize(
    ("faulty", "path"),
    [({"a": "\x00"}, "a"), ({"a": "\ud800"}, "a"), ({"a": float("nan")}, "a"), ({"a": "x" * 10**6}, "")],
)
def test_what_no_database_can_keep_is_refused(inquiry, published, faulty, path):
    seen = working_document(inquiry).revision

    with pytest.raises(DefinitionError) as refused:
        change_draft(inquiry=inquiry, revision=seen, document=faulty, by=None)

    assert [place for place, _ in refused.value.problems] == [path]
    assert draft_of(inquiry) is None


def test_discarding_leaves_what_is_published(inquiry, published, author):
    seen = save(inquiry, "two").revision

    discard_draft(inquiry=inquiry, revision=seen, by=author)
    discard_draft(inquiry=inquiry, revision=seen, by=author)

    assert working_document(inquiry).document == titled("one")
    assert actions() == ["survey.published", "draft.begun", "draft.discarded"]


def test_draft_that_somebody_changed_is_not_discarded_unseen(inquiry, published):
    seen = save(inquiry, "two").revision
    save(inquiry, "three")

    with pytest.raises(DraftChanged):
        discard_draft(inquiry=inquiry, revision=seen, by=None)

    assert draft_of(inquiry).document == titled("three")


def test_published_draft_is_the_newest_version_and_gone(inquiry, published, author):
    seen = save(inquiry, "two", author).revision

    version = publish_draft(inquiry=inquiry, revision=seen, by=author, note="a better title")

    assert (version.number, version.definition, version.change_note, version.published_by) == (
        2, titled("two"), "a better title", author,
    )  # fmt: skip
    assert draft_of(inquiry) is None
    assert Inquiry.objects.get().title == both("two")


def test_draft_is_not_published_in_another_state_than_was_looked_at(inquiry, published):
    seen = save(inquiry, "two").revision
    save(inquiry, "three")

    with pytest.raises(DraftChanged):
        publish_draft(inquiry=inquiry, revision=seen, by=None)

    assert SurveyVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("next_one", "error"),
    [
        (document(title=both("empty")), DefinitionError),
        (document(PAIRED | {"id": "Q1"}), IncompatibleVersion),
    ],
)
def test_draft_that_cannot_be_published_stays(inquiry, published, next_one, error):
    seen = working_document(inquiry).revision
    draft = change_draft(inquiry=inquiry, revision=seen, document=next_one, by=None)

    with pytest.raises(error):
        publish_draft(inquiry=inquiry, revision=draft.revision, by=None)

    assert draft_of(inquiry).document == next_one
    assert SurveyVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    from tests.surveys.factories import make_inquiry

    inquiry = make_inquiry()
    publish_version(inquiry=inquiry, document=titled("one"))
    seen = working_document(inquiry).revision

    def attempt(title: str) -> str:
        try:
            change_draft(inquiry=inquiry, revision=seen, document=titled(title), by=None)
        except DraftChanged as error:
            return error.draft.document["title"]["en"]
        finally:
            connection.close()
        return title

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(attempt, ["hers", "his"]))

    assert found == [draft_of(inquiry).document["title"]["en"]] * 2
