"""The method box: who could answer, how they came, how many went how far, and what the numbers cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.inquiries.models import Inquiry
from apps.reports.models import ResultEpoch
from apps.reports.numbers import count_text, percent_text
from apps.surveys.queries import Instrument


@dataclass(frozen=True)
class Method:
    """`counts`, `devices` and `languages`: words with their numbers."""

    sentence: str
    counts: tuple[tuple[str, str], ...]
    devices: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    smallest_cell: int
    smallest_group: int
    counts_to: int
    instrument_sha256: str
    epoch_sha256: str


def method(epoch: ResultEpoch, instrument: Instrument, inquiry: Inquiry, language: str) -> Method:
    content, rules = epoch.content, epoch.content["method"]
    return Method(
        sentence=method_sentence(content, instrument, inquiry, language),
        counts=counts(content),
        devices=parts(rules["devices"], device_names()),
        languages=parts(rules["languages"], language_names()),
        smallest_cell=rules["smallest_cell"],
        smallest_group=rules["smallest_group"],
        counts_to=rules["counts_to"],
        instrument_sha256=instrument.sha256,
        epoch_sha256=epoch.sha256,
    )


def method_sentence(content: Mapping[str, Any], instrument: Instrument, inquiry: Inquiry, language: str) -> str:
    """The author's own paragraph, filled in; ours where there is none."""
    template = instrument.definition.report_templates.get("method", {}).get(language) or _(
        "These results come from the {n} people who chose to take part. They were not picked at random, so the numbers"
        " do not stand for all readers or for the public, and no sampling error can be computed. Errors can also come"
        " from the wording of the questions, from who took part, and from hurried or untrue answers. Answers from"
        " {start} to {end}. Mode: self-completed on the web. Conducted by {operator}; funded by {funder}."
        " Weighting: {weighting}."
    )
    values = {
        "n": count_text(content["answered"], content["method"]["counts_to"]),
        "start": day_text(content["dates"]["first"]),
        "end": day_text(content["dates"]["last"]),
        "operator": operator_of(inquiry),
        "funder": inquiry.publication.funder or _("not stated"),
        "weighting": pgettext("weighting", "none"),
    }
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def counts(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    named = {
        _("Complete: four fifths of the questions or more"): content["complete"],
        _("Partial: half or more"): content["partial"],
        _("Broke off earlier"): content["break_off"],
    }
    return tuple((name, count_text(count, content["method"]["counts_to"])) for name, count in named.items())


def parts(shown: Mapping[str, Any], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The largest part first, what is hidden last."""
    by_size = sorted(shown["shares"], key=lambda key: (-(shown["shares"][key] or 0), key))
    return tuple((names.get(key, key), percent_text(shown["shares"][key], shown["counts"][key])) for key in by_size)


def device_names() -> dict[str, str]:
    return {
        "phone": pgettext("device", "Phone"),
        "tablet": pgettext("device", "Tablet"),
        "computer": pgettext("device", "Computer"),
        "other": pgettext("device", "Other"),
    }


def language_names() -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES}


def operator_of(inquiry: Inquiry) -> str:
    return inquiry.publication.operator or inquiry.publication.name


def day_text(day: str) -> str:
    return date_format(date.fromisoformat(day), "DATE_FORMAT")


def dates_text(dates: Mapping[str, str]) -> str:
    first, last = day_text(dates["first"]), day_text(dates["last"])
    return first if first == last else _("{first} to {last}").format(first=first, last=last)
