"""The opinion map and the statements, told as on the readers' page, from the map that the report was made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.reports.maps.pictures import Picture, picture
from apps.reports.maps.rows import CHOICES, TONES, Spoken, amount, base_text, row, share, table_line, told
from apps.reports.maps.sections import sections as lists_of
from apps.reports.maps.sides import Side, sides_of
from apps.reports.maps.sureness import Sureness, sureness
from apps.reports.maps.words import choice_text, explanation, group_name, headline
from apps.reports.numbers import HIDDEN
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Chart, ChartKind, Figure, Mark, Row, Section, Table, Words
from apps.reports.report.own_panels import drawn
from apps.reports.report.told.questions import LEVEL, guide

Summary = Mapping[str, Any]
Texts = Mapping[int, Spoken]
MOST_IN_THE_TABLE = 200


@dataclass(frozen=True)
class Pictured:
    """What the template of the map draws."""

    picture: Picture
    sides: tuple[Side, ...]
    language: str


def section(content: Mapping[str, Any], about: About) -> Section:
    summary, texts = content["summary"], about.statements
    shown = [entry for entry in summary["statements"] if entry["number"] in texts]
    blocks: list[Block] = [the_map(content, about)]
    for each in lists_of(summary, shown, texts, about.counts_to):
        rows = [(one.statement, entry_of(shown, one.statement.number)) for one in each.rows]
        blocks.append(
            listed(each.id, each.title, each.rule, rows, about) if rows else Words(f"{each.title} — {each.nothing}")
        )
    sure = sureness(summary)
    if sure:
        blocks += [sure_table(sure), *(Words(sentence) for sentence in sure.sentences)]
    guides = content.get("agree_guides") if about.intervals else None
    blocks.append(all_statements(shown, guides or {}, about))
    return Section("map", _("Opinion map and statements"), tuple(blocks), lead=headline(summary, about.counts_to))


def entry_of(shown: list[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    return next(entry for entry in shown if entry["number"] == number)


def the_map(content: Mapping[str, Any], about: About) -> Figure:
    summary = content["summary"]
    pictured = picture(summary)
    sides = sides_of(summary, about.statements)
    return Figure(
        id="map",
        headline=headline(summary, about.counts_to),
        question=explanation(summary, pictured.kind),
        base=_("{people} people who voted here, {votes} votes").format(
            people=about.count(summary["readers"]), votes=about.count(summary["votes"])
        ),
        table=sides_table(sides),
        chart=chart_of_map(summary, about),
        panels=(drawn("report/map.html", Pictured(pictured, sides, about.language)),),
        facts=about.facts,
        notes=(
            _("Map no. {number}, checksum {checksum}").format(
                number=content["number"], checksum=content["checksum"][:16]
            ),
        ),
    )


def sides_table(sides: tuple[Side, ...]) -> Table:
    rows = tuple((side.name, said.statement.text, said.choice, said.note) for side in sides for said in side.rows)
    return Table((_("Side"), _("Statement"), _("said more often there"), ""), rows)


def chart_of_map(summary: Summary, about: About) -> Chart | None:
    """How many stand where along the first axis; groups as rows of their size."""
    if summary["groups"]:
        sizes = [(group["id"], group["readers"]) for group in summary["groups"]]
        whole = sum(size for which, size in sizes) or 1
        rows = tuple(Row(group_name(which), (Mark("", size / whole, about.count(size)),)) for which, size in sizes)
        return Chart(ChartKind.DOTS, rows, headline(summary, about.counts_to), axis="%")
    cells = summary["axis"]["cells"]
    if not cells:
        return None
    whole = sum(cell["readers"] for cell in cells) or 1
    rows = tuple(Row("", (Mark("", cell["readers"] / whole, about.count(cell["readers"])),)) for cell in cells)
    return Chart(
        ChartKind.COLUMNS, rows, headline(summary, about.counts_to), axis="%", ends=(_("one end"), _("the other end"))
    )


def listed(name: str, title: str, rule: str, rows: list[tuple[Spoken, Mapping[str, Any]]], about: About) -> Figure:
    """Statements in a list, each a bar of four choices; the rule says why these."""
    found = tuple(
        Row(statement.text, tuple(choices(entry, about)), base_text(entry, about.counts_to))
        for statement, entry in rows
    )
    return Figure(
        id=f"statements-{name}",
        headline=title,
        question=rule,
        base=_("n: votes on the statement"),
        table=statements_table(rows, about),
        chart=Chart(
            ChartKind.STACKED, found, title, axis="%", legend=tuple((tone(name), choice_text(name)) for name in CHOICES)
        ),
        panels=(drawn("report/statements.html", lines(rows, about)),),
        facts=about.facts,
    )


def lines(rows: list[tuple[Spoken, Mapping[str, Any]]], about: About) -> dict[str, Any]:
    return {"rows": [row(statement, entry, about.counts_to) for statement, entry in rows], "language": about.language}


def choices(entry: Mapping[str, Any], about: About) -> list[Mark]:
    return [
        Mark(choice_text(name), share(entry, name), amount(entry, name, about.counts_to), tone=tone(name))
        for name in CHOICES
    ]


def tone(choice: str) -> str:
    return {"off": "dk"}.get(TONES[choice], TONES[choice].replace("o", "s"))


def statements_table(rows: list[tuple[Spoken, Mapping[str, Any]]], about: About) -> Table:
    return Table(
        (_("Statement"), "n", *(choice_text(name) for name in CHOICES)),
        tuple(
            (
                statement.text,
                base_text(entry, about.counts_to),
                *(amount(entry, name, about.counts_to) for name in CHOICES),
            )
            for statement, entry in rows
        ),
    )


def sure_table(sure: Sureness) -> Table:
    return Table(
        (_("What was known besides"), _("Likelier by"), _("nats per vote")),
        tuple((gain.name, gain.likelier, gain.nats) for gain in sure.gains),
        caption=_("How much likelier hidden votes came out than by the averages alone"),
        strong=tuple(place for place, gain in enumerate(sure.gains) if gain.told),
    )


def all_statements(shown: list[Mapping[str, Any]], guides: Mapping[str, list[float]], about: About) -> Table:
    """`guides` of agreeing, by number, beside it; without them there is no such column."""
    rows, guided = [], 3
    for entry in shown[:MOST_IN_THE_TABLE]:
        line = table_line(about.statements[entry["number"]], entry, about.counts_to)
        row = (line.statement.text, line.votes, *line.cells)
        rows.append((*row[:guided], guide_text(entry, guides), *row[guided:]) if guides else row)
    columns = (
        _("Statement"),
        "n",
        choice_text("agree"),
        *([_("{level} guide").format(level=LEVEL)] if guides else []),
        *(choice_text(name) for name in CHOICES[1:]),
        _("Agree, corrected"),
        pgettext("score", "Shared"),
        pgettext("score", "Divides"),
    )
    return Table(
        columns,
        tuple(rows),
        caption=_("All statements with their numbers"),
        notes=(agree_guide_note(),) if guides else (),
    )


def guide_text(entry: Mapping[str, Any], guides: Mapping[str, list[float]]) -> str:
    bounds = guides.get(str(entry["number"]))
    return guide(bounds) if bounds and told(entry) else HIDDEN


def agree_guide_note() -> str:
    return _(
        "The {level} guide of agreeing is that of (agree + 1) / (n + 2) (Laplace), as if those who voted had been drawn"
        " at random. It does not cover that they chose to vote, nor who was shown which statements."
    ).format(level=LEVEL)
