"""Which answers of an inquiry can be crossed with one another: a list that knows no free text, no number, no date."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from apps.common.device_classes import DEVICES
from apps.reports.sides import asks_for_opinion, on_the_scale, sides
from apps.surveys.definition import Definition, Question

if TYPE_CHECKING:
    from apps.debates.models import OpinionMap

SILENT = "silent"
"""The line of those who gave no answer or were not asked."""
PLACE = "place"
THIRDS = ("low", "middle", "high")
CHOSEN_ONCE = ("single_ordinal", "single_nominal", "paired_ab", "scale")
CHOSEN_SEVERAL = ("multiple", "rank_top_k")


class Source(StrEnum):
    QUESTION = "question"
    LANGUAGE = "language"
    DEVICE = "device"
    WEEK = "week"
    PLACE = "place"
    """A group of the opinion map, or a third of its line."""


@dataclass(frozen=True)
class Field:
    """`name` stands in addresses. `keys`: its categories in the order of a table, empty where answers tell them.

    `scale`: keys that are steps, the low end first. `several`: a reader may be in more than one category. `opinion`: a
    question whose own table shows few answers as well, where the privacy profile says so.
    """

    name: str
    source: Source
    keys: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    question: Question | None = None
    part: str | None = None
    several: bool = False
    opinion: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it can be a filter: its categories are known beforehand, and nobody is in two of them."""
        return bool(self.keys) and not self.several


def fields_of(definition: Definition, places: tuple[str, ...] = ()) -> dict[str, Field]:
    """By name, in the order of the questionnaire. `places`: those of the newest map (`places_of`)."""
    found = [
        field
        for question in definition.questions
        if question.id not in definition.again and not question.shown_if
        for field in fields_of_question(question)
    ]
    found += [
        Field("language", Source.LANGUAGE, definition.languages),
        Field("device", Source.DEVICE, DEVICES),
        Field("week", Source.WEEK),
    ]
    if places:
        found.append(Field(PLACE, Source.PLACE, places, places if places == THIRDS else ()))
    return {field.name: field for field in found}


def fields_of_question(question: Question) -> Iterator[Field]:
    """A question in rows is a field for each of them; of a ranking the first choice is one of its own."""
    opinion = asks_for_opinion(question)
    if question.kind in CHOSEN_ONCE:
        yield Field(question.id, Source.QUESTION, keys_of(question), steps_of(question), question, opinion=opinion)
    elif question.kind == "item_by_item":
        keys, steps = keys_of(question), steps_of(question)
        for row in question.rows:
            name = f"{question.id}.{row.code}"
            yield Field(name, Source.QUESTION, keys, steps, question, row.code, opinion=opinion)
    elif question.kind in CHOSEN_SEVERAL:
        keys = keys_of(question)
        yield Field(question.id, Source.QUESTION, keys, (), question, several=True, opinion=opinion)
        if question.kind == "rank_top_k":
            yield Field(f"{question.id}.1", Source.QUESTION, keys, (), question, "1", opinion=opinion)


def keys_of(question: Question) -> tuple[str, ...]:
    options = tuple(str(option.code) for option in question.options)
    return (*points(question), *options) if question.kind == "scale" else options


def steps_of(question: Question) -> tuple[str, ...]:
    """Of an ordered question. One with other answers among its steps, as "none of them", is no scale."""
    if question.kind == "scale":
        return points(question)
    ordered = question.kind in ("single_ordinal", "paired_ab", "item_by_item")
    if not ordered or any(option.role == "answer" and not on_the_scale(option) for option in question.options):
        return ()
    return tuple(map(str, sides(question).steps))


def points(question: Question) -> tuple[str, ...]:
    return tuple(str(point) for point in range(int(question.minimum), int(question.maximum) + 1))


def places_of(stored: "OpinionMap | None") -> tuple[str, ...]:
    """The ids of a map's groups, or the thirds of its line; none where it tells nothing."""
    if stored is None:
        return ()
    if stored.story == "groups":
        return tuple(str(group["id"]) for group in stored.summary["groups"])
    return THIRDS if stored.story == "spectrum" else ()
