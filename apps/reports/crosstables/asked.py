"""What somebody wants to see crossed: checked against the fields there are, before anything is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.fields import Field, Source

MOST_FILTERS = 3
Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Filter:
    """Readers in one of these categories of a field."""

    field: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    rows: str
    columns: str
    filters: tuple[Filter, ...] = ()

    def as_json(self) -> dict[str, Any]:
        filters = [{"field": each.field, "codes": list(each.keys)} for each in self.filters]
        return {"rows": self.rows, "columns": self.columns, "filters": filters}

    @property
    def names(self) -> tuple[str, ...]:
        return (self.rows, self.columns, *(each.field for each in self.filters))


def asked(fields: Fields, rows: str, columns: str, chips: Sequence[str] = ()) -> Asked:
    """`chips`: `field:category`, as they stand in an address. Raises CannotBeCalculated, which names what is wrong."""
    chosen: dict[str, list[str]] = {}
    for chip in dict.fromkeys(chips):
        name, _colon, key = chip.partition(":")
        chosen.setdefault(name, []).append(key)
    filters = tuple(in_order(fields, Filter(name, tuple(keys))) for name, keys in sorted(chosen.items()))
    return checked(fields, Asked(rows, columns, filters))


def from_json(fields: Fields, parameters: Mapping[str, Any]) -> Asked:
    """What was stored; the questionnaire may have changed since."""
    filters = tuple(Filter(each["field"], tuple(each["codes"])) for each in parameters.get("filters", ()))
    return checked(fields, Asked(parameters["rows"], parameters["columns"], filters))


def in_order(fields: Fields, wanted: Filter) -> Filter:
    """The same filter is the same question, in whatever order its chips were pressed."""
    known = fields[wanted.field].keys if wanted.field in fields else ()
    return Filter(
        wanted.field,
        tuple(sorted(wanted.keys, key=lambda key: (key not in known, known.index(key) if key in known else 0, key))),
    )


def checked(fields: Fields, wanted: Asked) -> Asked:
    if not (wanted.rows and wanted.columns):
        raise CannotBeCalculated("choose_two")
    for name in wanted.names:
        if name not in fields:
            raise CannotBeCalculated("unknown_field", field=name)
    check_pair(fields[wanted.rows], fields[wanted.columns])
    if len(wanted.filters) > MOST_FILTERS:
        raise CannotBeCalculated("too_many_filters", most=MOST_FILTERS)
    for each in wanted.filters:
        check_filter(fields, wanted, each)
    return wanted


def check_pair(rows: Field, columns: Field) -> None:
    if same_question(rows, columns):
        raise CannotBeCalculated("same_field", field=rows.name)
    if columns.several:
        raise CannotBeCalculated("several_in_columns", field=columns.name)


def check_filter(fields: Fields, wanted: Asked, each: Filter) -> None:
    field = fields[each.field]
    if not field.narrows:
        raise CannotBeCalculated("no_filter", field=field.name)
    for key in each.keys:
        if key not in field.keys:
            raise CannotBeCalculated("unknown_category", field=field.name, category=key)
    if any(same_question(field, fields[name]) for name in (wanted.rows, wanted.columns)):
        raise CannotBeCalculated("filter_in_table", field=field.name)


def same_question(one: Field, other: Field) -> bool:
    """The same field, or two sides of one ranking; the rows of a question are questions of their own."""
    if one.name == other.name:
        return True
    ranking = one.source == Source.QUESTION and one.question == other.question
    return ranking and (one.several or other.several)
