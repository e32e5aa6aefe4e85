"""The ways through the questions, told apart so that change can be measured and need not be asked for.

A: the first question, everything else, votes on statements, the first question once more. B: once more before the
votes, which tells what asking twice does. C: not at first, only after the votes, which tells what asking first does.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from itertools import accumulate

from apps.surveys.definition import Definition
from apps.surveys.orders import drawn

ARM_COIN = "arm"
VOTES_BEFORE_AGAIN = 8
"""So many votes have shown a reader enough of what others think."""


class Arm(IntEnum):
    """As the coin is stored. A reader without it goes way A, but was not drawn for it."""

    A = 0
    B = 1
    C = 2


def draw_arm(definition: Definition, seed: bytes) -> Arm:
    """By the shares of the document: the same seed gives the same arm."""
    place = drawn(seed, ARM_COIN) / 2**64
    return Arm(sum(place >= bound for bound in list(accumulate(definition.arms))[:-1]))


def arm_of(coins: Mapping[str, int]) -> Arm:
    return Arm(coins.get(ARM_COIN, Arm.A))


def asked_twice(definition: Definition) -> frozenset[str]:
    """Questions that are asked once more at the end."""
    return frozenset(repeats for name in definition.again if (repeats := definition.question(name).repeats))


def withheld(definition: Definition) -> frozenset[str]:
    """What arm C is not asked at first: those questions, and all that rest on an answer to them."""
    found = set(asked_twice(definition))
    for question in definition.questions:  # a condition points back, so once through is enough
        if question.shown_if and question.shown_if.question in found:
            found.add(question.id)
    return frozenset(found)


def in_arm(definition: Definition, arm: Arm) -> Definition:
    """The questionnaire as this arm goes through it. Packed codes are always those of the whole one."""
    if not definition.again or arm == Arm.A:
        return definition
    if arm == Arm.B:
        return replace(
            definition,
            screens=(*definition.screens, definition.again),
            again=(),
            numbers=tuple(range(1, len(definition.screens) + 2)),
        )
    return without(definition, withheld(definition))


def without(definition: Definition, names: frozenset[str]) -> Definition:
    """A screen on which nothing else stands is left out."""
    left = [tuple(name for name in screen if name not in names) for screen in definition.screens]
    numbered = [(number, screen) for number, screen in enumerate(left, start=1) if screen]
    return replace(
        definition,
        questions=tuple(question for question in definition.questions if question.id not in names),
        screens=tuple(screen for _number, screen in numbered),
        numbers=(*(number for number, _screen in numbered), len(left) + 1),
    )
