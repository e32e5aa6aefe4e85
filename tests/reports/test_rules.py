"""When an epoch is due, and who may see it."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown, State
from apps.reports.models import ResultEpoch
from apps.reports.queries import Changes
from apps.reports.rules import epoch_due, may_publish_results

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def due(*, written=0, erased=0, after=None, profile=PrivacyProfile.STANDARD, under=None, state=State.OPEN):
    """`under`: the profile of the last epoch, where it was another one."""
    inquiry = Inquiry(privacy_profile=profile, state=state)
    last = ResultEpoch(created_at=NOW - after, content={"profile": under or profile}) if after is not None else None
    return epoch_due(inquiry=inquiry, last=last, changes=Changes(written, erased, watermark=0), now=NOW)


SECONDS, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ({"written": 9}, False),
        ({"written": 10}, True),
        ({"written": 5, "after": 59 * SECONDS}, False),
        ({"written": 5, "after": 60 * SECONDS}, True),
        ({"written": 4, "after": 60 * SECONDS}, False),
        ({"written": 4, "after": 30 * DAY}, False),
        ({"written": 4, "erased": 1, "after": 60 * SECONDS}, True),
        ({"erased": 1, "after": 60 * SECONDS}, False),
        ({"erased": 1, "after": DAY}, True),
        ({"after": DAY}, False),
        ({"written": 1, "after": DAY, "state": State.CLOSED}, True),
        ({"written": 1, "after": DAY - SECONDS, "state": State.CLOSED}, False),
    ],
)
def test_standard_epochs(happened, expected):
    assert due(**happened) is expected


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ({"written": 49}, False),
        ({"written": 50}, True),
        ({"written": 500, "after": DAY - SECONDS}, False),
        ({"written": 19, "after": DAY}, False),
        ({"written": 20, "after": DAY}, True),
    ],
)
def test_strict_epochs(happened, expected):
    assert due(**happened, profile=PrivacyProfile.STRICT) is expected


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ({"after": SECONDS}, True),
        ({"written": 1, "after": DAY - SECONDS}, False),
        ({"written": 10, "erased": 9, "after": DAY - SECONDS}, False),
        ({"written": 10, "erased": 10, "after": SECONDS}, True),
        ({"written": 1, "after": DAY}, True),
    ],
)
def test_the_first_strict_epoch_after_standard_ones(happened, expected):
    assert due(**happened, profile=PrivacyProfile.STRICT, under=PrivacyProfile.STANDARD) is expected


@pytest.mark.parametrize(
    ("shown", "state", "closes_at", "expected"),
    [
        (ResultsShown.ALWAYS, State.OPEN, None, True),
        (ResultsShown.AFTER_CLOSE, State.OPEN, None, False),
        (ResultsShown.AFTER_CLOSE, State.OPEN, NOW + SECONDS, False),
        (ResultsShown.AFTER_CLOSE, State.OPEN, NOW, True),
        (ResultsShown.AFTER_CLOSE, State.CLOSED, None, True),
    ],
)
def test_election_results_wait_for_the_close(shown, state, closes_at, expected):
    inquiry = Inquiry(results_shown=shown, state=state, closes_at=closes_at)

    assert may_publish_results(inquiry, NOW) is expected
