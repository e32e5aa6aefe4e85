"""A stored map: never rewritten, kept as long as somebody may ask for it, gone with its inquiry."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.debates.models import OpinionMap
from apps.debates.queries import map_by_number, newest_map
from apps.reports.retention import overdue, purge_expired
from tests.debates.factories import make_debate

pytestmark = pytest.mark.django_db


def make_map(debate, number=1, **fields):
    given = {
        "method": "toikake",
        "seed": 1,
        "settings": {},
        "code_version": "0" * 16,
        "watermark": 0,
        "ballots": 0,
        "readers": 0,
        "votes": 0,
        "story": "none",
        "summary": {"story": "none", "enough": False},
        "parameters": {},
        "checksum": "0" * 64,
        "seconds": 0.1,
    }
    return OpinionMap.objects.create(debate=debate, number=number, **{**given, **fields})


def test_stored_map_cannot_be_rewritten():
    make_map(make_debate())

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        OpinionMap.objects.update(readers=7)
    assert OpinionMap.objects.get().readers == 0


def test_number_is_given_once_and_no_fourth_story_is_told():
    debate = make_debate()
    make_map(debate)

    with pytest.raises(IntegrityError, match="one_map_per_number"), transaction.atomic():
        make_map(debate)
    with pytest.raises(IntegrityError, match="map_story_is_known"), transaction.atomic():
        make_map(debate, 2, story="other")


def test_maps_go_with_their_inquiry():
    debate = make_debate()
    make_map(debate)

    debate.inquiry.delete()

    assert OpinionMap.objects.count() == 0


def test_newest_map_is_the_latest():
    debate = make_debate()
    assert newest_map(debate.pk) is None

    first, second = make_map(debate, 1), make_map(debate, 2)

    assert (newest_map(debate.pk), map_by_number(debate.pk, 1), map_by_number(debate.pk, 3)) == (second, first, None)


def test_of_days_gone_by_the_last_map_of_each_story_stays():
    """10:00, 11:00 and 12:00 of five days, noon telling another story than the hours before."""
    debate, other = make_debate(), make_debate("other")
    now = datetime(2026, 3, 10, 13, tzinfo=UTC)
    stories = {10: "spectrum", 11: "spectrum", 12: "none"}
    for back in range(4, -1, -1):
        for hour, story in stories.items():
            made_at = (now - timedelta(days=back)).replace(hour=hour)
            make_map(debate, (4 - back) * 3 + hour - 9, story=story, created_at=made_at)
    make_map(other, 1, created_at=now - timedelta(days=4))

    counted = overdue(now)["maps between the days"]
    purged = purge_expired(now)["maps between the days"]

    kept = OpinionMap.objects.filter(debate=debate).order_by("number").values_list("number", flat=True)
    assert (counted, purged) == (3, 3)
    assert list(kept) == [2, 3, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15]
    assert OpinionMap.objects.filter(debate=other).count() == 1
