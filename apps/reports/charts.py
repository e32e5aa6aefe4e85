"""Results as HTML: drawn once for each epoch and language, the reader's own answers marked in a copy."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.punctuation import named
from apps.inquiries.models import Inquiry
from apps.reports.figures import page
from apps.reports.method import day_text
from apps.reports.models import ResultEpoch
from apps.surveys.queries import Instrument

MOST_KEPT = 64
AFTER_THE_FIRST, AFTER_THE_LAST = "<!--after the first-->", "<!--after the last-->"  # picture of what readers think
PLACE = re.compile(r"<!--(own|place|words|number|day) ([\w.:-]+)-->")

kept: dict[tuple[object, ...], str] = {}


def results_html(
    epoch: ResultEpoch,
    instrument: Instrument,
    inquiry: Inquiry,
    language: str,
    *,
    without: frozenset[str] = frozenset(),
) -> str:
    """The results of an epoch, with places where `mark_own` puts the reader's own answers.

    `without`: questions that a reader is still to be asked and must not read here before.
    """
    key = (epoch.pk, instrument.version_id, language, inquiry.slug, inquiry.simulated, without, *who_runs(inquiry))
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        with override(language):
            kept[key] = render_to_string(
                "reports/results.html",
                {"page": page(epoch, instrument, inquiry, language, without=without), "language": language},
            )
    return kept[key]


def who_runs(inquiry: Inquiry) -> tuple[str, str, str]:
    """What a figure prints that is not in the epoch and may change."""
    return inquiry.publication.name, inquiry.publication.operator, inquiry.publication.funder


def mark_own(html: str, answers: Mapping[str, Any], language: str) -> str:
    """The same page with the reader's own answers marked in words; without answers the places are just taken out."""
    if not answers:
        return PLACE.sub("", html)
    with override(language):
        marks = own_marks(answers)
    return PLACE.sub(lambda found: marks.get((found[1], found[2]), ""), html)


def own_marks(answers: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What to write at which place: beside an option, beside a ranked option, or under a figure without options.

    The page says by its places what a question asks for; an answer that was left blank fits none of them.
    """
    marks: dict[tuple[str, str], str] = {}
    for question, answer in answers.items():
        if isinstance(answer, Mapping) and "code" in answer:
            marks |= option_marks(question, [answer["code"]])
        elif isinstance(answer, Mapping):
            for row, code in answer.items():
                marks |= option_marks(f"{question}.{row}", [code])
        elif isinstance(answer, list):
            marks |= option_marks(question, answer)
        elif isinstance(answer, str):
            marks["words", question] = written_mark(answer)
            marks["day", question] = written_mark(day_or_text(answer))
        elif answer is not None and not isinstance(answer, bool):
            marks |= option_marks(question, [answer])
            marks["number", question] = written_mark(f"{answer:,}")
    return marks


def written_mark(text: str) -> str:
    return format_html('<p class="yours">{}</p>', named(_("Your answer"), text))


def day_or_text(text: str) -> str:
    try:
        return day_text(text)
    except ValueError:
        return text


def option_marks(name: str, given: list[Any]) -> dict[tuple[str, str], str]:
    marks: dict[tuple[str, str], str] = {}
    for place, code in enumerate(given, start=1):
        marks["own", f"{name}:{code}"] = format_html(' <em class="yours">{}</em>', _("Your answer"))
        marks["place", f"{name}:{code}"] = format_html(
            ' <em class="yours">{}</em>', _("Your no. {place}").format(place=place)
        )
    return marks
