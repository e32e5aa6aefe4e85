"""How mixed feelings were, as columns: made of the table of both feelings as it is shown, and of nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import remark
from apps.reports.numbers import HIDDEN, NONE, percent_text, value_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Table
from apps.reports.report.told.questions import wording

Felt = Mapping[str, Any]
Steps = list[tuple[float, int | None]]


def columns(found: Felt, base: str, about: About) -> Figure | None:
    """None where nothing of it may be seen. `base`: as it is told beside the table."""
    told = steps(found["counts"])
    if all(readers is None for _value, readers in told):
        return None
    question, whole = about.question(found["question"]), found["base"] or 1
    marks = [(signed(value), mark(readers, whole), readers) for value, readers in told]
    low, high = (signed(end) for end in found["span"])
    said = _("Mixed feelings: {mean} on average, from {low} to {high}").format(
        mean=signed(found["mean"]), low=low, high=high
    )
    return Figure(
        id=f"{question.id}-mixed",
        headline=said,
        question=wording(question, about),
        base=base,
        table=Table(
            (_("Mixed feelings"), _("Share"), _("Readers")),
            tuple((name, each.text, readers_text(readers)) for name, each, readers in marks),
        ),
        chart=Chart(
            ChartKind.COLUMNS,
            tuple(Row(name, (each,)) for name, each, _readers in marks),
            f"{said}{remark(base)}",
            axis="%",
            ends=(_("one feeling alone"), _("both as strong as can be")),
        ),
        facts=about.facts,
        notes=(caveat(), hidden_too()) if any(readers is None for _value, readers in told) else (caveat(),),
    )


def steps(counts: Sequence[Sequence[int]]) -> Steps:
    """Each value that (P + N) / 2 - |P - N| can have, lowest first, with its readers. What rests on a hidden cell (-1)
    is hidden, so that nothing is told here that the table does not tell."""
    cells: dict[float, list[int]] = {}
    for one, line in enumerate(counts):
        for other, readers in enumerate(line):
            cells.setdefault((one + other) / 2 - abs(one - other), []).append(readers)
    return [(value, None if -1 in cells[value] else sum(cells[value])) for value in sorted(cells)]


def mark(readers: int | None, whole: int) -> Mark:
    if readers is None:
        return Mark("", None, HIDDEN)
    share = min(readers / whole, 1.0)  # the counts are rounded, each for itself
    return Mark("", share, percent_text(share, readers))


def readers_text(readers: int | None) -> str:
    return HIDDEN if readers is None else f"{readers:,}" if readers else NONE


def signed(value: float) -> str:
    return value_text(value).replace("-", "−") if value else "0"


def caveat() -> str:
    return _(
        "Nobody was asked how mixed their feelings are: this is reckoned from the two answers. 0 holds readers who felt"
        " neither, and readers in whom one feeling was clearly stronger. Some values come about in more ways than"
        " others, so the height of a column alone says little."
    )


def hidden_too() -> str:
    return _("x: made of a number that is hidden in the table of both feelings, and hidden here, too.")
