"""Where I stand: one page for strangers and for those who voted, in every state that the votes can be in."""

import re
from datetime import timedelta
from html import unescape

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.debates.maps.making import draw_map
from apps.debates.models import Ballot, Debate, Statement, StatementState
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import PrivacyProfile, State
from apps.participants.tokens import COOKIE, new_token
from tests.debates.factories import make_debate
from tests.debates.planting import camps_debate, habits_debate, leaning_debate, plant_ballots
from tests.reports.maps import factories as maps

pytestmark = pytest.mark.django_db
STAND = "/q/debate/stand/"
MANY, FEW = "+-+-+?0+-+", "+-."
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def debate() -> Debate:
    debate = make_debate(statements=0)
    maps.plant(debate)
    return debate


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})


def voter(debate: Debate, choices: str = MANY, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies[COOKIE] = maps.ballot(debate, choices)
    return client


def text_of(page) -> str:
    main = page.content.decode().partition('<main id="main"')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(TAG.sub(" ", main))).strip()


def pictures(page) -> tuple[int, int]:
    """Pictures of the map, and own marks in them."""
    html = page.content.decode()
    return html.count('role="img"'), html.count('<g class="own">')


def section(page, name: str) -> str:
    return page.content.decode().partition(f'aria-labelledby="{name}-title"')[2].partition("</section>")[0]


STORIES = {
    "spectrum": maps.spectrum(),
    "plane": maps.plane(),
    "groups": maps.groups(300, 110),
    "thin side": maps.spectrum(axis=maps.axis(300, 10), ends=[]),
}


def test_one_statement_has_a_map_that_nothing_was_hidden_from(stranger, recwarn):
    debate = make_debate(statements=1)
    plant_ballots(debate, np.array([[1]] * 20 + [[2]] * 10, dtype=np.uint8))

    made = draw_map(debate=debate, now=timezone.now())

    assert (made.story, made.summary["enough"], made.summary["gain"]) == ("none", True, None)
    assert stranger.get(STAND).status_code == 200
    assert stranger.get("/api/v1/inquiries/debate/map").json()["gain"] is None
    assert [str(each.message) for each in recwarn if each.category is RuntimeWarning] == []


@pytest.mark.parametrize("story", STORIES)
def test_stranger_sees_the_map_alone_and_an_invitation(debate, stranger, story):
    maps.store(debate, STORIES[story])

    page = stranger.get(STAND)

    assert pictures(page) == (1, 0)
    assert "Where you stand" not in text_of(page)
    assert "<!--" not in page.content.decode()
    assert 'class="go" href="/q/debate/debate/"' in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize("story", ["spectrum", "plane"])
def test_reader_is_drawn_into_the_map_with_what_decided_it(debate, story):
    maps.store(debate, STORIES[story])

    page = voter(debate, "+-+-+-+-+-").get(STAND)

    assert pictures(page) == (1, 1)
    assert "Going by your 10 votes so far, you stand roughly on" in text_of(page)
    assert "not who you are" in text_of(page)
    assert section(page, "deciding").count('class="statement"') == 3
    assert section(page, "deciding").count('<p class="yours">Your vote: ') == 3
    assert not page.cookies


def test_reader_is_told_how_likely_each_group_is(debate):
    maps.store(debate, maps.groups(300, 110))

    page = voter(debate, "-+-+-+-+-+").get(STAND)

    assert pictures(page) == (1, 1)
    assert "you vote most like Group A" in text_of(page)
    assert page.content.decode().count('<table class="numbers dots likeness">') == 1


def test_reader_between_groups_is_not_marked(debate):
    maps.store(debate, maps.groups(150, 140, 130))

    page = voter(debate, "????").get(STAND)

    assert pictures(page) == (1, 0)
    assert "do not show yet which group you vote like" in text_of(page)


def test_first_vote_is_enough_to_be_told_something(debate):
    maps.store(debate, maps.spectrum())

    page = voter(debate, "+").get(STAND)

    assert pictures(page) == (1, 1)
    assert "Your 1 vote so far does not show yet" in text_of(page)
    assert "Write a statement" not in text_of(page)


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


def test_without_any_run_the_own_votes_are_there(debate, stranger):
    own, others = voter(debate, "+-").get(STAND), stranger.get(STAND)

    assert section(own, "votes").count('<p class="yours">Your vote: ') == 2
    assert "It appears here once 10 people or more have voted." in text_of(others)


@pytest.mark.parametrize(("left", "offered"), [(5, "Vote on five more"), (4, "Vote on statements"), (0, "")])
def test_no_more_is_offered_than_there_is_to_vote_on(debate, left, offered):
    page = voter(debate, "+" * (Statement.objects.count() - left)).get(STAND)

    way_on = page.content.decode().partition('class="way-on"')[2].partition("</section>")[0]
    assert [words for words in ("Vote on five more", "Vote on statements") if words in way_on] == [offered] * bool(
        offered
    )


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


def test_map_of_an_election_waits_for_the_close(debate):
    maps.store(debate, maps.spectrum())
    debate.inquiry.results_shown = "after_close"
    debate.inquiry.closes_at = timezone.now() + timedelta(days=2)
    debate.inquiry.save()
    reader = voter(debate)

    before = reader.get(STAND)
    debate.inquiry.closes_at = timezone.now() - timedelta(minutes=1)
    debate.inquiry.save()
    after = reader.get(STAND)

    assert pictures(before) == (0, 0)
    assert "The opinion map is shown after the close" in text_of(before)
    assert "%" not in text_of(before)
    assert "bar-of-100" not in before.content.decode()
    assert section(before, "votes").count('<p class="yours">') == 10
    assert pictures(after) == (1, 1)


def test_strict_profile_waits_for_fifty(debate, stranger):
    debate.inquiry.privacy_profile = PrivacyProfile.STRICT
    debate.inquiry.save()
    maps.store(debate, maps.spectrum(readers=45))
    waiting = stranger.get(STAND)
    maps.store(debate, maps.spectrum(readers=50, votes=605))
    shown = stranger.get(STAND)

    assert (pictures(waiting), pictures(shown)) == ((0, 0), (1, 0))
    assert "It appears here once 50 people or more have voted." in text_of(waiting)
    assert "about 50 people who voted here, about 605 votes" in text_of(shown)


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


def test_closed_inquiry_keeps_its_map_and_asks_for_no_votes(debate, stranger):
    maps.store(debate, maps.spectrum())
    close_inquiry(inquiry=debate.inquiry)

    own, others = voter(debate).get(STAND), stranger.get(STAND)

    assert (pictures(own), pictures(others)) == ((1, 1), (1, 0))
    assert 'class="go"' not in own.content.decode() + others.content.decode()
    assert "/q/debate/debate/votes/" in own.content.decode()


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_hidden_inquiry_has_no_such_page(debate, stranger, state):
    maps.store(debate, maps.spectrum())
    debate.inquiry.state = state
    debate.inquiry.save()

    assert stranger.get(STAND).status_code == 404


def test_page_is_sent_again_only_when_something_changed(debate, stranger):
    maps.store(debate, maps.spectrum())
    first = stranger.get(STAND)
    same = stranger.get(STAND, headers={"if-none-match": first["ETag"]})
    maps.store(debate, maps.groups(300, 110))
    newer = stranger.get(STAND, headers={"if-none-match": first["ETag"]})

    assert (same.status_code, same.content, newer.status_code) == (304, b"", 200)
    assert first["Cache-Control"] == "private, no-cache"


def test_own_place_is_kept_for_nobody_else(debate, stranger):
    maps.store(debate, maps.spectrum())

    pages = [voter(debate, "+-+-+-").get(STAND), stranger.get(STAND), voter(debate, "-+-+-+").get(STAND)]

    tags = {page["ETag"] for page in pages}
    assert len(tags) == 3
    assert [pictures(page) for page in pages] == [(1, 1), (1, 0), (1, 1)]


def test_forged_and_foreign_tokens_are_strangers(debate):
    maps.store(debate, maps.spectrum())
    for token in ("", "x" * 48, new_token(), "é"):
        client = Client()
        client.cookies[COOKIE] = token

        assert pictures(client.get(STAND)) == (1, 0)


def test_browser_without_cookies_carries_its_token_along(debate, stranger):
    maps.store(debate, maps.spectrum())
    token = maps.ballot(debate, "+-+-+-+-+-")

    page = stranger.post(STAND, {"carried": token})

    html = page.content.decode()
    assert pictures(page) == (1, 1)
    assert f'name="carried" value="{token}"' in html
    assert 'formaction="/q/debate/debate/"' in html
    assert pictures(stranger.post(STAND, {"carried": "nonsense"})) == (1, 0)
    assert pictures(stranger.post(STAND)) == (1, 0)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(stranger, debate, method):
    answer = getattr(stranger, method)(STAND)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("crowd", [1, 300])
def test_queries_do_not_grow_with_votes_or_statements(debate, stranger, crowd):
    maps.store(debate, maps.spectrum())
    reader = voter(debate)
    for client in (stranger, reader):
        client.get(STAND)
    Ballot.objects.bulk_create(
        Ballot(pseudonym=number.to_bytes(16), debate=debate, votes=b"\1\2") for number in range(crowd)
    )

    found = []
    for client in (stranger, reader):
        with CaptureQueriesContext(connection) as queries:
            client.get(STAND)
        found.append(len(queries))

    assert found == [2, 4]


def test_an_own_page_that_may_ask_once_more_costs_five_queries(inquiry):
    debate, _made = Debate.objects.get_or_create(inquiry=inquiry)
    maps.store(debate, maps.spectrum())
    reader = voter(debate)
    address = f"/q/{inquiry.slug}/stand/"
    reader.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = reader.get(address)

    assert (len(queries), pictures(page)) == (5, (1, 1))


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
