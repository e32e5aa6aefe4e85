"""A stored map: never rewritten, gone with its inquiry."""

import pytest
from django.db import IntegrityError, transaction

from apps.debates.models import OpinionMap
from apps.debates.queries import latest_map, map_by_number
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
    assert latest_map(debate.pk) is None

    first, second = make_map(debate, 1), make_map(debate, 2)

    assert (latest_map(debate.pk), map_by_number(debate.pk, 1), map_by_number(debate.pk, 3)) == (second, first, None)
