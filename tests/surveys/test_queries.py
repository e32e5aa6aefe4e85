import pytest

from apps.surveys.actions import publish_version
from apps.surveys.queries import instrument, newest_version, published_instrument, version_of
from tests.surveys.documents import ORDINAL, both, document


def test_newest_version_is_the_one_in_force(inquiry):
    assert published_instrument(inquiry.pk) is None
    assert newest_version(inquiry.pk) is None
    publish_version(inquiry=inquiry, document=document(ORDINAL))

    second = publish_version(inquiry=inquiry, document=document(ORDINAL, title=both("two")))

    assert newest_version(inquiry.pk) == second
    assert published_instrument(inquiry.pk) == instrument(second.pk)


def test_every_version_is_found_by_its_number(inquiry):
    first = publish_version(inquiry=inquiry, document=document(ORDINAL))
    publish_version(inquiry=inquiry, document=document(ORDINAL, title=both("two")))

    found = version_of(inquiry.pk, 1)

    assert found
    assert (found.version_id, found.number, found.sha256, found.definition.title) == (
        first.pk, 1, first.sha256, both("Small"),
    )  # fmt: skip
    assert version_of(inquiry.pk, 3) is None
    assert version_of(inquiry.pk + 1, 1) is None


def test_version_is_read_and_parsed_once(inquiry, django_assert_num_queries):
    version = publish_version(inquiry=inquiry, document=document(ORDINAL))
    instrument(version.pk)

    with django_assert_num_queries(0):
        assert instrument(version.pk).definition is instrument(version.pk).definition


@pytest.mark.django_db
def test_inquiry_that_does_not_exist_has_no_version():
    assert published_instrument(10**9) is None
