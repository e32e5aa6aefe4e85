"""When answers came, and whether late ones differ from early ones."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.method import day_text
from apps.reports.numbers import HIDDEN, NONE, count_text, percent_text, value_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Chart, ChartKind, Figure, Mark, Row, Section, Table
from apps.reports.report.told.questions import wording

P_SMALLEST = 0.001
STEP = 5
"""To which numbers of days are rounded."""


def section(content: Mapping[str, Any], about: About) -> Section:
    blocks: list[Block] = [days(content, about)]
    if content["late"]:
        blocks.append(late(content["late"], about))
    return Section("arrival", _("When answers came"), tuple(blocks))


def days(content: Mapping[str, Any], about: About) -> Figure:
    shown, weekly = content["days"], content["width"] > 1
    title = _("Answers by week") if weekly else _("Answers by day")
    starts = sorted(shown["counts"])
    return Figure(
        id="arrival-days",
        headline=title,
        question=_("The day on which a reader began to answer; of weeks, the first day.")
        if weekly
        else _("The day on which a reader began to answer."),
        base=_("n={number}: all who answered").format(number=about.count(about.content["answered"])),
        table=Table(
            (_("Day"), _("Readers")),
            tuple((day_text(day), readers_text(shown["counts"][day], about)) for day in starts),
        ),
        chart=Chart(
            ChartKind.COLUMNS,
            tuple(
                Row(short(day), (Mark("", shown["shares"][day], readers_text(shown["counts"][day], about)),))
                for day in starts
            ),
            title,
            axis="%",
        ),
        facts=about.facts,
    )


def readers_text(readers: int | None, about: About) -> str:
    return NONE if readers == 0 else count_text(readers, max(STEP, about.counts_to))


def short(day: str) -> str:
    """Month and day, as they stand under a column."""
    _year, month, number = day.split("-")
    return f"{int(month)}/{int(number)}"


def late(found: Mapping[str, Any], about: About) -> Figure:
    question = about.question(found["question"])
    names = {option.code: in_language(option.label, about.language) for option in question.options}
    bases = [
        sum(row[side] for row in found["counts"]) if all(row[side] >= 0 for row in found["counts"]) else None
        for side in (0, 1)
    ]
    rows = tuple(
        (names[code], *(share(readers, base) for readers, base in zip(row, bases, strict=True)))
        for code, row in zip(found["codes"], found["counts"], strict=True)
    )
    whole = (_("All who answered"), *(about.count(base) for base in bases))
    return Figure(
        id="arrival-late",
        headline=_("Early and late answers to the first question"),
        question=wording(question, about),
        base=_("Early: up to {day}, about the first half of readers; late: all after them").format(
            day=day_text(found["last_early"])
        ),
        table=Table((_("Answer"), _("Early"), _("Late")), (*rows, whole), strong=(len(rows),)),
        facts=about.facts,
        notes=tuple(text for text in (test_text(found),) if text),
    )


def share(readers: int, base: int | None) -> str:
    """Where a column holds a hidden number, its whole is not told, and counts stand instead of shares."""
    if readers < 0:
        return HIDDEN
    return f"{readers:,}" if base is None else percent_text(readers / base if base else 0.0, readers)


def test_text(found: Mapping[str, Any]) -> str:
    """The size of the difference before its test, which is no more than a guide."""
    if found["v"] is None:
        return ""
    p = found["p"]
    told = _("p<0.001") if p < P_SMALLEST else f"p={p:.3f}"
    sentence = _("Difference between early and late: Cramér's V {v}, indicative test {p}.").format(
        v=value_text(found["v"]), p=told
    )
    if not found["draws"]:
        return sentence
    return (
        sentence
        + " "
        + _("From {draws} random tables (standard error of p {error}).").format(
            draws=f"{found['draws']:,}", error=f"{found['error']:.4f}"
        )
    )
