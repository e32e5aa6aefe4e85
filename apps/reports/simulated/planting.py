"""Opinions planted for simulated readers: how likely each answer is in each group, and the shares that follow.

What a reader leaves blank or never reaches does not depend on the group, so the shares among those who answer a
question are the planted ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from apps.analysis.simulation import Probabilities, ordered_probabilities, place_probabilities, softmax
from apps.reports.sides import asks_for_opinion, on_the_scale
from apps.surveys.definition import Definition, Option, Question

GROUPS = ("hopeful", "worried", "torn")
GROUP_SHARES = np.array([0.25, 0.51, 0.24])
ATTITUDES = np.array([1.1, -1.0, 0.05])
BOTH_FEELINGS = np.array([0.0, 0.0, 0.9])
"""Readers who are torn feel strongly on either of two opposite rows."""
APART = {"dont_know": 0.05, "prefer_not": 0.04, "answer": 0.07}
"""Share of each option that stands off the scale or off the list, by its role."""
FULL_LIST = 0.78
"""Part of the readers who put as many options in order as they may."""
JITTER, FAVOURITES = 0.25, 0.8
"""How far the middle of a scale, and how far the liking of single options, differs from question to question."""


@dataclass(frozen=True)
class Plan:
    """One question, or one row of it: the probability of each code in each group, (groups, codes).

    Where options are ranked, `table` holds their worths; where several may be ticked, the probability of each tick.
    `alone` are then the options that exclude the others.
    """

    question: Question
    part: str | None
    codes: tuple[int, ...]
    table: Probabilities
    alone: tuple[Option, ...] = ()


def plans(definition: Definition, seed: int) -> dict[tuple[str, str | None], Plan]:
    """By question and row. The same seed plants the same opinions."""
    rng = np.random.default_rng(seed)
    asked = (question for question in definition.questions if question.id not in definition.again)
    planned = (plan for question in asked for plan in plans_of(question, rng))
    return {(plan.question.id, plan.part): plan for plan in planned}


def plans_of(question: Question, rng: np.random.Generator) -> Iterator[Plan]:
    if question.kind in {"single_ordinal", "paired_ab"}:
        yield ordered_plan(question, None, rng, tilt=1)
    elif question.kind == "item_by_item":
        for place, row in enumerate(question.rows):
            yield ordered_plan(question, row.code, rng, tilt=1 if place % 2 == 0 else -1, both=BOTH_FEELINGS)
    elif question.kind == "scale":
        yield scale_plan(question, rng)
    elif question.kind == "single_nominal":
        yield nominal_plan(question, rng)
    elif question.kind in {"rank_top_k", "multiple"}:
        yield choosing_plan(question, rng)


def ordered_plan(
    question: Question, part: str | None, rng: np.random.Generator, *, tilt: int, both: Probabilities | None = None
) -> Plan:
    """Steps of the scale by attitude; who the readers are has nothing to do with what they think."""
    steps = sorted(option.code for option in question.offered if on_the_scale(option))
    strength = tilt if asks_for_opinion(question) else 0
    locations = strength * ATTITUDES + rng.normal(0, JITTER) + (0 if both is None else both)
    scale = np.stack(
        [
            ordered_probabilities(len(steps), location, spread=0.6 if asks_for_opinion(question) else 0.45)
            for location in locations
        ]
    )
    return with_apart(question, part, steps, scale)


def scale_plan(question: Question, rng: np.random.Generator) -> Plan:
    steps = list(range(question.minimum, question.maximum + 1))
    locations = ATTITUDES + rng.normal(0, JITTER)
    return with_apart(
        question, None, steps, np.stack([ordered_probabilities(len(steps), each, spread=0.5) for each in locations])
    )


def nominal_plan(question: Question, rng: np.random.Generator) -> Plan:
    free = [option.code for option in question.offered if on_the_scale(option)]
    return with_apart(question, None, free, softmax(tastes(len(free), question, rng)))


def tastes(options: int, question: Question, rng: np.random.Generator) -> Probabilities:
    """Scores (groups, options): the hopeful like what is named first, the worried what is named last, all the rest."""
    slope = np.linspace(0.7, -0.7, options) if asks_for_opinion(question) else np.zeros(options)
    return ATTITUDES[:, None] * slope + rng.normal(0, FAVOURITES, options)


def with_apart(question: Question, part: str | None, codes: Sequence[int], table: Probabilities) -> Plan:
    """Leaves room for don't-know, other and none, the same in every group."""
    apart = [option for option in question.offered if not on_the_scale(option)]
    shares = np.array([APART[option.role] for option in apart])
    whole = np.hstack([table * (1 - shares.sum()), np.tile(shares, (len(GROUPS), 1))])
    return Plan(question, part, (*codes, *(option.code for option in apart)), whole)


def choosing_plan(question: Question, rng: np.random.Generator) -> Plan:
    """For rankings the worths of the options, for multiple answers the probability of each tick."""
    free = [option.code for option in question.offered if not option.exclusive]
    scores = tastes(len(free), question, rng)
    return Plan(
        question=question,
        part=None,
        codes=tuple(free),
        table=softmax(scores) if question.kind == "rank_top_k" else 1 / (1 + np.exp(-scores)),
        alone=tuple(option for option in question.offered if option.exclusive),
    )


def planted_shares(definition: Definition, seed: int) -> dict[str, dict[int, float]]:
    """The truth: shares by code among those who answer, under `Q1`, `Q2.a`, `Q9.first`, `Q9.any`."""
    planned, found = plans(definition, seed), {}
    for (name, part), plan in planned.items():
        weights = group_weights(plan.question, planned)
        if plan.question.kind == "rank_top_k":
            found[f"{name}.first"], found[f"{name}.any"] = ranked_shares(plan, weights)
        elif plan.question.kind == "multiple":
            found[name] = ticked_shares(plan, weights)
        else:
            found[f"{name}.{part}" if part else name] = by_code(plan.codes, weights @ plan.table)
    return found


def group_weights(question: Question, planned: dict[tuple[str, str | None], Plan]) -> Probabilities:
    """How the groups divide among those who are asked."""
    if question.shown_if is None:
        return GROUP_SHARES
    before = planned[question.shown_if.question, None]
    asked = GROUP_SHARES * before.table[:, before.codes.index(question.shown_if.equals)]
    return asked / asked.sum()


def ranked_shares(plan: Plan, weights: Probabilities) -> tuple[dict[int, float], dict[int, float]]:
    """Of being first, and of being anywhere in the list."""
    excluding = alone_shares(plan)
    ranking = weights * (1 - excluding.sum(axis=1))
    places = np.stack([place_probabilities(worth, plan.question.top) for worth in plan.table])
    reached = np.cumsum(list_lengths(plan.question.top)[::-1])[::-1]
    first = ranking @ places[:, 0]
    anywhere = np.einsum("g,gpo,p->o", ranking, places, reached)
    alone = by_code(alone_codes(plan), weights @ excluding)
    return by_code(plan.codes, first) | alone, by_code(plan.codes, anywhere) | alone


def ticked_shares(plan: Plan, weights: Probabilities) -> dict[int, float]:
    """Who would tick nothing leaves the question blank and is not in the base."""
    excluding = alone_shares(plan)
    ticking = 1 - excluding.sum(axis=1)
    base = weights @ (1 - ticking * np.prod(1 - plan.table, axis=1))
    ticked = (weights * ticking) @ plan.table / base
    return by_code(plan.codes, ticked) | by_code(alone_codes(plan), weights @ excluding / base)


def list_lengths(top: int) -> Probabilities:
    """How likely a list holds one, two … `top` options."""
    return np.array([*np.full(top - 1, (1 - FULL_LIST) / max(top - 1, 1)), FULL_LIST if top > 1 else 1.0])


def alone_shares(plan: Plan) -> Probabilities:
    """Of the options that exclude the others, (groups, options): the same in every group."""
    return np.tile([APART[option.role] for option in plan.alone], (len(GROUPS), 1))


def alone_codes(plan: Plan) -> list[int]:
    return [option.code for option in plan.alone]


def by_code(codes: Sequence[int], shares: Probabilities) -> dict[int, float]:
    return dict(zip(codes, shares.tolist(), strict=True))
