"""What a map keeps of those before it: the way its axes point, the names and places of its groups.

Imported by the worker only: web processes have no numpy. Of readers nothing is kept for this: they are placed on the
former map by what it knew of the statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.identity import kept_ids
from apps.analysis.opinion_map.placing import place_in_groups
from apps.analysis.opinion_map.spectrum import Priors
from apps.analysis.opinion_map.votes import Numbers, VoteMatrix, category, only_readers, only_votes
from apps.debates.maps.runs import Run, is_able
from apps.debates.models import OpinionMap
from apps.debates.queries import newest_map, newest_map_that_tells

NOBODY = -1  # the newest id where none was given out yet


@dataclass(frozen=True)
class Before:
    """The last map, and the last ones that told a spectrum and groups."""

    last: OpinionMap | None
    spectrum: OpinionMap | None
    groups: OpinionMap | None

    @property
    def summary(self) -> dict[str, Any]:
        return self.last.summary if self.last else {}


def maps_before(debate_id: int) -> Before:
    return Before(
        newest_map(debate_id), newest_map_that_tells("spectrum", debate_id), newest_map_that_tells("groups", debate_id)
    )


def opinions_before(spectrum: OpinionMap | None, numbers: Sequence[int]) -> Numbers | None:
    """The statements' side of a former spectrum, (d, S), 0 for statements that it did not know."""
    if spectrum is None:
        return None
    known = dict(zip(spectrum.parameters["numbers"], spectrum.parameters["opinions"], strict=True))
    silent = [0.0] * len(spectrum.parameters["opinions"][0])
    return np.array([known.get(number, silent) for number in numbers]).T


def names_of_groups(run: Run, groups: OpinionMap | None) -> tuple[list[int], int]:
    """Ids of the groups of a run, and the newest id that was ever given out."""
    newest = groups.settings["newest_id"] if groups else NOBODY
    size = len(run.probabilities)
    if groups is None or size == 0:
        return list(range(newest + 1, newest + 1 + size)), newest + size
    able = is_able(run.votes)
    before = memberships_before(only_readers(run.votes, able), groups)
    ids = kept_ids(before, run.probabilities[:, able], np.array(groups.parameters["ids"]), newest=newest)
    return ids.tolist(), max(newest, *ids.tolist())


def statements_of(votes: VoteMatrix, stored: OpinionMap) -> tuple[Numbers, Numbers, VoteMatrix]:
    """Today's statements as a former map has them, `base` (4, S) and `opinions` (d, S), and the votes on those that it
    knew, by choices that it knew. What stands of the others is without meaning, and without votes."""
    parameters = stored.parameters
    columns = {number: place for place, number in enumerate(parameters["numbers"])}
    places = np.array([columns.get(number, NOBODY) for number in votes.statements.tolist()])
    offered = np.array(parameters["offered"])
    base = np.full((4, len(places)), -np.inf)
    base[offered] = np.array(parameters["base"])[places].T
    opinions = np.array(parameters["opinions"])[places].T
    known = (places[votes.indices] != NOBODY) & np.isin(category(votes.values), offered)
    return base, opinions, only_votes(votes, known)


def memberships_before(votes: VoteMatrix, groups: OpinionMap) -> Numbers:
    """Of today's readers in the groups of a former map, (k, P), by their votes on statements that it knew."""
    parameters = groups.parameters
    base, opinions, known = statements_of(votes, groups)
    model = Classes(
        rates=base,
        b=np.zeros_like(base),
        w=opinions,
        a=np.zeros((4, 0)),
        membership=np.zeros((len(opinions), 0)),
        shares=np.array(parameters["shares"]),
    )
    return place_in_groups(known, model, Priors(style=parameters["style"]))[1]


def places_of_groups(ids: Sequence[int], groups: OpinionMap | None) -> list[list[float | None]] | None:
    """Where groups of these ids were drawn before, (k, 2), None for those that were not."""
    drawn = {group["id"]: [group["x"], group["y"]] for group in groups.summary["groups"]} if groups else {}
    if not any(one in drawn for one in ids):
        return None
    return [drawn.get(one, [None, None]) for one in ids]
