"""Readers who never were, drawn in batches: answers by planted opinion, and everything else a reader brings along.

The same definition and seed give the same readers with the same answers, however many of them are taken: the first
four hundred of a thousand are the four hundred. Only the days on which they came depend on today.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.random import Generator

from apps.debates.bulk import BulkBallot
from apps.reports.simulated.answers import Plans, draw
from apps.reports.simulated.planting import GROUP_SHARES, GROUPS, plans
from apps.reports.simulated.votes import Axis, draw_votes
from apps.reports.simulated.ways import on_their_ways, with_arms
from apps.responses.bulk import BulkAnswer
from apps.responses.visits import Kind
from apps.surveys.definition import Definition, Question
from apps.surveys.orders import draw_coins

BATCH = 250
DAYS = 14
DEVICES = {"phone": 0.66, "computer": 0.26, "tablet": 0.06, "other": 0.02}
LANGUAGES = {"ja": 0.9, "en": 0.1}
SOURCES = {"": 0.34, "x.com": 0.2, "www.google.com": 0.18, "b.hatena.ne.jp": 0.14, "note.com": 0.09, "t.co": 0.05}
HOURS = dict(enumerate([1, 1, 1, 1, 1, 2, 4, 7, 7, 5, 5, 5, 9, 6, 5, 5, 5, 6, 7, 8, 9, 10, 8, 4]))
LOST_PER_SCREEN = 0.025
NOT_SENT = 0.04
ONLY_LOOKED = 0.9
"""Part of the readers who looked at the cover once more, on another day or as somebody who did not answer."""
LOOKED_WHERE_THEY_STAND = 0.6
"""Part of those who voted."""
BLANK_PROMPTED, BLANK_OPTIONAL, BLANK_WORDS = 0.03, 0.14, 0.62
QUOTABLE = 0.7


@dataclass(frozen=True)
class Crowd:
    """A batch of readers before they answer; one entry per reader in each."""

    tokens: list[bytes]
    groups: np.ndarray
    screens: np.ndarray
    sent: np.ndarray
    devices: list[str]
    languages: list[str]
    days: list[date]
    hours: list[int]
    sources: list[str]

    def first(self, size: int) -> "Crowd":
        return Crowd(*(getattr(self, each.name)[:size] for each in fields(self)))


def batches(
    definition: Definition, statements: Axis, *, readers: int, seed: int, now: datetime, compared: bool = False
) -> Iterator[tuple[list[BulkAnswer], list[BulkBallot], Crowd]]:
    """Every batch is drawn whole, the last one cut where enough readers have come. `compared`: they go three ways."""
    planned = plans(definition, seed)
    for number, start in enumerate(range(0, readers, BATCH)):
        rng = np.random.default_rng([seed, number])
        crowd = draw_crowd(definition, rng, BATCH, now)
        size = min(BATCH, readers - start)
        given = answers(definition, planned, rng, crowd)
        sent, ballots = debating(definition, statements, given, crowd, seed=[seed, number], compared=compared)
        yield sent[:size], ballots[:size], crowd.first(size)


def draw_crowd(definition: Definition, rng: Generator, size: int, now: datetime) -> Crowd:
    last = len(definition.screens)
    screens = np.minimum(rng.geometric(LOST_PER_SCREEN, size), last)
    spoken = {language: share for language, share in LANGUAGES.items() if language in definition.languages}
    after = np.minimum(rng.geometric(0.25, size) - 1, DAYS - 1).tolist()
    days = [now.date() - timedelta(days=DAYS - 1 - each) for each in after]
    return Crowd(
        tokens=[rng.bytes(16) for _reader in range(size)],
        groups=rng.choice(len(GROUPS), size, p=GROUP_SHARES),
        screens=screens,
        sent=(screens == last) & (rng.random(size) > NOT_SENT),
        devices=pick(rng, DEVICES, size),
        languages=pick(rng, spoken or {definition.default_language: 1.0}, size),
        days=days,
        hours=[past_hour(day, hour, now) for day, hour in zip(days, pick(rng, HOURS, size), strict=True)],
        sources=pick(rng, SOURCES, size),
    )


def past_hour(day: date, hour: int, now: datetime) -> int:
    """Nobody comes later than now: today's readers are spread over the part of the day that is over."""
    return hour * (now.hour + 1) // 24 if day == now.date() else hour


def pick(rng: Generator, shares: Mapping[Any, float], size: int) -> list[Any]:
    """Draws keys in proportion to their shares."""
    names, parts = list(shares), np.array(list(shares.values()), dtype=float)
    return [names[place] for place in rng.choice(len(names), size, p=parts / parts.sum()).tolist()]


def answers(definition: Definition, planned: Plans, rng: Generator, crowd: Crowd) -> list[BulkAnswer]:
    readers = range(len(crowd.tokens))
    given: list[dict[str, Any]] = [{} for _reader in readers]
    times: list[dict[str, int]] = [{} for _reader in readers]
    for screen, names in enumerate(definition.screens, start=1):
        reached = np.flatnonzero(crowd.screens >= screen).tolist()
        for question in map(definition.question, names):
            fill(question, draw(question, planned, rng, crowd.groups, crowd.languages), rng, reached, given)
            note_times(question, rng, reached, given, times)
    return [
        BulkAnswer(
            token=crowd.tokens[reader],
            answers=given[reader],
            finished=bool(crowd.sent[reader]),
            language=crowd.languages[reader],
            device=crowd.devices[reader],
            day=crowd.days[reader],
            screen=int(crowd.screens[reader]),
            coins=draw_coins(definition, crowd.tokens[reader]),
            visible_ms=times[reader],
        )
        for reader in readers
    ]


def fill(question: Question, drawn: list[Any], rng: Generator, reached: list[int], given: list[dict[str, Any]]) -> None:
    """Adds the answers to one question where it is asked, None where it is left blank."""
    blank = (rng.random(len(given)) < blank_share(question)).tolist()
    quotable = (rng.random(len(given)) < QUOTABLE).tolist()
    condition = question.shown_if
    for reader in reached:
        if condition and given[reader].get(condition.question) != condition.equals:
            continue
        given[reader][question.id] = None if blank[reader] else drawn[reader]
        if question.consent and not blank[reader]:
            given[reader][question.consent[0]] = quotable[reader]


def blank_share(question: Question) -> float:
    if question.kind == "open_text":
        return BLANK_WORDS
    return BLANK_PROMPTED if question.prompt else BLANK_OPTIONAL


def note_times(
    question: Question, rng: Generator, reached: list[int], given: list[dict[str, Any]], times: list[dict[str, int]]
) -> None:
    """How long the question was in view, in milliseconds: seven seconds in the middle, with a long tail."""
    drawn = rng.lognormal(np.log(7000), 0.5, len(given)).astype(int).tolist()
    for reader in reached:
        if question.id in given[reader]:
            times[reader][question.id] = drawn[reader]


def debating(
    definition: Definition,
    statements: Axis,
    sent: list[BulkAnswer],
    crowd: Crowd,
    *,
    seed: Sequence[int],
    compared: bool,
) -> tuple[list[BulkAnswer], list[BulkBallot]]:
    """The same readers with their votes, and with what they said when they were asked once more.

    Drawn apart, so that the answers of a seed stay what they were.
    """
    rng = np.random.default_rng([*seed, 1])
    votes = draw_votes(statements, crowd.groups, crowd.sent, rng)
    readers = with_arms(definition, sent) if compared and definition.arms else sent
    on_the_way = on_their_ways(definition, readers, [len(each) for each in votes], rng)
    return on_the_way, [BulkBallot(*each) for each in zip(crowd.tokens, votes, crowd.days, strict=True)]


def visits(
    crowd: Crowd,
    counted: Collection[bytes],
    *,
    voters: Collection[bytes],
    inquiry_id: int,
    screens: int,
    seed: Sequence[int],
) -> Counter[Kind]:
    """Which screens the readers with the counted tokens opened and when; some more looked at the cover only."""
    rng, found = np.random.default_rng(seed), Counter[Kind]()
    looked = (rng.random(len(crowd.tokens)) < ONLY_LOOKED).tolist()
    curious = (rng.random(len(crowd.tokens)) < LOOKED_WHERE_THEY_STAND).tolist()
    for reader, furthest in enumerate(crowd.screens.tolist()):
        if crowd.tokens[reader] not in counted:
            continue
        hour = timezone.make_aware(datetime.combine(crowd.days[reader], time(crowd.hours[reader])))
        opened = ["cover", *(str(screen) for screen in range(2, furthest + 1))]
        opened += ["review"] * (furthest == screens) + ["thanks", "results"] * bool(crowd.sent[reader])
        opened += ["cover"] * looked[reader]
        if crowd.tokens[reader] in voters:
            opened += ["debate"] + ["stand"] * curious[reader]
        for screen in opened:
            found[inquiry_id, hour, screen, crowd.sources[reader], crowd.devices[reader], crowd.languages[reader]] += 1
    return found
