from collections.abc import Iterator

import pytest
from django.utils.translation import override

from apps.inquiries.models import Inquiry
from apps.surveys.models import SurveyVersion
from tests.surveys.factories import make_inquiry, make_version


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the sources."""
    with override("en"):
        yield


@pytest.fixture
def inquiry(db: None) -> Inquiry:
    return make_inquiry()


@pytest.fixture
def built_in_version(inquiry: Inquiry) -> SurveyVersion:
    return make_version(inquiry)
