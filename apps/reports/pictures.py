"""What a picture with its table is made of, whatever its kind: lines, segments, places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import count_text, percent_text
from apps.surveys.definition import Option, Question

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Style:
    """How numbers and words are printed. `counts_to`: the step to which counts are rounded."""

    language: str
    counts_to: int = 1


@dataclass(frozen=True)
class Line:
    """One answer: its words, its numbers, where its bar or dot ends. `mark` names it for the reader's own answer."""

    mark: str
    label: str
    percent: str
    count: str
    tone: str = ""
    at: str = ""
    first_percent: str = ""
    first_at: str = ""


@dataclass(frozen=True)
class Segment:
    """A part of a bar, or a column: places in percent of the width, heights in pixels; `below`, under the column."""

    tone: str
    start: str
    width: str
    middle: str
    label: str = ""
    top: str = ""
    height: str = ""
    label_top: str = ""
    below: str = ""
    below_at: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture with its table. `template` draws it."""

    template: str
    lines: tuple[Line, ...]
    title: str = ""
    segments: tuple[Segment, ...] = ()
    ends: tuple[str, str] | None = None
    axis: str = ""
    note: str = ""


def line(option: Option, entry: Entry, style: Style, *, mark: str, tone: str = "", limit: float = 1.0) -> Line:
    code = str(option.code)
    share, count = entry["shares"][code], entry["counts"][code]
    return Line(
        mark=f"{mark}:{code}",
        label=in_language(option.label, style.language),
        percent=percent_text(share, count),
        count=count_text(count, style.counts_to),
        tone=tone,
        at=place(share, limit),
    )


def shown_options(question: Question, counts: Mapping[str, int | None]) -> list[Option]:
    """Options that were taken back stay in the figure only for the answers they got."""
    return [option for option in question.options if not (option.retired and counts[str(option.code)] == 0)]


def place(share: float | None, limit: float) -> str:
    return "" if share is None else at(share / limit)


def at(part: float) -> str:
    return f"{part * 100:.1f}%"
