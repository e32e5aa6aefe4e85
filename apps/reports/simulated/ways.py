"""Simulated readers on the three ways, and what they say when they are asked once more: mostly the same.

Planted: who has seen others' statements moves more often than who is only asked twice, and rather up than down.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from numpy.random import Generator

from apps.reports.sides import sides
from apps.responses.bulk import BulkAnswer
from apps.surveys.arms import ARM_COIN, VOTES_BEFORE_AGAIN, Arm, arm_of, draw_arm, withheld
from apps.surveys.definition import Definition, Question

MOVED, UPWARDS = {True: 0.3, False: 0.14}, {True: 0.64, False: 0.5}
"""Part of the readers who move by one step, and of those who move up: with and without others' views before it."""
FOLLOWED, BLANK = 0.86, 0.03
"""Part of the invited readers who come to the last question, and of those who leave it blank."""


def with_arms(definition: Definition, sent: Sequence[BulkAnswer]) -> list[BulkAnswer]:
    """The same readers, each drawn an arm by the token."""
    return [replace(each, coins={**each.coins, ARM_COIN: int(draw_arm(definition, each.token))}) for each in sent]


def on_their_ways(
    definition: Definition, sent: Sequence[BulkAnswer], votes: Sequence[int], rng: Generator
) -> list[BulkAnswer]:
    """The same readers with the last question answered by who came to it, and without what their arm leaves out."""
    drawn = rng.random((len(sent), 4)).tolist()
    return [one_way(definition, each, cast, luck) for each, cast, luck in zip(sent, votes, drawn, strict=True)]


def one_way(definition: Definition, sent: BulkAnswer, votes: int, luck: Sequence[float]) -> BulkAnswer:
    arm, last = arm_of(sent.coins), len(definition.screens)
    saw_others = arm != Arm.B
    comes = sent.finished and votes >= VOTES_BEFORE_AGAIN and luck[0] < FOLLOWED if saw_others else sent.screen == last
    if comes:
        sent = replace(
            sent,
            answers={**sent.answers, **once_more(definition, sent.answers, luck[1:], saw_others=saw_others)},
            screen=last + 1,
        )
    return without_first(definition, sent) if arm == Arm.C else sent


def once_more(
    definition: Definition, answers: dict[str, Any], luck: Sequence[float], *, saw_others: bool
) -> dict[str, Any]:
    found = {}
    for name in definition.again:
        question = definition.question(name)
        before = answers.get(question.repeats or "")
        blank = before is None or luck[0] < BLANK
        found[name] = None if blank else moved(question, before, luck[1:], saw_others=saw_others)
    return found


def moved(question: Question, before: Any, luck: Sequence[float], *, saw_others: bool) -> Any:
    """One step up or down the scale, or the same; who did not know still does not."""
    steps = sides(question).steps
    if before not in steps or luck[0] >= MOVED[saw_others]:
        return before
    place = steps.index(before) + (1 if luck[1] < UPWARDS[saw_others] else -1)
    return steps[min(max(place, 0), len(steps) - 1)]


def without_first(definition: Definition, sent: BulkAnswer) -> BulkAnswer:
    """Arm C was not asked at first. Who stopped there stops at the screen after it, which was seen and left blank."""
    gone, first = withheld(definition), min(number_of_first(definition), len(definition.screens))
    kept = {name: answer for name, answer in sent.answers.items() if name not in gone}
    if not kept:
        kept = dict.fromkeys(definition.on_screen(first))
    return replace(
        sent,
        answers=kept,
        screen=max(sent.screen, first),
        visible_ms={name: time for name, time in sent.visible_ms.items() if name not in gone},
    )


def number_of_first(definition: Definition) -> int:
    """Of the first screen on which arm C is asked something."""
    gone = withheld(definition)
    return 1 + next(number for number, screen in enumerate(definition.screens) if set(screen) - gone)
