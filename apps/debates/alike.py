"""Statements that say nearly the same in other words, for whoever is about to write one more or to review it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.common.recent import recent
from apps.debates.likeness import NEAR, alike_among, shape
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
    ready = recent_shapes(debate_id)
    near = {number: nearest(ready, said, but=number, only_served=only_served)[:most] for number, said in texts.items()}
    wanted = {place for found in near.values() for _score, place in found}
    statements = Statement.objects.select_related("merged_into").filter(debate_id=debate_id, number__in=wanted)
    by_number = {each.number: each for each in statements} if wanted else {}
    return {
        number: [Alike(by_number[place], score) for score, place in found if place in by_number]
        for number, found in near.items()
    }


class Ready(NamedTuple):
    """All words of a debate that can be compared, each at the same place of four lists."""

    numbers: list[int]
    served: list[bool]
    lines: list[str]
    pieces: list[str]


def nearest(ready: Ready, said: Sequence[str], *, but: int, only_served: bool) -> list[tuple[float, int]]:
    """Likeness and number, of those that are near; of equally like ones the older first."""
    best: dict[int, float] = {}
    for text in said:
        for place, found in alike_among(shape(text), ready.lines, ready.pieces):
            number = ready.numbers[place]
            if found >= NEAR and number != but and (ready.served[place] or not only_served):
                best[number] = max(found, best.get(number, 0.0))
    return sorted(((round(found, 3), number) for number, found in best.items()), key=lambda pair: (-pair[0], pair[1]))


@recent
def recent_shapes(debate_id: int) -> Ready:
    """Everything that has words in it and was not taken back by its author."""
    rows = Statement.objects.filter(debate_id=debate_id).exclude(state=StatementState.WITHDRAWN).exclude(text="")
    ready = Ready([], [], [], [])
    for number, state, text, texts in rows.order_by("number").values_list("number", "state", "text", "texts"):
        for line, pieces in map(shape, {text, *texts.values()} if texts else (text,)):
            ready.numbers.append(number)
            ready.served.append(state == StatementState.APPROVED)
            ready.lines.append(line)
            ready.pieces.append(pieces)
    return ready
