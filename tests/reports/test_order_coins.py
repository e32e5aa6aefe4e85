"""In whatever order options stand, and whichever side is called A: who means the same thing is counted the same."""

import re
from html import unescape

import pytest
from django.test import Client

from apps.participants.models import Participant
from tests.reader.conftest import ANSWER, COVER, Reader
from tests.reports.factories import publish
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

CHOICE = re.compile(r'<input type="radio" name="(\w+)" value="(\d+)"[^>]*><span>(.*?)</span>', re.S)
POLE = re.compile(r"<dt>([AB])</dt>\s*<dd[^>]*>(.*?)</dd>", re.S)
QUICKLY = "Decide quickly in a small group, even if that means more mistakes"


def labels_of(page: str, question: str) -> list[tuple[str, str]]:
    """What stands on the page from top to bottom, with the value that its button sends."""
    return [(unescape(label), value) for name, value, label in CHOICE.findall(page) if name == question]


def test_reading_a_reversed_page_changes_no_number():
    """Readers find "Desirable" wherever it stands and want quick decisions, be they called A or B; as many come as it
    takes to see both."""
    inquiry = make_inquiry()
    tops, letters, readers = set(), set(), 0
    while readers < 12 or (len(tops), len(letters)) != (2, 2):
        readers += 1
        reader = Reader(Client())
        cover = reader.open(COVER)
        first = labels_of(cover.content.decode(), "Q1")
        assert reader.send(cover, 1, Q1=dict(first)["Desirable"]).status_code == 303
        screen = reader.open(f"{ANSWER}?step=5")
        html = screen.content.decode()
        letter = next(letter for letter, text in POLE.findall(html) if unescape(text) == QUICKLY)
        assert reader.send(screen, 5, Q5=dict(labels_of(html, "Q5"))[f"Close to {letter}"]).status_code == 303
        tops.add(first[0][0])
        letters.add(letter)

    content = {entry["id"]: entry for entry in publish(inquiry).content["questions"]}

    assert (tops, letters) == ({"Desirable", "Undesirable"}, {"A", "B"})
    assert content["Q1"]["counts"] == {"5": readers, "4": 0, "3": 0, "2": 0, "1": 0, "98": 0}
    assert content["Q5"]["counts"] == {"4": readers, "3": 0, "2": 0, "1": 0, "98": 0}
    assert {coins["dir_main"] for coins in Participant.objects.values_list("coins", flat=True)} == {0, 1}
