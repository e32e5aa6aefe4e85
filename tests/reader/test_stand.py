"""Where I stand: one page for strangers and for those who voted, in every state that the votes can be in."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.debates.choices import Choice
from apps.debates.models import Ballot, Debate
from apps.debates.queries import stored_map
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import PrivacyProfile, State
from apps.participants.queries import identify
from apps.participants.tokens import COOKIE, new_token, read_token
from tests.debates.factories import make_debate
from tests.reports import maps

pytestmark = pytest.mark.django_db
STAND = "/q/debate/stand/"


def test_smoke(client):
    debate = make_debate(statements=0)
    maps.plant(debate)
    maps.store(debate, maps.spectrum())

    page = client.get(STAND)

    assert page.status_code == 200
