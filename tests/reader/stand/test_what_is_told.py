"""Where I stand: what the map says of statements, and what it leaves out."""

import re
from html import unescape

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from apps.debates.maps.making import draw_map
from apps.debates.models import Statement, StatementState
from apps.participants.tokens import COOKIE
from tests.debates.factories import make_debate
from tests.debates.planting import camps_debate, habits_debate, leaning_debate, plant_ballots
from tests.reader.stand.pages import STAND, TAG, pictures, section, text_of, voter
from tests.reports.maps import factories as maps

pytestmark = pytest.mark.django_db


def test_one_statement_has_a_map_that_nothing_was_hidden_from(stranger, recwarn):
    debate = make_debate(statements=1)
    plant_ballots(debate, np.array([[1]] * 20 + [[2]] * 10, dtype=np.uint8))

    made = draw_map(debate=debate, now=timezone.now())

    assert (made.story, made.summary["enough"], made.summary["gain"]) == ("none", True, None)
    assert stranger.get(STAND).status_code == 200
    assert stranger.get("/api/v1/inquiries/debate/map").json()["gain"] is None
    assert [str(each.message) for each in recwarn if each.category is RuntimeWarning] == []


def test_map_stored_with_gains_that_are_no_numbers_is_one_that_nothing_was_hidden_from(debate, stranger):
    unknown = {"style": None, "story": None, "next": None, "next_story": "spectrum 1"}
    maps.store(debate, maps.none(gain=unknown, stability=None, null_rate=None))

    page = stranger.get(STAND)

    assert (page.status_code, "nats per vote" in text_of(page)) == (200, False)
    assert stranger.get("/api/v1/inquiries/debate/map").json()["gain"] is None


def test_nothing_shared_is_a_finding_with_what_is_known(debate):
    maps.store(debate, maps.none())

    page = voter(debate).get(STAND)

    assert pictures(page) == (0, 0)
    assert "share no pattern yet" in text_of(page)
    assert "That is a finding, too" in text_of(page)
    assert "What most people share" in text_of(page)
    assert "Even the best person needs somebody else to check." in section(page, "shared")
    assert "Where many are unsure" in text_of(page)


def test_too_few_votes_are_shown_for_what_they_are(debate, stranger):
    maps.store(debate, maps.not_enough())

    own, others = voter(debate, "+........++").get(STAND), stranger.get(STAND)

    assert "A map is drawn once about 7 more people have voted on 7 statements or more." in text_of(own)
    assert "Your 3 votes are kept and will count in the map." in text_of(own)
    assert section(own, "votes").count('class="statement"') == 3
    assert section(own, "votes").count("bar-of-100") == 3
    assert "Your votes so far" not in text_of(others)
    assert "What most people share" in text_of(others)


def test_statement_with_fewer_than_ten_votes_has_no_numbers(debate):
    maps.store(debate, maps.not_enough())

    page = voter(debate, "...........+").get(STAND)

    assert "bar-of-100" not in section(page, "votes")
    assert "It is too early to bring AI into the physical world. From the editors Your vote: Agree" in text_of(page)


def test_debate_without_statements_says_so(stranger):
    make_debate(statements=0)

    page = stranger.get(STAND)

    assert "There are no statements to vote on yet." in text_of(page)
    assert "/q/debate/debate/" not in page.content.decode()


@pytest.mark.parametrize("state", [StatementState.WITHDRAWN, StatementState.REJECTED, StatementState.MERGED])
def test_statement_that_was_taken_off_since_is_not_told(debate, stranger, state):
    maps.store(debate, maps.spectrum())
    gone, other = Statement.objects.filter(debate=debate, number__in=[1, 2])
    page = stranger.get(STAND)
    assert gone.texts["en"] in text_of(page)
    gone.state, gone.reason = state, "insult" if state == StatementState.REJECTED else ""
    gone.merged_into = other if state == StatementState.MERGED else None
    gone.save()

    pages = [stranger.get(STAND), voter(debate).get(STAND)]

    for page in pages:
        assert gone.texts["en"] not in text_of(page)
        assert "1 statement that was merged, withdrawn or taken off since is not shown." in text_of(page)


def test_what_readers_wrote_is_text(debate, stranger):
    Statement.objects.filter(debate=debate, number=1).update(
        texts={}, text="<script>alert(1)</script> {{ 7 }} <!--own mark-->", origin="reader", language="en"
    )
    maps.store(debate, maps.spectrum())

    pages = [stranger.get(STAND), voter(debate, "-+-+-+-+-+").get(STAND), voter(debate, "+-+-+-+-+-").get(STAND)]

    for page in pages:
        assert "<script>alert" not in page.content.decode()
        assert "<script>alert(1)</script> {{ 7 }} <!--own mark-->" in unescape(page.content.decode())


def test_words_in_another_language_are_marked_as_such(debate, stranger):
    Statement.objects.filter(debate=debate, number=1).update(texts={}, origin="reader")
    maps.store(debate, maps.spectrum())

    page = stranger.get(STAND)

    assert f'<p class="said" lang="ja">{maps.TEXTS[0][0]}</p>' in page.content.decode()


def test_withheld_counts_are_hatched_and_marked(debate, stranger):
    hidden = [{**entry, "neither": None, "unsure": None} for entry in maps.entries()]
    maps.store(debate, maps.spectrum(statements=hidden))

    page = stranger.get(STAND)

    assert 'class="withheld"' in section(page, "shared")
    assert "Neither x" in re.sub(r"\s+", " ", unescape(TAG.sub("", section(page, "shared"))))


def test_few_votes_are_told_as_people_not_as_percentages(debate, stranger):
    maps.store(debate, maps.none())

    page = stranger.get(STAND)

    assert "Agree 9 Disagree 8 Neither 4 Don't know 3 n=24*" in text_of(page)


@pytest.mark.parametrize(
    ("made", "story"), [(leaning_debate, "spectrum"), (camps_debate, "groups"), (habits_debate, "none")]
)
def test_map_that_was_drawn_from_votes_is_shown(made, story):
    debate = made()
    stored = draw_map(debate=debate, now=timezone.now())
    token = maps.ballot(debate, "+-+-+-+-")
    reader = Client(headers={"accept-language": "ja"})
    reader.cookies[COOKIE] = token

    pages = [Client().get(f"/q/{made.__name__.split('_')[0]}/stand/"), reader.get(f"/q/{debate.inquiry.slug}/stand/")]

    assert stored.story == story
    assert [page.status_code for page in pages] == [200, 200]
    assert [pictures(page)[0] for page in pages] == [int(story != "none")] * 2
