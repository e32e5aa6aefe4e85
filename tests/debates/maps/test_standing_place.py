"""One's own place on a stored map: where the arrays put everybody, with what decided it."""

import numpy as np
import pytest

from apps.analysis.opinion_map.votes import vote_matrix
from apps.debates.choices import Choice, votes_in
from apps.debates.maps.making import SEED
from apps.debates.maps.runs import Run, run_on
from apps.debates.maps.standing_place import OwnPlace, cell_of, own_place
from apps.debates.maps.votes_until import votes_until
from apps.debates.models import Ballot, OpinionMap
from tests.debates.factories import AGREE, DISAGREE, UNSURE, make_debate
from tests.debates.maps.drawing import stored
from tests.debates.planting import drawn, habits_debate, plant_ballots

pytestmark = pytest.mark.django_db


def run_of(made: OpinionMap) -> Run:
    """The run once more, with all that is not stored of it."""
    turn = np.array(made.settings["turn"], dtype=float).reshape([len(made.settings["turn"])] * 2)
    votes, _ballots = votes_until(made.debate, made.watermark, np.array(made.settings["statements"]))
    return run_on(votes, seed=SEED, turn=turn)


def places(made: OpinionMap) -> list[OwnPlace]:
    """Of all readers, in the order of the matrix."""
    ballots = Ballot.objects.filter(debate=made.debate).order_by("pseudonym").values_list("votes", flat=True)
    return [own_place(made, votes_in(bytes(votes))) for votes in ballots]


def test_every_reader_stands_where_the_map_placed_them(line):
    run = run_of(line)

    found = places(line)

    assert [place.position[0] for place in found] == pytest.approx(run.positions[0].tolist(), abs=1e-6)
    assert [place.spread[0] for place in found] == pytest.approx(run.spreads[0].tolist(), abs=1e-6)
    assert [place.votes for place in found] == run.votes.per_reader().tolist()
    cells = line.summary["axis"]["cells"]
    for place in found:
        inside = min(max(place.position[0], cells[0]["from"]), cells[-1]["to"])
        assert cells[place.cell]["from"] <= inside <= cells[place.cell]["to"]


def test_every_reader_belongs_to_groups_as_the_map_says(four_camps):
    run = run_of(four_camps)

    found = places(four_camps)

    assert [[*place.probabilities] for place in found] == [four_camps.parameters["ids"]] * 160
    told = np.array([[*place.probabilities.values()] for place in found]).T
    assert told == pytest.approx(run.probabilities, abs=1e-6)
    assert {place.position for place in found} == {()}


def test_votes_that_decided_are_those_that_speak_for_the_place(four_camps):
    """Camp 0 agrees with statements 1, 5, 9 … only."""
    camp = {number: AGREE if number % 4 == 1 else DISAGREE for number in range(1, 13)}

    found = own_place(four_camps, camp)

    assert {number for number, _choice in found.deciding} <= {1, 5, 9}
    assert {choice for _number, choice in found.deciding} == {AGREE}
    assert max(found.probabilities.values()) > 0.9


def test_what_unlike_readers_say_as_well_is_shared():
    debate = make_debate("shared", statements=14)
    rng = np.random.default_rng(1)
    opinions = np.outer(rng.normal(size=150), np.where(np.arange(14) < 12, rng.normal(0, 3, 14), 0.0))
    opinions[:, 12] = 3.0  # everybody agrees with the thirteenth statement
    plant_ballots(debate, drawn(opinions))
    made = stored(debate)
    ballot = bytes(Ballot.objects.filter(debate=debate).first().votes)
    votes = {**votes_in(ballot), 13: AGREE}

    assert 13 in own_place(made, votes).shared
    assert 13 not in own_place(made, {**votes, 13: DISAGREE}).shared
    assert 13 not in own_place(made, {**votes, 13: UNSURE}).shared


def test_place_rests_on_votes_that_the_map_knows(line):
    assert own_place(line, {}) == own_place(line, {99: AGREE}) == OwnPlace(votes=0)
    assert own_place(line, {1: AGREE, 99: DISAGREE}) == own_place(line, {1: AGREE})
    assert own_place(line, {1: AGREE}).votes == 1


def test_nobody_is_placed_by_a_statement_of_which_too_few_are_told(line):
    told = [entry for entry in line.summary["statements"] if entry["number"] != 2]
    few = OpinionMap(summary={**line.summary, "statements": told}, parameters=line.parameters)

    assert own_place(line, {1: AGREE, 2: AGREE}) != own_place(line, {1: AGREE})
    assert own_place(few, {1: AGREE, 2: AGREE}) == own_place(few, {1: AGREE})


def test_without_a_common_pattern_there_is_no_place_but_the_number_of_votes():
    made = stored(habits_debate())

    assert own_place(made, {1: AGREE, 2: UNSURE}) == OwnPlace(votes=2)


def test_choice_that_nobody_had_made_says_nothing(line):
    """Older conversations have no "unsure"."""
    parameters = {**line.parameters, "offered": [0, 1, 2], "base": [row[:3] for row in line.parameters["base"]]}
    older = OpinionMap(summary=line.summary, parameters=parameters)

    assert own_place(older, {1: AGREE, 2: UNSURE}) == own_place(older, {1: AGREE})


def test_cell_is_the_nearest_one():
    cells = [{"from": -2.0, "to": -1.0}, {"from": -1.0, "to": 0.5}, {"from": 0.5, "to": 3.0}]

    assert [cell_of(cells, at) for at in (-9, -1.5, 0, 0.7, 9)] == [0, 0, 1, 2, 2]
    assert cell_of([], 0) is None


def test_choices_are_those_of_the_mathematics():
    """The byte of a ballot less one is the place of a choice among those of `analysis`."""
    votes = vote_matrix(np.zeros(4, dtype=int), np.arange(4), np.array([1, -1, 0, 2], dtype=np.int8))

    assert votes.counts().tolist() == np.eye(4, dtype=int).tolist()
    assert [Choice.AGREE - 1, Choice.DISAGREE - 1, Choice.NEITHER - 1, Choice.UNSURE - 1] == [0, 1, 2, 3]
