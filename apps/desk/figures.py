"""Counts in the shape in which the desk draws them: bars in tables, columns over time, steps of a funnel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

DAYS_SHOWN = 60
HOURS_SHOWN = 48

When = TypeVar("When", date, datetime)


@dataclass(frozen=True)
class Bar:
    """One row of a table with bars: `share` of the whole and `width` of the bar, both in per cent."""

    label: str
    count: int
    share: float
    width: float


def bars(counts: Iterable[tuple[str, int]], *, whole: int) -> list[Bar]:
    rows = list(counts)
    longest = max((count for _, count in rows), default=0)
    return [Bar(label, count, share=per_cent(count, whole), width=per_cent(count, longest)) for label, count in rows]


def per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


@dataclass(frozen=True)
class Moment:
    """A day or an hour, and how much came in it; `left` and `height` in per cent of the picture."""

    at: date
    count: int
    left: float
    height: float

    @property
    def top(self) -> float:
        return 100 - self.height


@dataclass(frozen=True)
class Timeline:
    moments: tuple[Moment, ...]
    total: int
    earlier: int
    column: float  # width of one column in per cent of the picture

    @property
    def highest(self) -> int:
        return max((moment.count for moment in self.moments), default=0)

    @property
    def first(self) -> date:
        return self.moments[0].at

    @property
    def last(self) -> date:
        return self.moments[-1].at


def by_day(counts: Mapping[date, int], *, today: date) -> Timeline:
    """Every day from the first answer to today, empty ones too, but not more than the last sixty."""
    first = min(counts, default=today)
    span = min(max((today - first).days, 13) + 1, DAYS_SHOWN)
    return timeline([today - timedelta(days=back) for back in reversed(range(span))], counts)


def by_hour(counts: Mapping[datetime, int], *, now: datetime) -> Timeline:
    """The last 48 hours, the running one included."""
    running = now.replace(minute=0, second=0, microsecond=0)
    return timeline([running - timedelta(hours=back) for back in reversed(range(HOURS_SHOWN))], counts)


def timeline(moments: Sequence[When], counts: Mapping[When, int]) -> Timeline:
    found = [counts.get(at, 0) for at in moments]
    highest = max(found)
    column = 100 / len(moments)
    return Timeline(
        moments=tuple(
            Moment(at=at, count=count, left=round(place * column, 3), height=per_cent(count, highest))
            for place, (at, count) in enumerate(zip(moments, found, strict=True))
        ),
        total=sum(counts.values()),
        earlier=sum(count for at, count in counts.items() if at < moments[0]),
        column=round(column * 0.8, 3),
    )


@dataclass(frozen=True)
class Step:
    """A stage on the way through the questions: who came this far, how many of them came no further, the usual time.

    `share` and `lost`: the two in per cent of all who began. `most`: nowhere did more of them stop.
    """

    label: str
    reached: int
    share: float
    stopped: int
    lost: float = 0.0
    most: bool = False
    seconds: str = ""

    @property
    def kept(self) -> float:
        """Where in the bar those end who went on."""
        return round(self.share - self.lost, 1)


def steps(screens: Sequence[str], furthest: Mapping[int, int], *, finished: int, sent: str) -> list[Step]:
    """From the first answer over each screen to sending; shares are of all who began."""
    began = sum(furthest.values())
    reached = [
        max(finished, sum(readers for screen, readers in furthest.items() if screen >= number))
        for number in range(1, len(screens) + 1)
    ]
    after = [*reached, finished][1:]
    way = [
        step(label, came, came - went_on, began) for label, came, went_on in zip(screens, reached, after, strict=True)
    ]
    return with_most([*way, step(sent, finished, 0, began)])


def merged(ways: Sequence[Sequence[Step]], labels: Sequence[str]) -> list[Step]:
    """Several ways in one picture: of each screen those who were to see it, and of them who came no further."""
    began = sum(way[0].reached for way in ways if way)
    found = []
    for label in labels:
        here = [each for way in ways for each in way if each.label == label]
        reached = sum(each.reached for each in here)
        found.append(step(label, reached, sum(each.stopped for each in here), began))
    return with_most(found)


def step(label: str, reached: int, stopped: int, began: int) -> Step:
    return Step(label, reached, share=per_cent(reached, began), stopped=stopped, lost=per_cent(stopped, began))


def with_most(way: Sequence[Step]) -> list[Step]:
    """The screens at which most stopped say so."""
    most = max((each.stopped for each in way), default=0)
    return [replace(each, most=bool(most) and each.stopped == most) for each in way]
