"""The rules for readers' statements on the page about the survey: who decides, by what, and how often."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.debates.models import Debate
from apps.debates.policy import EXPLAINED, GIVEN_HERE
from tests.debates.factories import make_statement
from tests.reader.conftest import COVER

ABOUT = f"{COVER}about/"


@pytest.fixture
def debate(inquiry):
    return Debate.objects.create(inquiry=inquiry)


def write(debate, numbers, **fields):
    for number in numbers:
        make_statement(debate, number, f"読者の意見その{number}", **{"origin": "reader", **fields})


def section(client, language="en") -> str:
    page = client.get(ABOUT, {"lang": language}).content.decode()
    part = re.search(r'<h2 id="moderation">(.*?)<h2', page, re.DOTALL)[1]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)))


def test_every_reason_that_is_given_here_is_explained_to_readers(client, inquiry):
    said = section(client)

    with translation.override("en"):
        wanted = [text for reason in GIVEN_HERE for text in (str(reason.label), str(EXPLAINED[reason]))]
    assert [text for text in wanted if text not in said] == []


def test_before_anything_was_decided_there_is_nothing_to_count(client, debate):
    write(debate, [1], state="waiting")

    assert "What became of" not in section(client)


def test_decisions_are_counted_without_small_numbers(client, debate):
    write(debate, range(1, 4))
    write(debate, range(11, 26), state="rejected", reason="insult")
    write(debate, range(31, 43), state="rejected", reason="unclear")
    write(debate, range(51, 58), state="rejected", reason="personal")

    said = section(client)

    assert "Published 3 Merged with another 0 Not published 34" in said
    assert "Insults or threatens people 15 Other reasons 19" in said
    assert "worded 12" not in said


def test_a_few_that_were_not_published_are_not_counted(client, debate):
    write(debate, range(1, 4), state="rejected", reason="insult")

    assert "Not published fewer than 10" in section(client)


@pytest.mark.parametrize("rows", [1, 3, 200])
def test_page_costs_the_same_however_many_were_decided(client, debate, rows):
    write(debate, range(1, rows + 1))
    client.get(ABOUT)

    with CaptureQueriesContext(connection) as queries:
        client.get(ABOUT)

    assert len(queries) == QUERIES


QUERIES = 4
