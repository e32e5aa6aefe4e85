"""A table as a figure of the report: a bar of 100 % for each column, and the table beneath."""

from django.utils.translation import gettext as _

from apps.common.punctuation import named, remark
from apps.reports.bars import TONES
from apps.reports.crosstables.fields import SILENT, Field
from apps.reports.crosstables.reading import comparisons
from apps.reports.crosstables.told import Cell, Content, Fields, Told, told
from apps.reports.crosstables.verdict import headline, verdict
from apps.reports.report.blocks import Chart, ChartKind, Figure, Mark, Row, Table

CLOSING = "。．."
NOMINAL = ("s1", "s2", "s3", "s4", "s5", "one", "accent")


def figure(content: Content, fields: Fields, language: str, counts_to: int, facts: tuple[str, ...] = ()) -> Figure:
    said = told(content, fields, language, counts_to)
    tests = told_tests(content, fields, language)
    return Figure(
        id=figure_id(content),
        headline=headline(content) or f"{said.rows.rstrip(CLOSING)} × {said.columns.rstrip(CLOSING)}",
        question=wording(said),
        base=said.heads[-1].base,
        table=table(said),
        chart=chart(content, said, fields),
        facts=facts,
        notes=(*tests, *comparisons(content)),
    )


def told_tests(content: Content, fields: Fields, language: str) -> list[str]:
    """Of several answers all in one line: an option is small beside a question."""
    found = [named(name, text) for name, text in verdict(content, fields, language)]
    return [" · ".join(found)] if content["kind"] == "several" and found else found


def figure_id(content: Content) -> str:
    return f"table-{content['rows']}-{content['columns']}".replace(".", "_")


def wording(said: Told) -> str:
    parts = [
        _("Rows: {question}").format(question=said.rows),
        _("Columns: {question}").format(question=said.columns),
        *(_("Only: {question}: {answers}").format(question=name, answers=keys) for name, keys in said.filters),
    ]
    return " · ".join(parts)


def table(said: Told) -> Table:
    """Each cell: its share, in brackets its readers, then what it clearly exceeds."""
    columns = [f"{head.label} [{head.letter}]" if head.letter else head.label for head in said.heads]
    rows = [(line.label, *map(text_of, line.cells)) for line in said.lines]
    return Table(("", *columns), (*rows, (_("Readers"), *(head.base for head in said.heads))), strong=(len(rows),))


def text_of(cell: Cell) -> str:
    marks = [each for each in (cell.mark, cell.letters) if each]
    numbers = cell.share if cell.share == cell.count else f"{cell.share} ({cell.count})"
    return " ".join([numbers, *marks])


def chart(content: Content, said: Told, fields: Fields) -> Chart | None:
    """None for several answers, which do not add up, and where nothing of any column is shown."""
    rows = tuple(
        Row(head.label, marks(content, said, fields, column), head.base)
        for column, head in enumerate(said.heads)
        if column == len(said.heads) - 1 or content["column_keys"][column] != SILENT
    )
    if said.several or not any(mark.value for row in rows for mark in row.marks):
        return None
    shown = next(row for row in rows if row.marks)
    alt = f"{headline(content) or wording(said)}{remark(said.heads[-1].base)}"
    return Chart(ChartKind.STACKED, rows, alt, axis="%", legend=tuple((mark.tone, mark.label) for mark in shown.marks))


def marks(content: Content, said: Told, fields: Fields, column: int) -> tuple[Mark, ...]:
    tones, shares = tones_of(content, fields[content["rows"]]), content["column_shares"]
    return tuple(
        Mark(line.label, shares[row][column], line.cells[column].share, tone=tones[row])
        for row, line in enumerate(said.lines)
    )


def tones_of(content: Content, field: Field) -> list[str]:
    """Steps from end to end; other answers in colours without an order; silence and don't-know dotted."""
    keys = content["row_keys"]
    steps = [key for key in keys if key in field.scale]
    scale = TONES.get(len(steps))
    ordered = sorted(steps, key=field.scale.index)
    apart = (
        {str(option.code) for option in field.question.options if option.role != "answer"} if field.question else set()
    )
    plain = [key for key in keys if key not in steps and key not in apart and key != SILENT]
    found = {}
    for key in keys:
        if key in steps:
            place = ordered.index(key)
            found[key] = scale[place].replace("o", "s") if scale else f"s{1 + place * 5 // max(len(ordered), 1)}"
        elif key in plain:
            found[key] = NOMINAL[plain.index(key) % len(NOMINAL)]
        else:
            found[key] = "dk"
    return [found[key] for key in keys]
