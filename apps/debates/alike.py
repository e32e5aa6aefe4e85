"""Statements that say nearly the same in other words, for whoever is about to write one more or to review it."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.common.recent import recent
from apps.debates.likeness import NEAR, Shape, likeness, shape
from apps.debates.models import Statement, StatementState


@dataclass(frozen=True, slots=True)
class Alike:
    """`likeness`: 1 where the same signs stand in the same order. It says nothing of meaning."""

    statement: Statement
    likeness: float


def alike_statements(
    debate_id: int, text: str, *, most: int = 3, but: int | None = None, only_served: bool = True
) -> list[Alike]:
    """The likest first, `most` at most; `but`: the number of the statement itself, where it has one already."""
    return alike_to_each(debate_id, {but or 0: [text]}, most=most, only_served=only_served)[but or 0]


def alike_to_each(
    debate_id: int, texts: Mapping[int, list[str]], *, most: int = 3, only_served: bool = False
) -> dict[int, list[Alike]]:
    """The same for several statements at once: number → its words, in one language or in some."""
    ready = [line for line in recent_shapes(debate_id) if line.served or not only_served]
    near = {number: nearest(ready, [shape(text) for text in said], number, most) for number, said in texts.items()}
    wanted = {place for found in near.values() for _score, place in found}
    statements = Statement.objects.select_related("merged_into").filter(debate_id=debate_id, number__in=wanted)
    by_number = {each.number: each for each in statements} if wanted else {}
    return {
        number: [Alike(by_number[place], score) for score, place in found if place in by_number]
        for number, found in near.items()
    }


def nearest(ready: list["Line"], said: list[Shape], but: int, most: int) -> list[tuple[float, int]]:
    """Likeness and number, of those that are near; of equally like ones the older first."""
    scored = (
        (max(likeness(one, other) for one in said for other in line.shapes), line.number)
        for line in ready
        if said and line.number != but
    )
    return sorted(((round(s, 3), n) for s, n in scored if s >= NEAR), key=lambda pair: (-pair[0], pair[1]))[:most]


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    served: bool
    shapes: tuple[Shape, ...]


@recent
def recent_shapes(debate_id: int) -> list[Line]:
    """Everything that has words in it and was not taken back by its author."""
    rows = Statement.objects.filter(debate_id=debate_id).exclude(state=StatementState.WITHDRAWN).order_by("number")
    return [
        Line(number, state == StatementState.APPROVED, tuple(shape(words) for words in {text, *texts.values()}))
        for number, state, text, texts in rows.exclude(text="").values_list("number", "state", "text", "texts")
    ]
