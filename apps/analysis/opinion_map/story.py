"""Which story the votes tell: nothing shared beyond habits, a spectrum, or groups. Votes held back from a model decide.

The simplest story within one standard error of the best prediction is told, if it comes out the same in other samples
of the readers. Leaving "nothing shared" takes two: of eight candidates the best is one error ahead by chance too often.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.answers import Answers, answers_of, log_rates
from apps.analysis.opinion_map.classes import Classes, fit_classes, log_probabilities_of
from apps.analysis.opinion_map.spectrum import Priors, Spectrum, fit_spectrum, log_probabilities
from apps.analysis.opinion_map.votes import Flags, Numbers, VoteMatrix, category, only_readers, only_votes

HIDDEN_SHARE = 0.1
STABLE = 0.8
ERRORS_TO_LEAVE_NONE = 2.0
SAMPLE_SHARE = 0.9
MOST_TIMES, VOTES_TO_HIDE_AMONG = 4, 30_000
STYLES, OPINIONS = (1.0, 4.0, 16.0), (1.0, 2.0, 3.0, 4.0, 8.0)
SMALLEST_GROUP, SMALLEST_SHARE = 5, 0.02


@dataclass(frozen=True, order=True)
class Story:
    """`size`: dimensions of a spectrum, or number of groups; 0 for none."""

    kind: str
    size: int = 0


NONE = Story("none")
# By what has to be known of each statement; of two that ask for the same, the continuum is the simpler one.
STORIES = (
    NONE,
    Story("spectrum", 1),
    Story("groups", 2),
    Story("spectrum", 2),
    Story("groups", 3),
    Story("spectrum", 3),
    Story("groups", 4),
    Story("groups", 5),
    Story("groups", 6),
)
Model = Spectrum | Classes


@dataclass(frozen=True)
class Verdict:
    """`gains`: nats per hidden vote over the statements' averages, not a number where none could be hidden; `errors`:
    standard error of the difference to the best that holds; `stability` of the stories that were asked for it."""

    story: Story
    gains: dict[Story, float]
    errors: dict[Story, float]
    stability: dict[Story, float]
    priors: Priors


@dataclass(frozen=True)
class HiddenVotes:
    """What is known, and the votes held back: places of reader and statement, and the choice, each (h,)."""

    known: VoteMatrix
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    choice: NDArray[np.int64]


def hide_votes(votes: VoteMatrix, rng: np.random.Generator, share: float = HIDDEN_SHARE) -> HiddenVotes:
    """A share of the votes, drawn from all; neither a reader's only vote nor an implied one is ever among them, for the
    one leaves nothing known and the other is known anyway. Readers need a vote each."""
    hidden = np.zeros(votes.votes, dtype=bool)
    hidden[rng.choice(votes.votes, int(votes.votes * share), replace=False)] = True
    if votes.implied is not None:
        hidden &= ~votes.implied
    rows = votes.rows()
    known = np.bincount(rows[~hidden], minlength=len(votes.readers))
    hidden &= known[rows] > 0
    return HiddenVotes(
        only_votes(votes, ~hidden),
        rows[hidden].astype(np.int64),
        votes.indices[hidden].astype(np.int64),
        category(votes.values[hidden]),
    )


def tell_story(votes: VoteMatrix, rng: np.random.Generator) -> Verdict:
    """The verdict on these votes; every reader must have cast some. Of one vote each nothing can be told."""
    if votes.per_reader().max() < 2:
        return Verdict(NONE, dict.fromkeys(STORIES, np.nan), dict.fromkeys(STORIES, 0.0), {}, Priors())
    priors = choose_priors(votes, rng)
    hidden = several_hidden(votes, rng)
    scores = joined([score_stories(each, priors, rng) for each in hidden])
    row = np.concatenate([each.row for each in hidden])
    gains = {story: float(score.mean()) for story, score in scores.items()}
    stability: dict[Story, float] = {}
    left = list(STORIES)
    while True:  # stories near the best that do not hold are out, so that they do not stand before one that does
        best = max(left, key=lambda story: gains[story])
        errors = {story: standard_error(scores[best] - score, row) for story, score in scores.items()}
        for story in left:
            if gains[best] - gains[story] > errors[story] * (ERRORS_TO_LEAVE_NONE if story == NONE else 1):
                continue
            if story == NONE or is_stable(story, votes, priors, rng, stability):
                return Verdict(story, gains, errors, stability, priors)
        left = [story for story in left if story not in stability]


def several_hidden(votes: VoteMatrix, rng: np.random.Generator) -> list[HiddenVotes]:
    """The fewer votes there are, the more often some are hidden: what a few hundred say of nine stories is chance."""
    times = max(1, min(MOST_TIMES, VOTES_TO_HIDE_AMONG // max(votes.votes, 1)))
    return [hide_votes(votes, rng) for _ in range(times)]


def joined(scores: Sequence[dict[Story, Numbers]]) -> dict[Story, Numbers]:
    """Scores of several sets of hidden votes, one behind the other."""
    return {story: np.concatenate([each[story] for each in scores]) for story in scores[0]}


def is_stable(
    story: Story, votes: VoteMatrix, priors: Priors, rng: np.random.Generator, stability: dict[Story, float]
) -> bool:
    """Whether two samples of the readers tell the story alike; how much so is put into `stability`."""
    stability[story] = measure_stability(story, votes, priors, rng)
    return stability[story] >= STABLE


def score_stories(
    hidden: HiddenVotes, priors: Priors, rng: np.random.Generator, *, stories: Container[Story] = STORIES
) -> dict[Story, Numbers]:
    """For each of these stories the gain of each hidden vote over its statement's average, (h,)."""
    answers, rates = answers_of(hidden.known), log_rates(hidden.known)
    average = rates[hidden.choice, hidden.column]
    wanted = [story for story in STORIES if story in stories]
    sizes = {3 if story.kind == "groups" else story.size for story in wanted}
    spectra = {size: fit_spectrum(answers, rates, size, priors, rng) for size in sorted(sizes)}

    def model(story: Story) -> Model:
        if story.kind == "groups":
            return fit_classes(answers, spectra[3], story.size, priors, rng)
        return spectra[story.size]

    return {story: log_probability(model(story), hidden) - average for story in wanted}


def log_probability(model: Model, hidden: HiddenVotes) -> Numbers:
    """Of each hidden vote, (h,)."""
    predict: Callable[..., Numbers] = log_probabilities if isinstance(model, Spectrum) else log_probabilities_of
    return predict(model, hidden.row, hidden.column)[hidden.choice, np.arange(len(hidden.row))]


def choose_priors(votes: VoteMatrix, rng: np.random.Generator) -> Priors:
    """The strengths that predict hidden votes best: first of habits, without any opinion, then of opinions."""
    tried = [(each, answers_of(each.known), log_rates(each.known)) for each in several_hidden(votes, rng)]
    seed = int(rng.integers(2**32))

    def gain(priors: Priors, size: int) -> float:
        fits = (
            (hidden, fit_spectrum(answers, rates, size, priors, np.random.default_rng(seed)))
            for hidden, answers, rates in tried
        )
        return float(np.mean([log_probability(model, hidden).mean() for hidden, model in fits]))

    habits = max((Priors(style=style) for style in STYLES), key=lambda priors: gain(priors, 0))
    return max((Priors(habits.style, opinion) for opinion in OPINIONS), key=lambda priors: gain(priors, 1))


def standard_error(differences: Numbers, row: NDArray[np.int64]) -> float:
    """Of the mean difference per vote, (h,); votes of one reader count as one draw."""
    if not len(differences):
        return 0.0
    sums = np.bincount(row, differences - differences.mean())
    return float(np.sqrt((sums**2).sum()) / len(differences))


def measure_stability(story: Story, votes: VoteMatrix, priors: Priors, rng: np.random.Generator) -> float:
    """How alike two samples of nine in ten readers place those they share; 0 where a group is too small to show."""
    fits = [fit_sample(story, votes, priors, rng) for _ in range(2)]
    shared = fits[0][0] & fits[1][0]
    first, second = (model_of(fit)[:, shared[fit[0]]] for fit in fits)
    if story.kind == "spectrum":
        return likeness(first, second)
    if any(too_small(part.argmax(axis=0), story.size) for part in (first, second)):
        return 0.0
    return adjusted_rand_index(first.argmax(axis=0), second.argmax(axis=0))


def too_small(groups: NDArray[np.int64], k: int) -> bool:
    """Whether one of k groups, labels (n,), has so few readers that it would point at people."""
    return bool(np.bincount(groups, minlength=k).min() < max(SMALLEST_GROUP, SMALLEST_SHARE * len(groups)))


def fit_sample(story: Story, votes: VoteMatrix, priors: Priors, rng: np.random.Generator) -> tuple[Flags, Model]:
    """The story fitted to readers drawn by lot, with who was drawn, (P,)."""
    kept = rng.random(len(votes.readers)) < SAMPLE_SHARE
    sample = only_readers(votes, kept)
    return kept, fit_story(story, answers_of(sample), log_rates(sample), priors, rng)


def fit_story(story: Story, answers: Answers, rates: Numbers, priors: Priors, rng: np.random.Generator) -> Model:
    """The model of one story; groups begin from a spectrum of three axes."""
    if story.kind == "groups":
        return fit_classes(answers, fit_spectrum(answers, rates, 3, priors, rng), story.size, priors, rng)
    return fit_spectrum(answers, rates, story.size, priors, rng)


def model_of(fit: tuple[Flags, Model]) -> Numbers:
    """Where the readers of the sample stand: positions (d, n) or memberships (k, n)."""
    model = fit[1]
    return model.u if isinstance(model, Spectrum) else model.membership


def likeness(first: Numbers, second: Numbers) -> float:
    """Root mean square of the canonical correlations of two sets of positions (d, n); |correlation| where d is 1."""
    bases: Sequence[Numbers] = [
        np.linalg.qr((part - part.mean(axis=1, keepdims=True)).T)[0] for part in (first, second)
    ]
    return float(np.sqrt(np.mean(np.linalg.svd(bases[0].T @ bases[1], compute_uv=False) ** 2)))
