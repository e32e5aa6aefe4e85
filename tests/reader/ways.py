"""How a test goes one of the three ways through the questions."""

import re
from uuid import uuid4

from apps.debates.actions import cast_vote, open_debate
from apps.debates.choices import Choice
from apps.debates.queries import served_statements
from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.participants.queries import Identity
from apps.responses.models import Response
from tests.reader.conftest import ANSWER, COVER, Reader

AGAIN = f"{COVER}again/"
FIRST = "the power to make the big decisions"


def place(page) -> str:
    """`3 / 9`, or nothing."""
    found = re.search(r'<span class="place">.*?</span>(.*?)</span>', page.content.decode())
    return found[1].strip() if found else ""


def go(reader: Reader, steps: int) -> list[str]:
    """Through all screens by the next button with nothing answered but the first; the places on the way."""
    places = []
    for step in range(1, steps + 1):
        page = reader.open(COVER if step == 1 else f"{ANSWER}?step={step}")
        places.append(place(page))
        sent = reader.answer(step)
        assert sent.status_code == 303
    return places


def send_off(reader: Reader):
    page = reader.open(f"{COVER}review/")
    return reader.client.post(f"{COVER}review/", {**reader.hidden(page), "intent": "send"})


def vote(times: int, *, first: int = 0) -> None:
    """The only reader there is votes on so many statements."""
    response = Response.objects.get()
    inquiry = Inquiry.objects.get(pk=response.inquiry_id)
    for statement in list(served_statements(open_debate(inquiry=inquiry)))[first : first + times]:
        cast_vote(
            inquiry=inquiry,
            identity=Identity(inquiry.pk, bytes(response.pk)),
            number=statement.number,
            choice=Choice.AGREE,
            key=uuid4(),
            body_sha256=b"0" * 32,
        )


def coins() -> dict[str, int]:
    return Participant.objects.get().coins
