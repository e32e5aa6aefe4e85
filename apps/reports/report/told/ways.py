"""From the first page to the last answer: rates, the furthest screen, sources, devices, what was left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import remark
from apps.common.templatetags.toikake import in_language
from apps.reports.method import device_names, language_names
from apps.reports.numbers import HIDDEN, NONE, count_text, percent_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Chart, ChartKind, Figure, Mark, Row, Section, Table, Terms, Words

Shown = Mapping[str, Any]
STEP = 5


def section(content: Mapping[str, Any], about: About) -> Section:
    blocks: list[Block] = [Terms(rates(content, about)), Words(no_response_rate())]
    blocks.append(screens(content["screens"], about))
    if content["sources"]:
        blocks.append(breakdown(content["sources"], source_names(), _("Views of the first page by source"), about))
    blocks.append(breakdown(content["devices"], device_names(), _("Device"), about))
    blocks.append(breakdown(content["languages"], language_names(), _("Language"), about))
    if content["missing"]:
        blocks.append(missing(content["missing"], about))
    return Section("ways", _("How readers came and how far they went"), tuple(blocks))


def rates(content: Shown, about: About) -> tuple[tuple[str, str], ...]:
    return (
        (_("Views of the first page"), f"{content['views']:,}"),
        (_("Participation rate: began, of views"), rate(content["participation"])),
        (_("Completion rate: finished, of those who began"), rate(content["completion"])),
        (_("Break-off rate"), rate(content["break_off"])),
    )


def rate(share: float | None) -> str:
    return _("cannot be computed") if share is None else f"{share:.1%}"


def no_response_rate() -> str:
    return _("No response rate can be computed, because there is no list of people invited.")


def breakdown(shown: Shown, names: Mapping[str, str], title: str, about: About) -> Table:
    return table(shown, largest_first(shown), names, title, about.counts_to)


def screens(shown: Shown, about: About) -> Figure:
    """In their order; rounded, and hidden, as `counted.along` says."""
    names = {key: _("Screen {number}").format(number=int(key)) for key in sorted(shown["counts"])}
    found = table(shown, list(names), names, _("The furthest screen"), max(STEP, about.counts_to))
    said = _("How far readers came")
    base = _("n={number}: all who answered").format(number=about.count(about.content["answered"]))
    return Figure(
        id="ways-screens",
        headline=said,
        question=_(
            "The furthest screen that a reader came to; those who came to the last one may still have sent nothing."
        ),
        base=base,
        table=found,
        chart=Chart(
            ChartKind.COLUMNS,
            tuple(
                Row(str(int(key)), (Mark("", shown["shares"][key], share),))
                for key, (_name, share, _readers) in zip(names, found.rows, strict=True)
            ),
            f"{said}{remark(base)}",
            axis="%",
        ),
        facts=about.facts,
    )


def table(shown: Shown, order: list[str], names: Mapping[str, str], title: str, step: int) -> Table:
    rows = tuple(
        (
            names.get(key, key),
            percent_text(shown["shares"][key], shown["counts"][key]),
            NONE if shown["counts"][key] == 0 else count_text(shown["counts"][key], step),
        )
        for key in order
    )
    return Table((title, _("Share"), _("Number")), rows)


def largest_first(shown: Shown) -> list[str]:
    return sorted(shown["counts"], key=lambda key: (-(shown["shares"][key] or 0), key))


def source_names() -> dict[str, str]:
    return {"": _("directly"), "…": _("other")}


def missing(found: Mapping[str, list[int]], about: About) -> Table:
    """In the order of the questionnaire; reports from before rows stood here have none of them."""
    rows = tuple((named, *(number(each) for each in found[name])) for name, named in asked(about) if name in found)
    columns = (_("Question"), _("Left blank"), _("Don't know"), _("Prefer not to say"))
    return Table(columns, rows, caption=_("Seen, but not answered, or answered with don't know"))


def asked(about: About) -> Iterator[tuple[str, str]]:
    """Each question, and each row of one, as the content names it and as readers of the report do."""
    for question in about.definition.questions:
        yield question.id, question.id
        for row in question.rows:
            yield f"{question.id}.{row.code}", f"{question.id} {in_language(row.label, about.language)}"


def number(readers: int) -> str:
    return HIDDEN if readers < 0 else f"{readers:,}" if readers else NONE
