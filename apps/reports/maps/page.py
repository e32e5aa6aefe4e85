"""A stored map as a page: sentence, picture, the statements that belong to it, how sure it is, what stands below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.debates.models import OpinionMap
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import profile_of
from apps.reports.maps.pictures import Picture, picture
from apps.reports.maps.rows import Spoken, TableLine, table_line
from apps.reports.maps.sections import Section, sections
from apps.reports.maps.sides import Side, sides_of
from apps.reports.maps.sureness import Sureness, sureness
from apps.reports.maps.words import AREAS_TO, explanation, headline
from apps.reports.method import operator_of
from apps.reports.numbers import count_text

MOST_IN_THE_TABLE = 200

Texts = Mapping[int, Spoken]
Entries = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class MapFacts:
    """Printed below every map."""

    slug: str
    base: str
    number: int
    made_at: datetime
    operator: str
    counts_to: int
    simulated: bool
    missing: int


@dataclass(frozen=True)
class MapPage:
    headline: str
    explanation: str
    picture: Picture
    sides: tuple[Side, ...]
    sections: tuple[Section, ...]
    sureness: Sureness | None
    table: tuple[TableLine, ...]
    more_in_the_table: int
    facts: MapFacts


def map_page(stored: OpinionMap, texts: Texts, inquiry: Inquiry) -> MapPage:
    """In the active language. `texts`: the statements that are served today."""
    summary, counts_to = stored.summary, profile_of(inquiry.privacy_profile).counts_to
    entries = {entry["number"]: entry for entry in summary["statements"]}
    shown = [entry for entry in summary["statements"] if entry["number"] in texts]
    drawn = picture(summary)
    return MapPage(
        headline=headline(summary, counts_to),
        explanation=explanation(summary, drawn.kind),
        picture=drawn,
        sides=sides_of(summary, texts),
        sections=sections(summary, shown, texts, counts_to),
        sureness=sureness(summary),
        table=table(texts, entries, counts_to),
        more_in_the_table=max(0, len(texts) - MOST_IN_THE_TABLE),
        facts=facts(stored, inquiry, counts_to, missing=len(entries) - len(shown)),
    )


def table(texts: Texts, entries: Entries, counts_to: int) -> tuple[TableLine, ...]:
    """All in the order of their numbers; of very many, those with most votes."""
    votes = {number: entries[number]["votes"] or 0 if number in entries else 0 for number in texts}
    most_voted = sorted(texts, key=lambda number: (-votes[number], number))[:MOST_IN_THE_TABLE]
    return tuple(table_line(texts[each], entries.get(each), counts_to) for each in sorted(most_voted))


def facts(stored: OpinionMap, inquiry: Inquiry, counts_to: int, *, missing: int) -> MapFacts:
    return MapFacts(
        slug=inquiry.slug,
        base=_("{people} people who voted here, {votes} votes").format(
            people=count_text(stored.summary["readers"], counts_to),
            votes=count_text(stored.summary["votes"], counts_to),
        ),
        number=stored.number,
        made_at=timezone.localtime(stored.created_at),
        operator=operator_of(inquiry),
        counts_to=max(counts_to, AREAS_TO),
        simulated=inquiry.simulated,
        missing=missing,
    )
