"""All readers on a stored map at once: where each of them stands on their own page."""

import numpy as np
import pytest
from django.utils import timezone

from apps.debates.choices import votes_in
from apps.debates.maps.making import draw_map
from apps.debates.maps.placed import placed_readers
from apps.debates.maps.standing_place import own_place
from apps.debates.models import Ballot
from tests.debates.planting import habits_debate

pytestmark = pytest.mark.django_db


def places(stored):
    """Of all readers by their pseudonyms, in the order of those."""
    ballots = Ballot.objects.filter(debate=stored.debate).order_by("pseudonym").values_list("pseudonym", "votes")
    return {bytes(pseudonym): own_place(stored, votes_in(bytes(votes))) for pseudonym, votes in ballots}


def sides(placed):
    names = [placed.pseudonyms[start : start + 16] for start in range(0, len(placed.pseudonyms), 16)]
    return dict(zip(names, placed.side.tolist(), strict=True))


def test_groups_are_those_that_readers_are_told(four_camps):
    found = sides(placed_readers(four_camps))

    ids, at = four_camps.parameters["ids"], places(four_camps)
    assert found == {
        name: ids.index(max(place.probabilities, key=place.probabilities.get)) for name, place in at.items()
    }


def test_thirds_are_thirds_of_the_line(line):
    found = sides(placed_readers(line))

    at = {name: place.position[0] for name, place in places(line).items()}
    assert np.bincount(list(found.values())).tolist() == [40, 40, 40]
    assert sorted(at, key=at.get) == sorted(at, key=lambda name: (found[name], at[name]))


def test_who_has_hardly_voted_stands_nowhere(line):
    reader = Ballot.objects.filter(debate=line.debate).order_by("pseudonym").first()
    Ballot.objects.filter(pk=reader.pk).update(votes=b"\x01" + bytes(15))

    found = sides(placed_readers(line))

    assert found[bytes(reader.pk)] == -1
    assert sum(side == -1 for side in found.values()) == 1


def test_a_map_that_tells_nothing_places_nobody():
    stored = draw_map(debate=habits_debate(), now=timezone.now())

    assert (stored.story, placed_readers(stored)) == ("none", None)
