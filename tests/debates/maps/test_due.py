"""When a map may follow the last one."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.debates.models import OpinionMap
from apps.debates.queries import MapChanges
from apps.debates.rules import map_due
from apps.inquiries.models import Inquiry

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def due(
    profile: str,
    ago: timedelta | None,
    *,
    seconds: float = 1.0,
    closed: bool = False,
    under: str = "",
    **changes: int,
) -> bool:
    """`under`: the profile of the last map, where it was another one."""
    inquiry = Inquiry(slug="x", state="closed" if closed else "open", privacy_profile=profile)
    settings = {"profile": under or profile}
    last = OpinionMap(created_at=NOW - ago, seconds=seconds, settings=settings) if ago is not None else None
    found = MapChanges(**{"voted": 0, "erased": 0, "other_statements": False, **changes})
    return map_due(inquiry, last, found, NOW)


@pytest.mark.parametrize(("profile", "fewest"), [("standard", 10), ("strict", 50)])
def test_first_map_waits_for_as_many_readers_as_results_do(profile, fewest):
    assert [due(profile, None, voted=voted) for voted in (0, fewest - 1, fewest)] == [False, False, True]


def test_standard_maps_follow_after_a_minute_and_five_readers_who_voted_or_went():
    assert due("standard", MINUTE, voted=5)
    assert due("standard", MINUTE, voted=3, erased=2)
    assert not due("standard", MINUTE, voted=4)
    assert not due("standard", timedelta(seconds=59), voted=500)


def test_strict_maps_follow_after_a_day_and_twenty_readers():
    assert due("strict", DAY, voted=20)
    assert not due("strict", DAY, voted=19)
    assert not due("strict", DAY - MINUTE, voted=500)


def test_a_map_that_took_long_is_followed_later():
    """Ten times as long as it took."""
    assert not due("standard", timedelta(minutes=9), seconds=60, voted=500)
    assert due("standard", timedelta(minutes=10), seconds=60, voted=500)


@pytest.mark.parametrize("profile", ["standard", "strict"])
def test_erasures_last_votes_after_closing_and_other_statements_wait_for_a_day_at_the_most(profile):
    for changes in ({"erased": 1}, {"voted": 1, "closed": True}, {"other_statements": True}):
        assert due(profile, DAY, **changes)
        assert not due(profile, DAY - MINUTE, **changes)


def test_without_changes_there_is_nothing_to_draw():
    assert not due("standard", 10 * DAY)
    assert not due("standard", 10 * DAY, closed=True)


def test_a_map_of_the_same_votes_follows_at_once_when_the_profile_has_become_stricter():
    assert due("strict", MINUTE, under="standard")
    assert not due("strict", MINUTE, under="standard", voted=1)
    assert not due("strict", MINUTE, under="standard", voted=10, erased=9)
    assert due("strict", MINUTE, under="standard", voted=20)
    assert due("strict", DAY, under="standard", voted=1)
    assert not due("standard", DAY, under="strict")
