"""Simulated answers to one question, for a batch of readers: one small function for each kind."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator

from apps.analysis.simulation import draw_options, draw_rankings
from apps.reports.simulated.phrases import OTHERS, REASONS
from apps.reports.simulated.planting import GROUPS, Plan, alone_codes, alone_shares, list_lengths
from apps.surveys.definition import Question

OTHER_WRITTEN = 0.8
"""Part of those who choose “other” who also say what."""

Plans = Mapping[tuple[str, str | None], Plan]


def draw(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    """One answer for each reader, in the form in which a page or the API would send it."""
    return DRAWERS[question.kind](question, plans, rng, groups, languages)


def one_choice(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    codes = coded(plans[question.id, None], rng, groups)
    speaking = {option.code: option.text_limit for option in question.offered if option.text_limit}
    return [
        spoken(code, language, rng, speaking[code]) if code in speaking else code
        for code, language in zip(codes, languages, strict=True)
    ]


def spoken(code: int, language: str, rng: Generator, longest: int) -> Any:
    if rng.random() > OTHER_WRITTEN:
        return code
    return {"code": code, "text": str(rng.choice(OTHERS[language]))[:longest].strip()}


def choice_per_row(
    question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]
) -> list[Any]:
    rows = [row.code for row in question.rows]
    drawn = [coded(plans[question.id, row], rng, groups) for row in rows]
    return [dict(zip(rows, codes, strict=True)) for codes in zip(*drawn, strict=True)]


def coded(plan: Plan, rng: Generator, groups: np.ndarray) -> list[int]:
    return np.array(plan.codes)[draw_options(rng, plan.table, groups)].tolist()


def ranks(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    plan = plans[question.id, None]
    ranked = np.array(plan.codes)[draw_rankings(rng, plan.table, groups, question.top)].tolist()
    lengths = (1 + rng.choice(question.top, len(groups), p=list_lengths(question.top))).tolist()
    lists = [codes[:length] for codes, length in zip(ranked, lengths, strict=True)]
    return [[single] if single else codes for single, codes in zip(alone(plan, rng, groups), lists, strict=True)]


def several_choices(
    question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]
) -> list[Any]:
    """Who would tick nothing leaves it blank."""
    plan = plans[question.id, None]
    ticks = rng.random((len(groups), len(plan.codes))) < plan.table[groups]
    codes = np.array(plan.codes)
    return [
        [single] if single else codes[ticked].tolist() or None
        for single, ticked in zip(alone(plan, rng, groups), ticks, strict=True)
    ]


def alone(plan: Plan, rng: Generator, groups: np.ndarray) -> list[int | None]:
    """For each reader the option that excludes the others, if it is one of those."""
    shares = alone_shares(plan)
    rest = 1 - shares.sum(axis=1, keepdims=True)
    drawn = draw_options(rng, np.hstack([shares, rest]), groups)
    return [[*alone_codes(plan), None][place] for place in drawn]


def number(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    low = 0 if question.minimum is None else question.minimum
    high = low + 100 if question.maximum is None else question.maximum
    step = question.step or 1
    steps = rng.binomial(int((high - low) / step), 0.4, len(groups))
    return [int(value) if float(value).is_integer() else value for value in (low + steps * step).tolist()]


def day(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    first = date.fromisoformat(question.minimum or "2020-01-01")
    last = date.fromisoformat(question.maximum or "2026-01-01")
    days = rng.integers(0, (last - first).days + 1, len(groups)).tolist()
    return [(first + timedelta(days=past)).isoformat() for past in days]


def words(question: Question, plans: Plans, rng: Generator, groups: np.ndarray, languages: list[str]) -> list[Any]:
    return [
        str(rng.choice(REASONS[GROUPS[group]][language]))[: question.text_limit]
        for group, language in zip(groups.tolist(), languages, strict=True)
    ]


Drawer = Callable[[Question, Plans, Generator, np.ndarray, list[str]], list[Any]]
DRAWERS: dict[str, Drawer] = {
    "single_ordinal": one_choice,
    "single_nominal": one_choice,
    "paired_ab": one_choice,
    "scale": one_choice,
    "item_by_item": choice_per_row,
    "rank_top_k": ranks,
    "multiple": several_choices,
    "number": number,
    "date": day,
    "open_text": words,
}
