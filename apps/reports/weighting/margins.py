"""To what readers can be weighted: the categories of closed questions about themselves. What was entered, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.reports.crosstables.fields import Field, Source, fields_of
from apps.reports.sides import asks_for_opinion
from apps.surveys.definition import Definition


@dataclass(frozen=True)
class Entered:
    """`shares` in percent by category; where they come from, of which day, and an address to look them up."""

    field: str
    shares: Mapping[str, float]
    source: str
    date: str
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "shares": dict(self.shares),
            "source": self.source,
            "date": self.date,
            "url": self.url,
        }


def margin_fields(definition: Definition) -> dict[str, Field]:
    return {name: field for name, field in fields_of(definition).items() if can_be_margin(field)}


def can_be_margin(field: Field) -> bool:
    if field.source != Source.QUESTION or field.several or field.question is None:
        return False
    return not asks_for_opinion(field.question) and len(categories(field)) > 1


def categories(field: Field) -> tuple[str, ...]:
    """Who would not say, or did not know, has no share anywhere else."""
    apart = {str(option.code) for option in field.question.options if option.role != "answer"} if field.question else ()
    return tuple(key for key in field.keys if key not in apart)
