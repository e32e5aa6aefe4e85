"""Where I stand: what strangers see, and what those who voted see of themselves."""

import pytest
from django.test import Client

from apps.debates.models import Statement
from apps.participants.tokens import COOKIE, new_token
from tests.reader.stand.pages import STAND, pictures, section, text_of, voter
from tests.reports.maps import factories as maps

pytestmark = pytest.mark.django_db
STORIES = {
    "spectrum": maps.spectrum(),
    "plane": maps.plane(),
    "groups": maps.groups(300, 110),
    "thin side": maps.spectrum(axis=maps.axis(300, 10), ends=[]),
}


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
