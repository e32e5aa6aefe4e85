"""What can be chosen on the page of tables, and what was: read from the address, so that a table has one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from apps.debates.queries import newest_map
from apps.inquiries.models import Inquiry
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.asked import Asked, asked
from apps.reports.crosstables.fields import Field, fields_of, places_of
from apps.reports.crosstables.wording import (
    category_name,
    field_name,
    left_out_text,
    listed_name,
    refusal_text,
    table_name,
)
from apps.reports.models import ReportTable
from apps.surveys.queries import Instrument, published_instrument

ROWS, COLUMNS, ONLY = "rows", "columns", "only:"
"""`only:B1:3` is there or not: an address holds no name twice."""

Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Chip:
    """One category that the readers are narrowed to; `without`: the address of the table without it."""

    field: str
    category: str
    without: str


@dataclass(frozen=True)
class Narrowing:
    """A field with its categories: value, name, whether it is chosen."""

    name: str
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def chosen(self) -> int:
        return sum(chosen for _value, _name, chosen in self.choices)


@dataclass(frozen=True)
class Listed:
    """A table chosen for the report; `address` is None where the questionnaire no longer has both questions.

    `missing`: why the report has left it out."""

    number: int
    name: str
    address: str | None
    missing: str = ""


class Choosing:
    """Everything on the page that comes from the questionnaire and the address."""

    def __init__(self, inquiry: Inquiry, query: QueryDict, language: str) -> None:
        self.language = language
        self.published: Instrument | None = published_instrument(inquiry.pk)
        self.fields: Fields = self._fields(inquiry)
        self.rows, self.columns = query.get(ROWS, ""), query.get(COLUMNS, "")
        self.only = [name.removeprefix(ONLY) for name in query if name.startswith(ONLY)]
        self.sent = ROWS in query or COLUMNS in query or bool(self.only)
        self.problem, self.wanted = self._checked()

    def _fields(self, inquiry: Inquiry) -> Fields:
        return fields_of(self.published.definition, places_of(newest_map(inquiry.pk))) if self.published else {}

    def _checked(self) -> tuple[str, Asked | None]:
        """Nothing chosen yet is no fault, before the form was sent."""
        if not self.fields or not self.sent:
            return "", None
        try:
            return "", asked(self.fields, self.rows, self.columns, self.only)
        except CannotBeCalculated as refused:
            return self.refusal({"code": refused.code, **refused.detail}), None

    def refusal(self, refusal: Mapping[str, Any]) -> str:
        return refusal_text(refusal, self.fields, self.language)

    @property
    def row_choices(self) -> list[tuple[str, str, bool]]:
        return self._choices(self.fields.values(), self.rows)

    @property
    def column_choices(self) -> list[tuple[str, str, bool]]:
        return self._choices([field for field in self.fields.values() if not field.several], self.columns)

    def _choices(self, fields: Any, chosen: str) -> list[tuple[str, str, bool]]:
        return [(field.name, listed_name(field, self.language), field.name == chosen) for field in fields]

    @property
    def narrowings(self) -> list[Narrowing]:
        return [
            Narrowing(
                listed_name(field, self.language),
                tuple(
                    (
                        f"{ONLY}{field.name}:{key}",
                        category_name(field, key, self.language),
                        f"{field.name}:{key}" in self.only,
                    )
                    for key in field.keys
                ),
            )
            for field in self.fields.values()
            if field.narrows
        ]

    @property
    def chips(self) -> list[Chip]:
        if self.wanted is None:
            return []
        return [
            Chip(
                field_name(self.fields[each.field], self.language),
                category_name(self.fields[each.field], key, self.language),
                address(self.wanted, without=f"{each.field}:{key}"),
            )
            for each in self.wanted.filters
            for key in each.keys
        ]

    def listed(self, tables: Iterable[ReportTable], left_out: Iterable[Mapping[str, Any]]) -> list[Listed]:
        missing = {
            (each["rows"], each["columns"]): left_out_text(each, self.fields, self.language) for each in left_out
        }
        return [
            Listed(
                table.pk,
                table_name(self.fields, table.rows, table.columns, self.language),
                address(Asked(table.rows, table.columns))
                if {table.rows, table.columns} <= self.fields.keys()
                else None,
                missing.get((table.rows, table.columns), ""),
            )
            for table in tables
        ]


def address(wanted: Asked, *, without: str = "") -> str:
    """The query of a table."""
    chips = [f"{each.field}:{key}" for each in wanted.filters for key in each.keys]
    only = [(f"{ONLY}{chip}", "1") for chip in chips if chip != without]
    return f"?{urlencode([(ROWS, wanted.rows), (COLUMNS, wanted.columns), *only], safe=':')}"
