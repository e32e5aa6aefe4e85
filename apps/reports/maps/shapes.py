"""Shapes of an opinion map: columns along an axis, tiles of a plane, discs of groups. Numbers in, places out.

Along an axis places are percent of the width, so that letters keep their size; a plane and groups have a box of their
own. Nothing is drawn that the stored summary does not hold: areas of ten readers or more, never a single one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Any

MARGIN = 2.0  # percent on either side of an axis, so that a mark at its very end is whole
GROUND, TALLEST = 132.0, 112.0  # pixels: where columns stand, how high the densest one is
WIDTH, INSET = 600.0, 14.0  # of the box of a plane or of groups
HEIGHT, PLANE_HEIGHT = 380.0, 520.0  # at most
FILLED = 0.36  # part of the box that the discs cover together
GAP = 10.0
NUMBERED_TILE = 54.0  # the smallest that holds a number
ROUNDS = 400
SHADES = 4
LIKELY, LIKELY_ON_A_PLANE = 1.2816, 1.7941  # standard deviations around a place that hold eight tenths
NUMBERED_FROM = 52.0  # the smallest radius that holds a letter and a number
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TONES = ((1 / 6, "o1"), (1 / 3, "o2"), (2 / 3, "o3"), (5 / 6, "o4"), (1.0, "o5"))

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """The first axis of a spectrum as its cells lie on it."""

    cells: Sequence[Cell]

    @property
    def low(self) -> float:
        return float(self.cells[0]["from"])

    @property
    def high(self) -> float:
        return float(self.cells[-1]["to"])

    @property
    def readers(self) -> int:
        return sum(cell["readers"] for cell in self.cells)

    def at(self, value: float) -> float:
        """In percent of the width. What lies outside of the cells stands at their edge."""
        part = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return round(MARGIN + (100 - 2 * MARGIN) * part, 2)

    def below(self, value: float) -> float:
        """The share of the drawn readers who stand lower than this; evenly spread within a cell."""
        behind = 0.0
        for cell in self.cells:
            reached = (value - cell["from"]) / ((cell["to"] - cell["from"]) or 1.0)
            behind += cell["readers"] * min(max(reached, 0.0), 1.0)
        return behind / (self.readers or 1)

    @property
    def median(self) -> float:
        """Half of the drawn readers stand on either side."""
        behind, half = 0.0, self.readers / 2
        for cell in self.cells:
            if behind + cell["readers"] >= half:
                return float(cell["from"] + (cell["to"] - cell["from"]) * (half - behind) / cell["readers"])
            behind += cell["readers"]
        return self.high


@dataclass(frozen=True)
class Column:
    x: float
    width: float
    top: float
    height: float
    tone: str
    readers: int


def columns(axis: Axis) -> tuple[Column, ...]:
    """Their areas, not their heights, are the numbers of readers."""
    dense = [cell["readers"] / ((cell["to"] - cell["from"]) or 1.0) for cell in axis.cells]
    highest = max(dense, default=1.0) or 1.0
    drawn, behind = [], 0.0
    for cell, density in zip(axis.cells, dense, strict=True):
        start, height = axis.at(cell["from"]), round(TALLEST * density / highest, 1)
        middle = (behind + cell["readers"] / 2) / (axis.readers or 1)
        width = round(axis.at(cell["to"]) - start, 2)
        drawn.append(Column(start, width, round(GROUND - height, 1), height, tone(middle), cell["readers"]))
        behind += cell["readers"]
    return tuple(drawn)


def tone(part: float) -> str:
    """Outer thirds in the colours of the two ends, the middle third without one."""
    return next((name for limit, name in TONES if part < limit), TONES[-1][1])


@dataclass(frozen=True)
class Frame:
    """From the plane of the opinions into the box: one scale for both directions, the second axis upward."""

    left: float
    top: float
    scale: float
    shift: tuple[float, float]

    def x(self, value: float) -> float:
        return round(min(max(self.shift[0] + (value - self.left) * self.scale, INSET), WIDTH - INSET), 1)

    def y(self, value: float) -> float:
        return round(min(max(self.shift[1] + (self.top - value) * self.scale, INSET), PLANE_HEIGHT - INSET), 1)


@dataclass(frozen=True)
class Tile:
    x: float
    y: float
    width: float
    height: float
    shade: int
    readers: int

    @property
    def middle(self) -> tuple[float, float]:
        return round(self.x + self.width / 2, 1), round(self.y + self.height / 2, 1)

    @property
    def numbered(self) -> bool:
        return min(self.width, self.height) >= NUMBERED_TILE


def frame(cells: Sequence[Cell]) -> Frame:
    left, right = min(cell["x"] for cell in cells), max(cell["x"] + cell["w"] for cell in cells)
    bottom, top = min(cell["y"] for cell in cells), max(cell["y"] + cell["h"] for cell in cells)
    wide, high = (right - left) or 1.0, (top - bottom) or 1.0
    scale = min((WIDTH - 2 * INSET) / wide, (PLANE_HEIGHT - 2 * INSET) / high)
    return Frame(left, top, scale, ((WIDTH - wide * scale) / 2, INSET))


def tiles(cells: Sequence[Cell], box: Frame) -> tuple[Tile, ...]:
    """Darker where readers stand closer together."""
    dense = [cell["readers"] / ((cell["w"] * cell["h"]) or 1.0) for cell in cells]
    return tuple(tile(cell, box, density / max(dense)) for cell, density in zip(cells, dense, strict=True))


def tile(cell: Cell, box: Frame, density: float) -> Tile:
    x, y = box.x(cell["x"]), box.y(cell["y"] + cell["h"])
    width, height = box.x(cell["x"] + cell["w"]) - x, box.y(cell["y"]) - y
    shade = min(SHADES, 1 + int(SHADES * sqrt(density)))
    return Tile(x, y, round(width, 1), round(height, 1), shade, cell["readers"])


@dataclass(frozen=True)
class Disc:
    """A group: its area is its size, its place says which groups are near to it."""

    id: int
    x: float
    y: float
    radius: float
    readers: int

    @property
    def letter(self) -> str:
        return letter_of(self.id)

    @property
    def numbered(self) -> bool:
        """Whether there is room for its number beneath its letter."""
        return self.radius >= NUMBERED_FROM

    @property
    def letter_at(self) -> float:
        return round(self.y - 16, 1) if self.numbered else self.y

    @property
    def number_at(self) -> float:
        return round(self.y + 20, 1)


def letter_of(group: int) -> str:
    """The same from map to map, because a group keeps its number."""
    return LETTERS[group] if group < len(LETTERS) else str(group + 1)


def discs(groups: Sequence[Cell]) -> tuple[Disc, ...]:
    """Moved apart until none covers another, then made to fit into the box together."""
    everybody = sum(group["readers"] for group in groups) or 1
    radii = [sqrt(FILLED * WIDTH * HEIGHT * group["readers"] / everybody / pi) for group in groups]
    middles = [(x, y) for x, y in stretched([(group["x"], -group["y"]) for group in groups])]
    for _round in range(ROUNDS):
        if not push_apart(middles, radii):
            break
    left, right = (edge(middles, radii, 0, side) for side in (-1, 1))
    top, bottom = (edge(middles, radii, 1, side) for side in (-1, 1))
    scale = min(1.0, (WIDTH - 2 * INSET) / (right - left), (HEIGHT - 2 * INSET) / (bottom - top))
    return tuple(
        Disc(
            id=group["id"],
            x=round(WIDTH / 2 + (x - (left + right) / 2) * scale, 1),
            y=round(INSET + (y - top) * scale, 1),
            radius=round(radius * scale, 1),
            readers=group["readers"],
        )
        for group, (x, y), radius in zip(groups, middles, radii, strict=True)
    )


def height_of(drawn: Sequence[Tile] | Sequence[Disc]) -> float:
    """How much of the box a picture takes from its top."""
    lowest = [each.y + (each.radius if isinstance(each, Disc) else each.height) for each in drawn]
    return round(max(lowest, default=0.0) + INSET, 1)


def stretched(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same arrangement as large as the box."""
    wide = max(x for x, _y in places) - min(x for x, _y in places)
    high = max(y for _x, y in places) - min(y for _x, y in places)
    scale = min(WIDTH / 2 / (wide or 1.0), HEIGHT / 2 / (high or 1.0))
    return [(x * scale, y * scale) for x, y in places]


def push_apart(middles: list[tuple[float, float]], radii: Sequence[float]) -> bool:
    """One step for each pair that is too near; whether there was any. Those on the same spot part by their order."""
    moved = False
    for one in range(len(middles)):
        for other in range(one + 1, len(middles)):
            across = middles[other][0] - middles[one][0]
            down = middles[other][1] - middles[one][1]
            missing = radii[one] + radii[other] + GAP - hypot(across, down)
            if missing <= 1e-3:
                continue
            way = atan2(down, across) if hypot(across, down) > 1e-6 else 2 * pi * one / len(middles)
            step = (cos(way) * missing / 2, sin(way) * missing / 2)
            middles[one] = (middles[one][0] - step[0], middles[one][1] - step[1])
            middles[other] = (middles[other][0] + step[0], middles[other][1] + step[1])
            moved = True
    return moved


def edge(middles: Sequence[tuple[float, float]], radii: Sequence[float], way: int, side: int) -> float:
    reached = [middle[way] + side * radius for middle, radius in zip(middles, radii, strict=True)]
    return max(reached) if side > 0 else min(reached)


def inside(discs: Sequence[Disc], probabilities: Mapping[int, float]) -> tuple[float, float]:
    """Where to mark somebody: in the likeliest group, towards the second likeliest the more the two compete."""
    by_likelihood = sorted(discs, key=lambda disc: (-probabilities.get(disc.id, 0.0), disc.id))
    first = by_likelihood[0]
    if len(by_likelihood) == 1:
        return first.x, first.y
    second = by_likelihood[1]
    pull = probabilities.get(second.id, 0.0) / (probabilities.get(first.id, 0.0) or 1.0)
    way = atan2(second.y - first.y, second.x - first.x)
    reach = first.radius * (0.45 + 0.4 * pull)  # beside the letter, never on it
    return round(first.x + cos(way) * reach, 1), round(first.y + sin(way) * reach, 1)
