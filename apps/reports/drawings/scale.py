"""A line of numbers from zero, or from below it, to a round end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from apps.reports.report.blocks import Mark, Row

NUMBER = re.compile(r"-?[\d,]*\.?\d+")
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    low: float
    high: float
    step: float
    unit: str

    def part(self, value: float) -> float:
        """0 at the low end, 1 at the high one."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def ticks(self) -> list[tuple[float, str]]:
        count = round((self.high - self.low) / self.step)
        values = [self.low + place * self.step for place in range(count + 1)]
        return [(value, self.text(value)) for value in values]

    def text(self, value: float) -> str:
        if self.unit != "number":
            return f"{round(value * 100, 1):g}%" if self.unit == "%" else ""
        rounded = round(value, 10)
        return f"{rounded:,.0f}" if self.step >= 1 else f"{rounded:g}"


def scale(rows: Sequence[Row], *, most_steps: int = 5) -> Scale:
    """Always with zero in it."""
    marks = [mark for row in rows for mark in row.marks]
    values = [0.0, *(value for mark in marks for value in reaches(mark) if value is not None and isfinite(value))]
    return scale_of(values, unit=unit_of(marks), most_steps=most_steps)


def unit_of(marks: Iterable[Mark]) -> str:
    """In which the marks are told: "%", "number", or "" where their words are of another measure than their places."""
    for mark in marks:
        told = NUMBER.search(mark.text.replace("−", "-"))
        if mark.value and told:
            number = float(told[0].replace(",", ""))
            if "%" in mark.text:
                return "%"
            return "number" if abs(number - mark.value) <= 0.06 * abs(mark.value) + 0.06 else ""
    return "number"


def scale_of(values: Sequence[float], *, unit: str, most_steps: int = 5) -> Scale:
    low, high = min(values), max(values)
    if low == high:
        high = 1.0
    step = round_step((high - low) / most_steps)
    low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return Scale(low, high, step, unit)


def round_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in STEPS if factor * power >= rough * (1 - 1e-9))


def reaches(mark: Mark) -> tuple[float | None, ...]:
    return mark.value, mark.low, mark.high
