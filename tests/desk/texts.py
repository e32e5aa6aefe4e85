"""Readers who wrote something, and staff who say what they read it for."""

from django.test import Client

from apps.inquiries.models import Inquiry
from tests.accounts.cast import confirmed, publication
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

DESK = "/desk/inquiries/bridge/"
WORDS = {1: "歯止めがなく、力が集まるのは怖い。", 5: "挑戦が速い。夢がある。"}


def written_on(readers: int = 24, **answers: object) -> Inquiry:
    """Half of them on each side of the first question, all of them to be quoted."""
    inquiry = make_inquiry("bridge", publication=publication())
    for reader in range(readers):
        side = 1 if reader % 2 else 5
        answer_as(inquiry, reader, {"Q1": side, "Q3": f"{WORDS[side]}{reader:02}", "Q3c": True, **answers})
    return inquiry


def reader_of_texts(user: object, to: str = "quotes", question: str = "Q3", language: str = "en") -> Client:
    """Somebody of the staff who has confirmed that it is them, and said what for."""
    client = confirmed(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    asked = {"to": to, "question": question, "reason": "for the report"}
    assert client.post(f"{DESK}texts/read/", asked).status_code == 302
    return client
