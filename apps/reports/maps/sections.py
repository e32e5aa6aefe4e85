"""Statements in lists, each with the rule by which they were chosen: shared, dividing, unsure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import named
from apps.reports.maps import rows as map_rows
from apps.reports.maps.rows import Row, Spoken
from apps.reports.maps.words import group_name
from apps.reports.numbers import fraction_text

Summary = Mapping[str, Any]
Entry = Mapping[str, Any]
Rows = Callable[[Sequence[Entry]], tuple[Row, ...]]


@dataclass(frozen=True)
class Section:
    """A list of statements under a heading, with a sentence that says by which rule they were chosen."""

    id: str
    title: str
    rule: str
    rows: tuple[Row, ...]
    nothing: str


def no_note(entry: Entry) -> str:
    return ""


def sections(
    summary: Summary, shown: Sequence[Entry], texts: Mapping[int, Spoken], counts_to: int
) -> tuple[Section, ...]:
    def rows(chosen: Sequence[Entry], note: Callable[[Entry], str] = no_note) -> tuple[Row, ...]:
        return tuple(map_rows.row(texts[entry["number"]], entry, counts_to, note=note(entry)) for entry in chosen)

    return (
        *(sections_of_sides(shown, rows) if has_sides(summary) else sections_of_all(shown, rows)),
        Section(
            "unsure",
            _("Where many are unsure"),
            _("At least two in ten chose “Don't know”."),
            rows(map_rows.unsure(shown), lambda entry: who_is_unsure(entry, summary["story"])),
            _("No statement leaves that many unsure."),
        ),
    )


def has_sides(summary: Summary) -> bool:
    return bool(summary["enough"] and summary["story"] != "none")


def sections_of_sides(shown: Sequence[Entry], rows: Rows) -> tuple[Section, ...]:
    rule = _("More than half agree on every side, habits of answering taken out; at least {votes} votes on each.")
    return (
        Section(
            "shared",
            _("What all sides share"),
            rule.format(votes=map_rows.FEWEST_PER_SIDE),
            rows(map_rows.shared(shown)),
            _("No statement has found that much agreement yet."),
        ),
        Section(
            "dividing",
            _("What divides most"),
            _("Where opinions lie furthest apart, measured over the whole map."),
            rows(map_rows.dividing(shown)),
            _("No statement divides opinions clearly yet."),
        ),
    )


def sections_of_all(shown: Sequence[Entry], rows: Rows) -> tuple[Section, ...]:
    """Where there are no sides, or none are known."""
    return (
        Section(
            "shared",
            _("What most people share"),
            _("More than half agree; at least {votes} votes.").format(votes=map_rows.FEWEST_VOTES),
            rows(map_rows.agreed(shown)),
            _("No statement has found that much agreement yet."),
        ),
        Section(
            "dividing",
            _("What people are split on"),
            _("Where agreeing and disagreeing are both frequent."),
            rows(map_rows.split(shown)),
            _("No statement divides opinions clearly yet."),
        ),
    )


def who_is_unsure(entry: Entry, story: str) -> str:
    """Side by side, in tenths; a side with too few votes is passed over."""
    told = [each for each in entry.get("unsure_of_sides") or () if each["share"] is not None]
    names = {0: _("one end"), 1: _("the middle"), 2: _("the other end")}
    parts = [
        _("{side} {share}").format(
            side=group_name(each["side"]) if story == "groups" else names[each["side"]],
            share=fraction_text(each["share"]),
        )
        for each in told
    ]
    return named(_("Don't know, by side"), _(", ").join(parts)) if len(parts) > 1 else ""
