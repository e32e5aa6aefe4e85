"""A map lies as the one before it: its axis points the same way, its groups keep their ids."""

import numpy as np
import pytest

from apps.debates.maps import making as mapping
from apps.debates.maps.making import replay
from apps.debates.maps.references import Before
from apps.debates.models import OpinionMap
from tests.debates.factories import make_statement
from tests.debates.maps.drawing import stored
from tests.debates.planting import camps_debate, drawn, leaning_debate, plant_ballots

pytestmark = pytest.mark.django_db


def test_axis_points_where_it_pointed_before():
    debate = leaning_debate()
    first = stored(debate)
    flipped = (-np.array(first.parameters["opinions"])).tolist()
    earlier = OpinionMap(parameters={**first.parameters, "opinions": flipped}, summary=first.summary)

    again = mapping.drawn_now(debate, Before(None, earlier, None), mapping.nothing)

    assert np.array(again.parameters["opinions"]) == pytest.approx(np.array(flipped), abs=1e-6)
    ways = [[(end["side"], end["number"]) for end in summary["ends"]] for summary in (first.summary, again.summary)]
    assert len(ways[0]) > 0
    assert set(ways[1]) == {(1 - side, number) for side, number in ways[0]}


def test_axis_is_found_again_after_other_stories_and_new_statements():
    debate = leaning_debate()
    first = stored(debate)
    OpinionMap.objects.create(
        **{
            field.name: getattr(first, field.name)
            for field in OpinionMap._meta.fields
            if field.name not in {"id", "number", "story", "parameters"}
        },
        number=2,
        story="none",
        parameters={},
    )
    for number in (17, 18):
        make_statement(debate, number)
    plant_ballots(debate, drawn(np.outer(np.linspace(-2, 2, 40), np.linspace(3, -3, 18)), seed=9))

    third = stored(debate, force=True)

    before, after = (np.array(each.parameters["opinions"])[:16, 0] for each in (first, third))
    assert (third.number, third.settings["statements"][-1], third.settings["before"]) == (3, 18, 2)
    assert np.corrcoef(before, after)[0, 1] > 0.5


def test_groups_keep_their_ids_when_their_order_by_size_changes():
    debate = camps_debate()
    first = stored(debate)
    smallest = first.summary["groups"][-1]["id"]
    typical = {group: signs(first, group) for group in first.parameters["ids"]}
    plant_ballots(debate, drawn(np.tile(np.where(typical[smallest] > 0, 3.0, -3.0), (60, 1)), seed=3))

    second = stored(debate, force=True)

    assert (first.story, second.story, first.parameters["ids"]) == ("groups", "groups", [0, 1, 2, 3])
    assert second.parameters["ids"][0] == smallest
    assert second.summary["groups"][0]["id"] == smallest
    for group, way in typical.items():
        assert (signs(second, group) == way).mean() > 0.9
    assert replay(stored=second).checksum == second.checksum


def signs(made: OpinionMap, group: int) -> np.ndarray:
    """Which way a group leans on each statement."""
    return np.sign(np.array(made.parameters["opinions"])[:, made.parameters["ids"].index(group)])
