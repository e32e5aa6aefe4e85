"""Maps are drawn from the log, stored whole or not at all, and can be drawn again."""

import json
from datetime import timedelta
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.debates.actions import erase_ballot
from apps.debates.maps import making as mapping
from apps.debates.maps.making import BeingDrawn, draw_map, replay
from apps.debates.maps.references import Before
from apps.debates.models import Ballot, Debate, OpinionMap, Statement
from apps.debates.queries import map_changes, newest_map
from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import PrivacyProfile
from tests.debates.factories import AGREE, DISAGREE, make_debate, make_reader, make_statement, vote, vote_on_all
from tests.debates.planting import camps_debate, drawn, habits_debate, leaning_debate, plant_ballots

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def stored(debate: Debate, **changes: object) -> OpinionMap:
    made = draw_map(**{"debate": debate, "now": NOW, **changes})
    assert made is not None
    return OpinionMap.objects.get(pk=made.pk)  # as it comes back from the database


def test_map_holds_what_it_needs_to_be_drawn_again_and_nothing_of_single_readers():
    debate = leaning_debate()

    made = stored(debate)

    assert (made.number, made.method, made.seed, made.story) == (1, "toikake", 1, "spectrum")
    assert (made.ballots, made.readers) == (120, 120)
    assert made.settings["statements"] == list(range(1, 17))
    assert made.code_version == mapping.code_version()
    summary = made.summary
    assert (summary["story"], summary["d"], summary["k"], summary["enough"]) == ("spectrum", 1, 0, True)
    assert summary["gain"]["story"] > summary["gain"]["style"]
    assert summary["stability"] >= 0.8
    assert [entry["number"] for entry in summary["statements"]] == list(range(1, 17))
    first = summary["statements"][0]
    counted = np.array([list(bytes(row)) for row in Ballot.objects.values_list("votes", flat=True)])[:, 0]
    assert [first[name] for name in ("agree", "disagree", "neither", "unsure")] == [
        int((counted == byte).sum()) for byte in (1, 2, 3, 4)
    ]
    assert largest_list(made.parameters) <= 16
    assert largest_list(summary) <= 2 * 20


def largest_list(part: object) -> int:
    """Nothing in a stored map is as long as the list of its readers."""
    if isinstance(part, dict):
        return max((largest_list(value) for value in part.values()), default=0)
    if isinstance(part, list):
        return max(len(part), max((largest_list(value) for value in part), default=0))
    return 0


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


def test_areas_are_of_ten_readers_and_more_and_rounded():
    lined, camps = stored(leaning_debate()), stored(camps_debate())

    cells, groups = lined.summary["axis"]["cells"], camps.summary["groups"]
    assert len(cells) >= 3
    assert all(cell["readers"] >= 10 and cell["readers"] % 5 == 0 for cell in [*cells, *groups])
    assert sum(cell["readers"] for cell in cells) <= 120
    assert [cell["to"] for cell in cells[:-1]] == [cell["from"] for cell in cells[1:]]
    assert sorted(group["id"] for group in groups) == [0, 1, 2, 3]
    assert sum(group["share"] for group in groups) == pytest.approx(1, abs=0.03)
    ends = camps.summary["ends"]
    assert {end["side"] for end in ends} == {0, 1, 2, 3}
    assert all(end["votes_here"] >= 10 and end["votes_here"] % 5 == 0 for end in ends)
    assert all(round(end["agree_here"] * 100) % 5 == 0 for end in ends)


def test_too_few_votes_are_said_to_be_too_few():
    debate = leaning_debate(readers=15)

    made = stored(debate)

    assert (made.story, made.parameters) == ("none", {})
    assert (made.summary["enough"], made.summary["needed"]) == (False, {"readers": 5, "votes_each": 7})
    assert made.summary["statements"][0]["votes"] >= 10
    assert replay(stored=made).checksum == made.checksum


def test_nothing_shared_is_a_map_with_statements_but_without_an_axis():
    made = stored(habits_debate())

    assert (made.story, made.summary["enough"], made.summary["d"]) == ("none", True, 0)
    assert (made.summary["axis"], made.summary["groups"], made.summary["ends"]) == ({"cells": []}, [], [])
    assert all(entry["bridging"] is not None for entry in made.summary["statements"])
    assert made.summary["null_rate"] == 0


def test_statement_with_few_votes_is_not_told_of():
    debate = leaning_debate()
    Statement.objects.create(
        debate=debate, number=17, origin="reader", state="approved", text="x", folded="x", day=timezone.localdate()
    )
    for reader in [make_reader(debate) for _ in range(9)]:
        vote(debate, reader, 17, DISAGREE)

    made = stored(debate)

    assert 17 in made.parameters["numbers"]
    assert 17 not in [entry["number"] for entry in made.summary["statements"]]


def test_strict_profile_shows_no_small_cell_and_rounded_counts():
    made = stored(leaning_debate(privacy_profile="strict"))

    cells = [entry[name] for entry in made.summary["statements"] for name in ("agree", "disagree", "neither", "unsure")]
    assert None in cells
    assert all(cell is None or (cell >= 10 and cell % 5 == 0) for cell in cells)
    assert made.summary["readers"] % 5 == made.summary["votes"] % 5 == 0
    assert replay(stored=made).checksum == made.checksum


def test_a_debate_that_becomes_strict_is_drawn_anew_of_the_same_votes_without_being_forced():
    debate = leaning_debate()
    standard = draw_map(debate=debate, now=NOW)
    set_privacy_profile(inquiry=debate.inquiry, profile=PrivacyProfile.STRICT)
    debate.refresh_from_db()

    strict = draw_map(debate=debate, now=NOW + timedelta(hours=1))

    assert (standard.profile, strict.profile, strict.votes) == ("standard", "strict", standard.votes)
    shown = [entry[name] for entry in strict.summary["statements"] for name in ("votes", "agree", "disagree")]
    assert {count % 5 for count in shown if count is not None} == {0}
    assert draw_map(debate=debate, now=NOW + timedelta(hours=2), force=True) is None


def test_first_map_waits_for_ten_readers():
    debate = leaning_debate(readers=9)
    assert draw_map(debate=debate, now=NOW) is None

    vote_on_all(debate, make_reader(debate), "+-+-+-+-")

    assert stored(debate).summary["enough"] is False


def test_next_map_waits_for_a_minute_and_five_readers(monkeypatch):
    debate = leaning_debate(readers=30)
    first = stored(debate)
    for reader in [make_reader(debate) for _ in range(5)]:
        vote(debate, reader, 1, AGREE)
    later = NOW + timedelta(seconds=max(60, 10 * first.seconds) + 1)

    assert draw_map(debate=debate, now=NOW + timedelta(seconds=59)) is None
    assert stored(debate, now=later).number == 2
    for reader in [make_reader(debate) for _ in range(4)]:
        vote(debate, reader, 1, AGREE)
    assert draw_map(debate=debate, now=later + timedelta(hours=23)) is None


def test_nothing_is_drawn_twice_of_the_same_votes():
    debate = leaning_debate(readers=30)
    stored(debate)

    assert draw_map(debate=debate, now=NOW, force=True) is None
    assert OpinionMap.objects.count() == 1


def test_run_that_breaks_leaves_nothing_and_the_next_one_does_it(monkeypatch):
    debate = leaning_debate(readers=30)

    def break_off(*_arguments, **_named):
        raise MemoryError

    monkeypatch.setattr(mapping, "summary_of", break_off)
    with pytest.raises(MemoryError):
        draw_map(debate=debate, now=NOW)
    monkeypatch.undo()

    assert OpinionMap.objects.count() == 0
    assert stored(debate).number == 1


@pytest.mark.django_db(transaction=True)
def test_only_one_process_draws_the_map_of_a_debate():
    import threading

    debate = leaning_debate(readers=30)
    drawing, finish = threading.Event(), threading.Event()

    def draw_elsewhere():
        with mapping.only_run(f"map of debate {debate.pk}") as alone:
            assert alone
            drawing.set()
            finish.wait(10)
        connection.close()

    elsewhere = threading.Thread(target=draw_elsewhere)
    elsewhere.start()
    drawing.wait(10)

    assert draw_map(debate=debate, now=NOW) is None
    with pytest.raises(BeingDrawn):
        draw_map(debate=debate, now=NOW, force=True)
    finish.set()
    elsewhere.join()
    assert stored(debate) == newest_map(debate.pk)


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


def test_debate_without_statements_votes_or_anything_published_has_a_map_that_says_so():
    empty, silent, hidden = make_debate("empty", statements=0), make_debate("silent"), make_debate("hidden")
    for reader in [make_reader(hidden) for _ in range(12)]:
        vote_on_all(hidden, reader, "+-+-+-")
    Statement.objects.filter(debate=hidden).update(state="withdrawn")

    made = [stored(debate, force=True) for debate in (empty, silent, hidden)]

    for each in made:
        assert (each.story, each.readers, each.votes, each.summary["enough"]) == ("none", 0, 0, False)
        assert (each.summary["needed"]["readers"], each.summary["statements"]) == (20, [])
        assert replay(stored=each).checksum == each.checksum
    assert [each.ballots for each in made] == [0, 0, 12]
