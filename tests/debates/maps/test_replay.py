"""A stored run can be drawn again, and comes out the same unless somebody was erased."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from apps.debates.actions import erase_ballot
from apps.debates.maps import making as mapping
from apps.debates.maps.making import replay
from apps.debates.models import Ballot, Statement
from apps.debates.queries import map_changes
from tests.debates.factories import AGREE, make_reader, vote
from tests.debates.maps.drawing import stored
from tests.debates.planting import camps_debate, drawn, habits_debate, leaning_debate, plant_ballots

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [leaning_debate, camps_debate, habits_debate])
def test_run_drawn_again_is_the_same_whatever_came_since(make):
    debate = make()
    first = stored(debate)
    plant_ballots(debate, drawn(np.tile(np.linspace(-3, 3, len(first.settings["statements"])), (30, 1))))
    second = stored(debate, force=True)
    vote(debate, make_reader(debate), 1, AGREE)
    Statement.objects.filter(debate=debate, number=2).update(state="withdrawn")

    assert [replay(stored=each).checksum for each in (first, second)] == [first.checksum, second.checksum]
    assert first.checksum != second.checksum


def test_run_drawn_again_after_an_erasure_is_another():
    debate = leaning_debate()
    made = stored(debate)

    erase_ballot(pseudonym=bytes(Ballot.objects.first().pk))

    assert replay(stored=made).checksum != made.checksum
    assert map_changes(debate.pk, made).erased == 1


def test_run_is_drawn_again_even_if_erasures_leave_another_story():
    camps, lined = camps_debate(), leaning_debate(readers=60)
    made = [stored(debate) for debate in (camps, lined)]
    for debate in (camps, lined):
        for ballot in Ballot.objects.filter(debate=debate)[25:]:
            erase_ballot(pseudonym=bytes(ballot.pk))

    again = [replay(stored=each) for each in made]

    assert [each.run.story for each in again] != [each.story for each in made]
    assert all(one.checksum != other.checksum for one, other in zip(again, made, strict=True))


def replayed(*arguments: object) -> tuple[str, int]:
    """What the command says, and its exit code."""
    out = StringIO()
    try:
        call_command("opinion_map", *map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue() or str(error), error.returncode
    return out.getvalue(), 0


def test_command_replays_a_stored_run_and_says_whether_it_comes_out():
    debate = leaning_debate(readers=30)
    made = stored(debate)
    vote(debate, make_reader(debate), 1, AGREE)

    assert replayed("leaning", "--replay", 1) == (
        f"Map no. 1 of leaning comes out the same: checksum {made.checksum}\n",
        0,
    )
    assert replayed("leaning", "--replay", 2) == ("There is no stored map no. 2 of leaning.", 2)
    assert replayed("leaning", "--replay", 1, "--json", "--with-participants")[1] == 2
    assert json.loads(replayed("leaning", "--replay", 1, "--json")[0]) == {
        "map": 1,
        "checksum": made.checksum,
        "again": made.checksum,
        "same": True,
        "same_code": True,
        "erased_since": 0,
    }


def test_command_says_what_may_be_the_reason_where_a_run_does_not_come_out(monkeypatch):
    debate = leaning_debate(readers=30)
    made = stored(debate)
    erase_ballot(pseudonym=bytes(Ballot.objects.first().pk))
    monkeypatch.setattr(mapping, "code_version", lambda: "another")

    said, code = replayed("leaning", "--replay", 1)

    assert code == 1
    assert said.startswith(f"Map no. 1 of leaning was stored with checksum {made.checksum} and comes out as ")
    assert said.endswith(
        " Readers whose votes were erased since then: 1. The code that draws maps has changed since then.\n"
    )
