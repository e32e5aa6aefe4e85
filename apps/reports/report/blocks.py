"""What a report is made of, in one language: drawn by the web page, the PDF and the files of charts alike.

Nothing in here is counted, and nothing is drawn: a block holds finished words and the numbers behind a picture.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.reports.pictures import Panel


class ChartKind(StrEnum):
    """Which picture fits which data (survey-method 4.1)."""

    STACKED = "stacked"
    """A row of segments that add up to the whole; one row per item or group."""
    DIVERGING = "diverging"
    """Steps to both sides of one line: s1 and s2 before it, s3 on it, s4 and s5 behind it; others stand apart."""
    DOTS = "dots"
    """One dot per row, with its interval where there is one."""
    COLUMNS = "columns"
    """One column per row, in the order of an axis: days, steps, numbers."""
    RANKS = "ranks"
    """Two dots per row: chosen first, and among the first."""
    MIRROR = "mirror"
    """Two dots per row, one to each side of the middle."""
    BUBBLES = "bubbles"
    """A row of marks per row: counts of two answers."""
    FLOW = "flow"
    """From the row to the mark: how many went there."""
    NETWORK = "network"
    """Rows are knots; `links` join them by their place."""
    PLANE = "plane"
    """Marks lie `at` (x, y), both from -1 to 1."""


@dataclass(frozen=True)
class Mark:
    """One number in a picture; `value` is None where hidden. `tone`: of the palette, s1 … s5, dk, one, accent, off.

    `low`, `high`: its interval. `at`: its place on a plane.
    """

    label: str
    value: float | None
    text: str
    tone: str = "one"
    low: float | None = None
    high: float | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """`note` stands at its right end: a net, a base."""

    label: str
    marks: tuple[Mark, ...]
    note: str = ""


@dataclass(frozen=True)
class Link:
    """From row to row, by their places; `weight` from 0 to 1."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Chart:
    """`alt`: headline and n, for whoever does not see it. `axis`: what the numbers are; `ends`: words at its ends.

    `legend`: tone and label, where the labels do not stand in the picture.
    """

    kind: ChartKind
    rows: tuple[Row, ...]
    alt: str
    axis: str = ""
    ends: tuple[str, str] | None = None
    legend: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Table:
    """Finished texts; the first column names the rows. `strong`: places of rows set apart, as totals are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture, its table and everything that is printed beside it (survey-method 4.3).

    `id` names it in addresses and file names. `panels`: the same numbers as HTML bars, where there is such a drawing.
    """

    id: str
    headline: str
    question: str
    base: str
    table: Table
    chart: Chart | None = None
    panels: tuple[Panel, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """A paragraph. `tone`: plain, caution or finding."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class Terms:
    """Names with what there is to say of each: the method box."""

    pairs: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Quotes:
    """What readers wrote, word for word, and by which rule these were chosen. Each: words, and from where they come."""

    rule: str
    quotes: tuple[tuple[str, str], ...]


Block = Figure | Table | Words | Terms | Quotes


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]
    lead: str = ""


@dataclass(frozen=True)
class Report:
    """`summary`: what fits on one screen. `stamp`: version, hash and time, printed wherever the report is."""

    language: str
    title: str
    headline: str
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    stamp: tuple[tuple[str, str], ...]
    simulated: bool = False
