"""What is stored of a run for the public: suppressed and rounded.

Imported by the worker only: web processes have no numpy.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.cells import areas_of_groups, cells_of_axis, cells_of_plane
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.ends import EndStatement
from apps.analysis.opinion_map.exposed_rates import ExposedRates
from apps.analysis.opinion_map.opinion_map import FEWEST_READERS, FEWEST_VOTES
from apps.analysis.opinion_map.story import NONE, STABLE, Story
from apps.analysis.opinion_map.votes import Numbers
from apps.analysis.suppression import hidden_cells, rounded_to
from apps.debates.maps.found import Found
from apps.debates.maps.parameters import SMALLEST_AREA
from apps.debates.maps.runs import Run, is_able
from apps.inquiries.privacy import Profile

AREAS_TO = 5
MOST_OF_A_SIDE = 20  # statements that it stands for
DIGITS = 4
CHOICES = ("agree", "disagree", "neither", "unsure")
NOT_REPLAYED = frozenset({"adjusted_agree"})
"""What was shown to whom has no log that could be read as it stood then."""

Json = dict[str, Any]


def summary_of(found: Found, profile: Profile, before: Mapping[str, Any]) -> Json:
    """For everybody. `before`: the summary of the map before, because what was hidden there stays hidden."""
    run = found.run
    able = int(is_able(run.votes).sum())
    return {
        "story": run.story,
        "d": len(run.positions),
        "k": len(run.probabilities),
        "readers": int(rounded_to(np.array([len(run.votes.readers)]), profile.counts_to)[0]),
        "votes": int(rounded_to(np.array([run.votes.votes]), profile.counts_to)[0]),
        "enough": found.model is not None,
        "needed": {"readers": max(0, FEWEST_READERS - able), "votes_each": votes_each(run)},
        "gain": gains(run),
        "stability": digits(run.stability),
        "null_rate": digits(run.null_rate),
        "axis": {"cells": axis_out(run)},
        "plane": {"cells": plane_out(run)},
        "groups": groups_out(found),
        "ends": ends_out(found),
        "statements": statements_out(found, profile, before),
    }


def votes_each(run: Run) -> int:
    return max(1, min(FEWEST_VOTES, len(run.votes.statements)))


def gains(run: Run) -> Json | None:
    """Nats per hidden vote over averages: of habits alone, of the story told, of the best other one that may hold.
    None where there was nothing to hide."""
    verdict = run.ours.verdict
    if verdict is None or not np.isfinite(verdict.gains[NONE]):
        return None
    others = {story: gain for story, gain in verdict.gains.items() if story not in {verdict.story, NONE}}
    holding = {story: gain for story, gain in others.items() if verdict.stability.get(story, STABLE) >= STABLE}
    following = max(holding or others, key=lambda story: others[story])
    return {
        "style": digits(verdict.gains[NONE]),
        "story": digits(verdict.gains[verdict.story]),
        "next": digits(others[following]),
        "next_story": named(following),
    }


def named(story: Story) -> str:
    return f"{story.kind} {story.size}" if story.size else story.kind


def axis_out(run: Run) -> list[Json]:
    if not len(run.positions):
        return []
    return [
        {"from": cell.start, "to": cell.stop, "readers": cell.readers}
        for cell in cells_of_axis(run.positions[0, is_able(run.votes)])
    ]


def plane_out(run: Run) -> list[Json]:
    """Where the spectrum has a second axis."""
    if len(run.positions) < 2:
        return []
    return [
        {"x": cell.x, "y": cell.y, "w": cell.width, "h": cell.height, "readers": cell.readers}
        for cell in cells_of_plane(run.positions[:2, is_able(run.votes)])
    ]


def groups_out(found: Found) -> list[Json]:
    """Areas by likeliest group; none of fewer than ten readers. Shares are those of what is drawn."""
    model = found.model
    if not isinstance(model, Classes):
        return []
    places = None if found.places is None else np.array(found.places, dtype=float)
    areas = areas_of_groups(model.w, model.shares, previous=places)
    sizes = [size // AREAS_TO * AREAS_TO for size in found.run.sizes]
    drawn = sum(size for size in sizes if size >= SMALLEST_AREA)
    return [
        {
            "id": found.ids[place],
            "readers": size,
            "share": digits(size / drawn, 2),
            "x": digits(areas.x[place]),
            "y": digits(areas.y[place]),
        }
        for place, size in enumerate(sizes)
        if size >= SMALLEST_AREA
    ]


def ends_out(found: Found) -> list[Json]:
    """The clearest of each side."""
    by_side = [[end for end in found.ends if end.side == side] for side in sorted({end.side for end in found.ends})]
    return [end_out(found, end) for ends in by_side for end in ends[:MOST_OF_A_SIDE]]


def end_out(found: Found, end: EndStatement) -> Json:
    return {
        "side": found.ids[end.side] if found.run.story == "groups" else end.side,
        "number": found.numbers[end.column],
        "choice": "agree" if end.choice > 0 else "disagree",
        "difference": digits(end.difference),
        "low": digits(end.low),
        "high": digits(end.high),
        "agree_here": coarse(end.agree_here),
        "agree_elsewhere": coarse(end.agree_elsewhere),
        "disagree_here": coarse(end.disagree_here),
        "disagree_elsewhere": coarse(end.disagree_elsewhere),
        "votes_here": end.votes_here // AREAS_TO * AREAS_TO,
    }


def statements_out(found: Found, profile: Profile, before: Mapping[str, Any]) -> list[Json]:
    """Those on which enough have voted for anything to be said of them."""
    known = {entry["number"]: entry for entry in before.get("statements", ())}
    rows = zip(found.numbers, found.run.votes.counts(), strict=True)
    return [
        {**counts_out(number, counts, profile, known.get(number, {})), **judged_out(found, place, profile)}
        for place, (number, counts) in enumerate(rows)
        if counts.sum() >= profile.smallest_base
    ]


def counts_out(number: int, counts: NDArray[np.int64], profile: Profile, before: Mapping[str, Any]) -> Json:
    hidden_before = np.array([name in before and before[name] is None for name in CHOICES])
    hidden = hidden_cells(counts, profile.smallest_cell, hidden_before)
    shown = rounded_to(counts, profile.counts_to)
    return {
        "number": number,
        "votes": int(rounded_to(counts.sum(keepdims=True), profile.counts_to)[0]),
        **{name: None if hidden[place] else int(shown[place]) for place, name in enumerate(CHOICES)},
    }


def judged_out(found: Found, place: int, profile: Profile) -> Json:
    """What the map says of a statement. A side with fewer than ten votes counts as none."""
    ground, bounds, unsure_of = found.run.ground, found.bounds, found.unsure_of_sides
    fewest = int(ground.fewest[place]) if ground else 0
    return {
        "adjusted_agree": corrected_out(found.corrected, place, profile),
        "bridging": digits(ground.bridging[place]) if ground else None,
        "consensus": digits(ground.consensus[place]) if ground else None,
        "dividing": [digits(each) for each in (ground.dividing[place], *bounds[:, place])]
        if ground is not None and bounds is not None
        else None,
        "unsure_of_sides": sides_out(found, unsure_of[:, place])
        if unsure_of is not None and np.isfinite(unsure_of[:, place]).any()
        else None,
        "fewest": fewest if fewest >= SMALLEST_AREA else 0,
    }


def sides_out(found: Found, shares: Numbers) -> list[Json]:
    """By id of the group, or third of the first axis; null where fewer than ten voted."""
    sides = found.ids if found.run.story == "groups" else range(len(shares))
    return [{"side": side, "share": coarse(share)} for side, share in zip(sides, shares, strict=True)]


def corrected_out(rates: ExposedRates | None, place: int, profile: Profile) -> float | None:
    """Where enough votes speak for it."""
    if rates is None or not rates.effective[place] >= profile.smallest_base:
        return None
    return digits(rates.weighted[0, place], profile.share_digits)


def digits(number: float | None, places: int = DIGITS) -> float | None:
    return None if number is None or not np.isfinite(number) else round(float(number), places)


def coarse(share: float) -> float | None:
    """In steps of a twentieth: of a side nobody can count back how many chose what."""
    return None if not np.isfinite(share) else round(round(float(share) * 20) / 20, 2)


def checksum_of(summary: Json, parameters: Json) -> str:
    """Of everything that the votes alone decide."""
    statements = [
        {name: value for name, value in entry.items() if name not in NOT_REPLAYED} for entry in summary["statements"]
    ]
    whole = {"summary": {**summary, "statements": statements}, "parameters": parameters}
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
