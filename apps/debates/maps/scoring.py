"""How likely a map holds votes that it has not seen. Every row gets an answer, whoever voted on whatever.

A reader whom the map knows is expected to vote as they stand in it; one who is unknown or silent as the average of all;
a statement that is not on the map, or is unknown, as it was voted on so far, or as statements are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.answers import log_rates
from apps.analysis.opinion_map.foretelling import foretold as on_map
from apps.analysis.opinion_map.polis import PolisMap
from apps.analysis.opinion_map.polis_statements import group_counts
from apps.analysis.opinion_map.votes import Numbers, VoteMatrix
from apps.debates.maps.runs import Run
from apps.debates.matrices import vote_matrix_of
from apps.debates.models import Debate
from apps.debates.polis.tables import Row, rows, write_rows
from apps.debates.queries import outside_ids

NEEDED = ("voter-id", "comment-id", "vote")
ADDED = ("agree", "disagree", "pass", "base_agree", "base_disagree", "base_pass")
LEAST = 1e-6  # nothing is impossible
PRIOR_VOTES = 3.0
NOWHERE = -1


@dataclass(frozen=True)
class Asked:
    """Voters and comments as the file names them, each (n,)."""

    rows: Sequence[Row]
    voters: NDArray[np.int64]
    comments: NDArray[np.int64]


def read_asked(path: Path) -> Asked:
    """The votes to foretell. Raises FileFault."""
    found = list(rows(path, NEEDED))
    voters = [row.integer("voter-id") for row in found]
    comments = [row.integer("comment-id") for row in found]
    return Asked(found, np.array(voters, dtype=np.int64), np.array(comments, dtype=np.int64))


def write_scores(path: Path, asked: Asked, expected: Numbers, base: Numbers) -> None:
    """The same rows, with the probabilities (3, n) of each."""
    columns = asked.rows[0].columns if asked.rows else dict.fromkeys(NEEDED, 0)
    head = sorted(columns, key=lambda name: columns[name])
    rows_of_numbers = zip(asked.rows, np.concatenate([expected, base]).T, strict=True)
    lines = ([*row.fields, *(f"{number:.6f}" for number in numbers)] for row, numbers in rows_of_numbers)
    write_rows(path, [[*head, *ADDED], *lines])


def score(run: Run, debate: Debate, asked: Asked) -> tuple[Numbers, Numbers]:
    """Probabilities of agree, disagree and pass under the run, and under each statement's average: (3, n) twice."""
    everything = vote_matrix_of(debate, also_unpublished=True)
    ids = outside_ids(debate)
    base = averages(everything, places(asked.comments, [ids[int(number)] for number in everything.statements]))
    expected = base.copy()
    column = places(asked.comments, [ids[int(number)] for number in run.votes.statements])
    row = places(asked.voters, run.votes.readers)
    told = (column != NOWHERE) & run.served[column] if len(run.served) else np.zeros(len(column), dtype=bool)
    known = told & (row != NOWHERE)
    known[known] = run.votes.per_reader()[row[known]] > 0
    expected[:, known] = foretold(run, row[known], column[known], base[:, known])
    strangers = told & ~known
    expected[:, strangers] = of_strangers(run, column[strangers], base[:, strangers])
    return possible(expected), possible(base)


def places(asked: NDArray[np.int64], ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of the asked ids (n,) stands among `ids`, -1 for nowhere."""
    known = np.asarray(ids, dtype=np.int64)
    if not len(known):
        return np.full(len(asked), NOWHERE)
    order = np.argsort(known, kind="stable")
    found = order[np.minimum(np.searchsorted(known[order], asked), len(known) - 1)]
    return np.where(known[found] == asked, found, NOWHERE)


def averages(votes: VoteMatrix, column: NDArray[np.int64]) -> Numbers:
    """What each statement got so far, (3, n); an unknown one as a statement without votes."""
    with_unknown = replace(votes, statements=np.append(votes.statements, votes.statements.max(initial=0) + 1))
    return three(np.exp(log_rates(with_unknown)))[:, column]  # the unknown one is the last, which is place -1


def three(four: Numbers) -> Numbers:
    """Neither and unsure are both a pass: (4, …) → (3, …)."""
    return np.stack([four[0], four[1], four[2] + four[3]])


def foretold(run: Run, row: NDArray[np.int64], column: NDArray[np.int64], base: Numbers) -> Numbers:
    """For readers and statements that are on the map: (3, n)."""
    if isinstance(run.found, PolisMap):
        of_groups, group = group_rates(run, run.found), run.groups[row]
        return base if of_groups is None else np.where(group < 0, base, of_groups[:, group, column])
    if run.found.model is None:
        return base
    return three(on_map(run.found, row, column))


def of_strangers(run: Run, column: NDArray[np.int64], base: Numbers) -> Numbers:
    """As everyone whom the map knows would vote, on the average: (3, n)."""
    if isinstance(run.found, PolisMap) or run.found.model is None:
        return base
    people = np.flatnonzero(run.votes.per_reader() > 0)
    mean = {
        int(place): foretold(run, people, np.full(len(people), place), base[:, :0]).mean(axis=1)
        for place in np.unique(column)
    }
    return np.stack([mean[int(place)] for place in column], axis=1) if len(column) else base


def group_rates(run: Run, found: PolisMap) -> Numbers | None:
    """Rates of each group on each statement, (3, k, S), drawn towards the statement's by three votes."""
    if not found.k:
        return None
    counts = group_counts(run.votes, found.groups, found.k)
    given = np.stack([counts.agree, counts.disagree, counts.seen - counts.agree - counts.disagree])
    usual = three(np.exp(log_rates(run.votes)))[:, None, :]
    return np.asarray((given + PRIOR_VOTES * usual) / (counts.seen + PRIOR_VOTES))


def possible(expected: Numbers) -> Numbers:
    kept = np.maximum(expected, LEAST)
    return np.asarray(kept / kept.sum(axis=0))
