"""How well a map foretells votes that it has not seen, beside what the groups of Polis and shuffled votes would do."""

from dataclasses import dataclass, replace

import numpy as np

from apps.analysis.opinion_map.answers import log_rates
from apps.analysis.opinion_map.foretelling import foretold
from apps.analysis.opinion_map.opinion_map import opinion_map, sample_of_readers
from apps.analysis.opinion_map.polis import polis_map
from apps.analysis.opinion_map.polis_statements import group_counts
from apps.analysis.opinion_map.story import (
    ERRORS_TO_LEAVE_NONE,
    NONE,
    HiddenVotes,
    Story,
    Verdict,
    hide_votes,
    score_stories,
    standard_error,
)
from apps.analysis.opinion_map.votes import Numbers, VoteMatrix

PRIOR_VOTES = 3.0
LEAST = 1e-6  # nothing is impossible
VOTES_OF_A_DRAW = 12_000


@dataclass(frozen=True)
class Gains:
    """Nats per hidden vote over the statements' averages; `error`: of the story's gain less that of habits alone."""

    told: Story
    story: float
    style: float
    polis: float
    error: float


def compare_gains(votes: VoteMatrix, *, split: int) -> Gains:
    """A tenth of the votes is hidden; everything, priors and story too, is chosen without them. `split` draws them."""
    hidden = hide_votes(votes, np.random.default_rng([7, split]))
    found = opinion_map(hidden.known, seed=split)
    average = log_rates(hidden.known)[hidden.choice, hidden.column]
    told = np.maximum(foretold(found, hidden.row, hidden.column), LEAST)[hidden.choice, np.arange(len(hidden.choice))]
    story = np.log(told) - average
    style = score_stories(hidden, found.priors, np.random.default_rng(split), stories={NONE})[NONE]
    return Gains(
        told=found.story,
        story=float(story.mean()),
        style=float(style.mean()),
        polis=float(polis_scores(hidden).mean()),
        error=standard_error(story - style, hidden.row),
    )


def polis_scores(hidden: HiddenVotes) -> Numbers:
    """Gain of each hidden vote, (h,), where readers are expected to answer as their Polis group does.

    Group rates are drawn towards the statement's by three votes; who has no group is expected to answer as everybody.
    """
    known, rates = hidden.known, np.exp(log_rates(hidden.known))
    found = polis_map(known)
    counts = group_counts(known, found.groups, max(found.k, 1))
    passes = counts.seen - counts.agree - counts.disagree
    given = np.stack([counts.agree, counts.disagree, passes])
    usual = np.stack([rates[0], rates[1], rates[2:].sum(axis=0)])
    of_groups = (given + PRIOR_VOTES * usual[:, None, :]) / (counts.seen + PRIOR_VOTES)
    three = np.minimum(hidden.choice, 2)
    group = found.groups[hidden.row]
    expected = np.where(group < 0, usual[three, hidden.column], of_groups[three, group, hidden.column])
    return np.log(expected) - np.log(usual[three, hidden.column])


def null_rate(votes: VoteMatrix, verdict: Verdict, *, seed: int, draws: int = 10) -> float:
    """How often the same story would be told of votes dealt anew within each statement, where nobody thinks alike.

    Where there are many votes each draw is made of some of the readers: the story has to be two errors ahead, and these
    grow as the sample gets smaller.
    """
    if verdict.story == NONE:
        return 0.0
    return float(
        np.mean(
            [
                tells(shuffled(sample_of_readers(votes, VOTES_OF_A_DRAW, rng), rng), verdict, rng)
                for rng in generators(seed, draws)
            ]
        )
    )


def generators(seed: int, draws: int) -> list[np.random.Generator]:
    return [np.random.default_rng([seed, draw]) for draw in range(draws)]


def tells(votes: VoteMatrix, verdict: Verdict, rng: np.random.Generator) -> bool:
    """Whether a tenth of these votes, hidden, is foretold clearly better by the story of the verdict than by habits."""
    hidden = hide_votes(votes, rng)
    scores = score_stories(hidden, verdict.priors, rng, stories={NONE, verdict.story})
    ahead = scores[verdict.story] - scores[NONE]
    return bool(ahead.mean() > ERRORS_TO_LEAVE_NONE * standard_error(ahead, hidden.row))


def shuffled(votes: VoteMatrix, rng: np.random.Generator) -> VoteMatrix:
    """The same answers to each statement, dealt to its voters at random."""
    order = np.argsort(votes.indices, kind="stable")
    within = np.lexsort((rng.random(votes.votes), votes.indices))
    values = votes.values.copy()
    values[order] = votes.values[within]
    return replace(votes, values=values)
