"""The two sides of an ordered question, read from the order of its codes."""

from dataclasses import dataclass

from apps.surveys.definition import Option, Question

ORDERED_KINDS = ("single_ordinal", "paired_ab", "item_by_item")
WRITTEN_KINDS = ("number", "date", "open_text")


@dataclass(frozen=True)
class Sides:
    """Codes from the low end to the high end. `apart`: don't-know, prefer-not and other answers off the scale."""

    low: tuple[int, ...]
    middle: tuple[int, ...]
    high: tuple[int, ...]
    apart: tuple[int, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        return self.low + self.middle + self.high

    @property
    def two_poled(self) -> bool:
        """A scale with a midpoint has two opposite ends; one without runs from little to much."""
        return bool(self.middle)

    def sign(self, code: int) -> int:
        return (code in self.high) - (code in self.low)


def sides(question: Question) -> Sides:
    steps = sorted(option.code for option in question.options if on_the_scale(option))
    half = len(steps) // 2
    apart = tuple(option.code for option in question.options if not on_the_scale(option))
    return Sides(tuple(steps[:half]), tuple(steps[half : len(steps) - half]), tuple(steps[len(steps) - half :]), apart)


def on_the_scale(option: Option) -> bool:
    return option.role == "answer" and not option.anchored


def asks_for_opinion(question: Question) -> bool:
    """Questions about the readers themselves have no sides that one could lean to."""
    return question.phase != "background"
