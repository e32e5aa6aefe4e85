"""Maps are drawn from the log, and stored whole or not at all."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from apps.debates.maps import making as mapping
from apps.debates.maps.making import BeingDrawn, draw_map, replay
from apps.debates.models import Ballot, OpinionMap, Statement
from apps.debates.queries import newest_map
from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import PrivacyProfile
from tests.debates.factories import AGREE, DISAGREE, make_debate, make_reader, vote, vote_on_all
from tests.debates.maps.drawing import NOW, stored
from tests.debates.planting import camps_debate, habits_debate, leaning_debate

pytestmark = pytest.mark.django_db


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
