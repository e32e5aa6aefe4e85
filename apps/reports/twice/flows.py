"""Where readers stood and where they stand, drawn: two stacks with bands between them, on a small canvas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SIDES = ("high", "middle", "low")
"""From the top, as a scale stands on a page."""
ORDER = ("low", "middle", "high")
TONES = {"low": "o1", "middle": "o3", "high": "o5"}
WIDTH, HEIGHT, STACK, GAP = 300, 160, 14, 5
ROOM = HEIGHT - GAP * (len(SIDES) - 1)


@dataclass(frozen=True)
class Band:
    """A part of the picture. `kind`: a `stack` at either edge, or a `flow` from one to the other."""

    kind: str
    tone: str
    path: str


def flows(
    before: Mapping[str, float], after: Mapping[str, float], flow: Sequence[Sequence[int]], base: int
) -> tuple[Band, ...]:
    """Who went from where to where. `flow`: readers by side before and after, low to high, of `base`."""
    here, there = tops(before), tops(after)
    drawn = []
    for origin in SIDES:
        for target in SIDES:
            height = ROOM * flow[ORDER.index(origin)][ORDER.index(target)] / base
            drawn.append(Band("flow", TONES[origin], ribbon(here[origin], there[target], height, height)))
            here[origin] += height
            there[target] += height
    return (*drawn, *stacks(before, 0), *stacks(after, WIDTH - STACK))


def slopes(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Band, ...]:
    """How each side grew or shrank; who moved between them is not to be seen."""
    here, there = tops(before), tops(after)
    drawn = [
        Band("flow", TONES[side], ribbon(here[side], there[side], ROOM * before[side], ROOM * after[side]))
        for side in SIDES
    ]
    return (*drawn, *stacks(before, 0), *stacks(after, WIDTH - STACK))


def tops(shares: Mapping[str, float]) -> dict[str, float]:
    found, top = {}, 0.0
    for side in SIDES:
        found[side] = top
        top += ROOM * shares[side] + GAP
    return found


def stacks(shares: Mapping[str, float], left: int) -> list[Band]:
    return [
        Band("stack", TONES[side], f"M{left},{top:.1f}h{STACK}v{ROOM * shares[side]:.1f}h{-STACK}z")
        for side, top in tops(shares).items()
        if shares[side]
    ]


def ribbon(here: float, there: float, height: float, height_there: float) -> str:
    left, right, middle = STACK, WIDTH - STACK, WIDTH // 2
    return (
        f"M{left},{here:.1f}C{middle},{here:.1f} {middle},{there:.1f} {right},{there:.1f}v{height_there:.1f}"
        f"C{middle},{there + height_there:.1f} {middle},{here + height:.1f} {left},{here + height:.1f}z"
    )
