"""Tables in the report: the fixed ones of the first question by background, those that editors chose, and those by
place on the opinion map. Numbers only.

What a table hid when the report was published last stays hidden: a cell that came and went would tell the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from typing import Any

from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.asked import Asked, Fields, checked
from apps.reports.crosstables.crosstable import crosstable
from apps.reports.crosstables.fields import Field, Source, fields_of
from apps.reports.crosstables.known import Hidden, Known
from apps.reports.report.material import Material
from apps.reports.sides import asks_for_opinion

Json = dict[str, Any]


def breaks(material: Material) -> Json | None:
    """Whoever says what to the first question, by each closed question about the readers themselves."""
    fields = fields_of(material.definition)
    first = first_question(fields)
    columns = [field.name for field in fields.values() if is_background(field)]
    return tables_of(
        material, fields, [Asked(first, name) for name in columns] if first else (), material.inputs["breaks"]["hidden"]
    )


def tables(material: Material) -> Json | None:
    given = material.inputs["tables"]
    return tables_of(material, fields_of(material.definition), starmap(Asked, given["chosen"]), given["hidden"])


def groups(material: Material) -> Json | None:
    """They were counted where the votes lie; the answers alone do not tell who stands where."""
    found: Json | None = material.inputs["groups"]
    return found


def first_question(fields: Fields) -> str | None:
    return next((name for name, field in fields.items() if field.opinion and not field.several), None)


def is_background(field: Field) -> bool:
    about_readers = field.question is not None and not asks_for_opinion(field.question)
    return field.source == Source.QUESTION and about_readers and not field.several


def tables_of(
    material: Material, fields: Fields, wanted: Iterable[Asked], before: Mapping[str, Any], known: Known | None = None
) -> Json | None:
    """Those that can be shown; None where that is none. `before`: what published ones hid last (`hidden_in`)."""
    if known is None:
        known = Known(material.inputs["questions"]["before"], draws=material.inputs["settings"]["draws"])
    found = list(shown(material, fields, wanted, known, before))
    return {"tables": found} if found else None


def shown(
    material: Material, fields: Fields, wanted: Iterable[Asked], known: Known, before: Mapping[str, Any]
) -> Iterator[Json]:
    for each in wanted:
        try:
            hidden = before.get(name_of(each.rows, each.columns))
            rests_on = replace(known, hidden_before=cells(hidden) if hidden else None)
            yield crosstable(material, fields, checked(fields, each), rests_on)
        except CannotBeCalculated:  # a question that is gone, or too few readers
            continue


def name_of(rows: str, columns: str) -> str:
    return f"{rows} {columns}"


def cells(hidden: Sequence[Sequence[str]]) -> Hidden:
    return frozenset((row, column) for row, column in hidden)


def hidden_in(content: Mapping[str, Any] | None) -> dict[str, list[list[str]]]:
    """Of each table of a part: its hidden cells by row and column, "" for a total. Turned around it is the same."""
    found = {}
    for table in (content or {}).get("tables", ()):
        rows, columns = (*table["row_keys"], ""), (*table["column_keys"], "")
        hidden = [
            [row, column]
            for row, line in zip(rows, table["counts"], strict=True)
            for column, count in zip(columns, line, strict=True)
            if count is None
        ]
        found[name_of(table["rows"], table["columns"])] = hidden
        if table["kind"] == "plain":
            found[name_of(table["columns"], table["rows"])] = [[column, row] for row, column in hidden]
    return found
