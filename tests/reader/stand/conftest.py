"""A debate with statements and no votes yet, and somebody who has not voted."""

import pytest
from django.test import Client

from apps.debates.models import Debate
from tests.debates.factories import make_debate
from tests.reports.maps import factories as maps


@pytest.fixture
def debate() -> Debate:
    debate = make_debate(statements=0)
    maps.plant(debate)
    return debate


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})
