"""By what texts can be divided: one choice of the reader, the language, or when the answer came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.reports.sides import asks_for_opinion, sides
from apps.surveys.definition import Definition, Question

LANGUAGE, ARRIVAL = "language", "arrival"
ONE_CHOICE = ("single_ordinal", "single_nominal", "paired_ab")
EARLY, LATE = "early", "late"
SIDES = ("low", "middle", "high", "apart")


@dataclass(frozen=True)
class Group:
    """`codes`: of the options that make it up; empty where it is not made by options."""

    key: str
    codes: tuple[int, ...] = ()


def written_questions(definition: Definition) -> list[Question]:
    return [question for question in definition.questions if question.kind == "open_text"]


def fields(definition: Definition) -> list[str]:
    """What may be chosen to divide by; the first one is taken where nothing is."""
    chosen = [each for each in definition.questions if each.kind in ONE_CHOICE and not each.repeats]
    opinions_first = sorted(chosen, key=lambda each: not asks_for_opinion(each))
    return [*(each.id for each in opinions_first if not each.shown_if), ARRIVAL, LANGUAGE]


def groups_of(question: Question) -> list[Group]:
    """The sides of an ordered question that has a middle; of any other each answer."""
    found = sides(question)
    if question.kind != "single_nominal" and found.two_poled and asks_for_opinion(question):
        parts = zip(SIDES, (found.low, found.middle, found.high, found.apart), strict=True)
        return [Group(key, codes) for key, codes in parts if codes]
    return [Group(str(option.code), (option.code,)) for option in question.options]


def by_choice(question: Question, chosen: Sequence[int | None]) -> list[str | None]:
    """The group of each text; None for whoever left that question blank."""
    keys: Mapping[int, str] = {code: group.key for group in groups_of(question) for code in group.codes}
    return [None if code is None else keys.get(code) for code in chosen]


def by_arrival(days: Sequence[date]) -> list[str | None]:
    """Before the day on which the middle one came, or from then on."""
    if not days:
        return []
    middle = sorted(days)[len(days) // 2]
    return [EARLY if day < middle else LATE for day in days]
