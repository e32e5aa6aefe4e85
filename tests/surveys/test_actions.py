"""Publishing: a document becomes the next version, or is refused with every reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.accounts.models import AuditEntry
from apps.surveys.actions import IncompatibleVersion, publish_version
from apps.surveys.definition import DefinitionError, document_hash
from apps.surveys.models import SurveyVersion
from tests.surveys.documents import ORDINAL, both, document
from tests.surveys.factories import make_inquiry


def titled(title: str):
    return document(ORDINAL, title=both(title))


def numbers() -> list[int]:
    return list(SurveyVersion.objects.values_list("number", flat=True))


def test_document_becomes_the_next_version(inquiry):
    first = publish_version(inquiry=inquiry, document=titled("one"), change_note="first")
    second = publish_version(inquiry=inquiry, document=titled("two"))

    assert (first.number, first.definition, first.sha256, first.change_note) == (
        1, titled("one"), document_hash(titled("one")), "first",
    )  # fmt: skip
    assert (second.number, second.definition["title"]["en"]) == (2, "two")


def test_newest_document_again_changes_nothing(inquiry):
    first = publish_version(inquiry=inquiry, document=titled("one"))

    assert publish_version(inquiry=inquiry, document=titled("one")) == first
    assert numbers() == [1]


def test_older_document_may_return_as_a_new_version(inquiry):
    for title in ("one", "two", "one"):
        publish_version(inquiry=inquiry, document=titled(title))

    assert numbers() == [1, 2, 3]
    assert SurveyVersion.objects.filter(sha256=document_hash(titled("one"))).count() == 2


def test_version_must_fit_every_earlier_one_and_not_only_the_last(inquiry):
    """A question that was taken out and comes back still has its old answers."""
    with_it, without = document(ORDINAL, ORDINAL | {"id": "Q9", "randomise": None}), titled("one")
    changed = document(ORDINAL, ORDINAL | {"id": "Q9", "type": "single_nominal", "randomise": None})
    publish_version(inquiry=inquiry, document=with_it)
    publish_version(inquiry=inquiry, document=without)

    with pytest.raises(IncompatibleVersion) as refused:
        publish_version(inquiry=inquiry, document=changed)

    assert [problem.question for problem in refused.value.problems] == ["Q9"]
    assert numbers() == [1, 2]


def test_faulty_document_is_refused_and_nothing_is_kept(inquiry):
    with pytest.raises(DefinitionError):
        publish_version(inquiry=inquiry, document=titled("one") | {"pages": []})

    assert numbers() == []


def test_publishing_leaves_a_row_in_the_audit_log(inquiry):
    version = publish_version(inquiry=inquiry, document=titled("one"))

    entry = AuditEntry.objects.get(action="survey.published")
    assert (entry.target, entry.detail) == ("small", {"version": 1, "sha256": version.sha256})


LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "change", [{"definition": {}}, {"number": 9}, {"sha256": "x"}, {"published_at": LATER}], ids=str
)
def test_published_version_is_never_changed_by_anybody(inquiry, change):
    version = publish_version(inquiry=inquiry, document=titled("one"))

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        SurveyVersion.objects.filter(pk=version.pk).update(**change)


def test_number_of_a_version_is_given_once(inquiry):
    publish_version(inquiry=inquiry, document=titled("one"))

    with pytest.raises(IntegrityError, match="one_version_per_number"), transaction.atomic():
        SurveyVersion.objects.create(inquiry=inquiry, number=1, definition={}, sha256="other")


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_one_number_each():
    inquiry = make_inquiry()

    def publish(title: str) -> int:
        try:
            return publish_version(inquiry=inquiry, document=titled(title)).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(publish, ["one", "two", "three", "four"]))

    assert sorted(given) == [1, 2, 3, 4]
