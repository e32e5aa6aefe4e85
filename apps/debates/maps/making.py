"""Making a map and storing it, and making one again. Imported by the worker only: web processes have no numpy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from apps.analysis import opinion_map
from apps.analysis.opinion_map import story
from apps.analysis.opinion_map.ends import ends
from apps.analysis.opinion_map.exposed_rates import Exposures
from apps.analysis.opinion_map.opinion_map import FEWEST_READERS, FEWEST_VOTES, VOTES_TO_FIT, VOTES_TO_JUDGE
from apps.analysis.opinion_map.votes import Numbers
from apps.common.snapshots import only_run
from apps.debates.exposure_arrays import read_exposures
from apps.debates.maps.found import Found
from apps.debates.maps.parameters import parameters_of
from apps.debates.maps.references import Before, maps_before, names_of_groups, opinions_before, places_of_groups
from apps.debates.maps.runs import Run, run_on
from apps.debates.maps.summary import checksum_of, summary_of
from apps.debates.maps.votes_until import settled_watermark, votes_until
from apps.debates.models import Debate, OpinionMap
from apps.debates.queries import MapChanges, map_changes, served_numbers
from apps.debates.rules import map_due
from apps.inquiries.privacy import keeps_to, profile_of

METHOD, SEED = "toikake", 1
STEPS = 5  # that are told to `advance` while a map is made
CONSTANTS = {
    "votes_to_be_told_by": FEWEST_VOTES,
    "readers_for_a_map": FEWEST_READERS,
    "votes_to_judge_by": VOTES_TO_JUDGE,
    "votes_to_fit_by": VOTES_TO_FIT,
    "hidden_share": story.HIDDEN_SHARE,
    "errors_to_leave_none": story.ERRORS_TO_LEAVE_NONE,
    "stable_from": story.STABLE,
}

Advance = Callable[[int], None]
Settings = dict[str, Any]


def nothing(_steps: int) -> None:
    """Nobody watches."""


class BeingDrawn(Exception):
    """Another process draws the map of this debate at the moment."""


@dataclass(frozen=True)
class Drawn:
    """All that is stored of a run but its number and its time."""

    settings: Settings
    watermark: int
    ballots: int
    run: Run
    summary: dict[str, Any]
    parameters: dict[str, Any]

    @property
    def checksum(self) -> str:
        return checksum_of(self.summary, self.parameters)


def draw_map(*, debate: Debate, now: datetime, force: bool = False, advance: Advance = nothing) -> OpinionMap | None:
    """Draw and store the map of all votes so far; None where it is too early or nothing has changed.

    `force` does not wait; where another process is at it, it raises BeingDrawn. Nothing is held meanwhile that a vote
    would wait for, and nothing is stored before all of it is there. Raises VotesStillArriving.
    """
    with only_run(f"map of debate {debate.pk}") as alone:
        if not alone:
            if force:
                raise BeingDrawn(debate)
            return None
        before = maps_before(debate.pk)
        last, changes = before.last, map_changes(debate.pk, before.last)
        if not (worth_drawing(debate, last, changes) if force else map_due(debate.inquiry, last, changes, now)):
            return None
        began = monotonic()
        drawn = drawn_now(debate, before, advance)
        return OpinionMap.objects.create(
            debate=debate,
            number=last.number + 1 if last else 1,
            method=METHOD,
            seed=SEED,
            settings=drawn.settings,
            code_version=code_version(),
            watermark=drawn.watermark,
            ballots=drawn.ballots,
            readers=len(drawn.run.votes.readers),
            votes=drawn.run.votes.votes,
            story=drawn.run.story,
            summary=drawn.summary,
            parameters=drawn.parameters,
            checksum=drawn.checksum,
            seconds=round(monotonic() - began, 3),
            created_at=now,
        )


def worth_drawing(debate: Debate, last: OpinionMap | None, changes: MapChanges) -> bool:
    if last is None or changes.any or last.code_version != code_version():
        return True
    return not keeps_to(last.profile, debate.inquiry.privacy_profile)


def drawn_now(debate: Debate, before: Before, advance: Advance) -> Drawn:
    numbers = served_numbers(debate.pk)
    settings = {
        **CONSTANTS,
        "profile": debate.inquiry.privacy_profile,
        "statements": numbers,
        "before": before.last.number if before.last else None,
    }
    watermark, previous = settled_watermark(debate.pk), opinions_before(before.spectrum, numbers)
    run, ballots = run_of(debate, settings, watermark, advance, previous=previous)
    ids, newest = names_of_groups(run, before.groups)
    decided = {
        "turn": [] if run.ours.turn is None else run.ours.turn.tolist(),
        "ids": ids,
        "newest_id": newest,
        "places": places_of_groups(ids, before.groups),
    }
    shown = read_exposures(debate)
    return finished(run, {**settings, **decided}, watermark, ballots, before.summary, advance, shown=shown)


def replay(*, stored: OpinionMap, advance: Advance = nothing) -> Drawn:
    """The same run once more, from the log up to the same row, turned and named as was decided then."""
    debate = Debate.objects.select_related("inquiry").get(pk=stored.debate_id)
    size = len(stored.settings["turn"])
    turn = np.array(stored.settings["turn"], dtype=float).reshape(size, size)
    run, ballots = run_of(debate, stored.settings, stored.watermark, advance, turn=turn)
    settings = stored.settings
    if len(settings["ids"]) != len(run.probabilities):  # after erasures it may tell another story
        settings = {**settings, "ids": list(range(len(run.probabilities))), "places": None}
    return finished(run, settings, stored.watermark, ballots, stored.summary, advance)


def run_of(
    debate: Debate,
    settings: Settings,
    watermark: int,
    advance: Advance,
    *,
    previous: Numbers | None = None,
    turn: Numbers | None = None,
) -> tuple[Run, int]:
    """The run, and how many ballots there were."""
    votes, ballots = votes_until(debate, watermark, np.array(settings["statements"], dtype=np.int64))
    advance(1)
    run = run_on(votes, seed=SEED, previous=previous, turn=turn)
    advance(2)
    return run, ballots


def finished(
    run: Run,
    settings: Settings,
    watermark: int,
    ballots: int,
    before: Mapping[str, Any],
    advance: Advance,
    *,
    shown: Exposures | None = None,
) -> Drawn:
    """With what the sides stand for, as it is stored; `before`: the summary of the map before, or this one's own."""
    told = ends(run.votes, run.ours, seed=run.seed)
    advance(1)
    found = Found(run, settings["ids"], told, settings["places"], shown)
    summary = summary_of(found, profile_of(settings["profile"]), before)
    advance(1)
    return Drawn(settings, watermark, ballots, run, summary, parameters_of(found))


@lru_cache(maxsize=1)
def code_version() -> str:
    """A hash of everything that makes a map what it is: our mathematics and the libraries below it."""
    digest = sha256()
    for folder in (Path(opinion_map.__file__).parent, Path(__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    for library in ("numpy", "scipy"):
        digest.update(metadata.version(library).encode())
    return digest.hexdigest()[:16]
