"""The built-in inquiry, open, and readers at its door."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from apps.inquiries.models import Inquiry
from apps.reader import visit as visits
from apps.surveys.arms import Arm

BUILT_IN = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"
COVER = "/q/one-founder-ai/"
ANSWER = "/q/one-founder-ai/answer/"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def inquiry(db) -> Inquiry:
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    return Inquiry.objects.get(slug="one-founder-ai")


class Reader:
    """Somebody with a browser that runs no scripts: fetches a page, fills in its form, presses a button."""

    def __init__(self, client: Client, language: str = "en") -> None:
        self.client = client
        self.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    def open(self, path: str = COVER):
        return self.client.get(path)

    def hidden(self, page) -> dict[str, str]:
        return dict(FIELD.findall(page.content.decode()))

    def send(self, page, step: int = 1, intent: str = "next", to: str = "", **answers):
        target = f"{ANSWER}?step={step}" + (f"&to={to}" if to else "")
        return self.client.post(target, {**self.hidden(page), "intent": intent, **answers})

    def answer(self, step: int, intent: str = "next", **answers):
        """Fetch a screen and send it; one that is partly left blank is sent on after its gentle prompt."""
        page = self.open(COVER if step == 1 else f"{ANSWER}?step={step}")
        sent = self.send(page, step, intent, **answers)
        return self.send(sent, step, intent, **answers) if sent.status_code == 200 else sent


@pytest.fixture
def reader(client) -> Reader:
    return Reader(client)


@pytest.fixture
def another_reader() -> Reader:
    return Reader(Client())


@pytest.fixture
def voter(client):
    from tests.reader.voters import Voter

    return Voter(client)


@pytest.fixture
def another_voter():
    from tests.reader.voters import Voter

    return Voter(Client())


@pytest.fixture
def compared(inquiry) -> Inquiry:
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    inquiry.refresh_from_db()
    return inquiry


@pytest.fixture
def drawn(monkeypatch):
    """From now on every newcomer is drawn this arm."""

    def draw(arm: Arm) -> None:
        monkeypatch.setattr(visits, "draw_arm", lambda _definition, _seed: arm)

    return draw
