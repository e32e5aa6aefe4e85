"""What a reader is told of the votes on an own statement."""

import pytest
from django.utils.translation import override

from apps.reader.followed import FEWEST_VOTES, counted

ROW = {"number": 3, "votes": 30, "agree": 20, "disagree": 10, "neither": 0, "unsure": 0}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_counts_are_told_from_ten_votes_on():
    told = (("Agree", 20), ("Disagree", 10), ("Neither", 0), ("Don't know", 0))

    assert counted(ROW) == {"votes": 30, "counts": told}
    assert counted({**ROW, "votes": FEWEST_VOTES - 1}) == counted({}) == {"votes": 0, "counts": ()}


def test_a_withheld_count_is_not_spoken_of():
    assert counted({**ROW, "disagree": None, "neither": None}) == {
        "votes": 30,
        "counts": (("Agree", 20), ("Don't know", 0)),
    }
