"""What stands on a card: the question, and, where results are public, about how many answered and the first picture."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from math import floor, log10

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.reports.headlines import headline
from apps.reports.models import ResultEpoch
from apps.reports.report.about import About
from apps.reports.report.blocks import Chart
from apps.reports.report.told.charts import chart_of
from apps.reports.sides import asks_for_opinion
from apps.surveys.definition import canonical
from apps.surveys.queries import instrument

DRAWING = 1
"""Raised whenever the same words would be drawn differently."""


@dataclass(frozen=True)
class Card:
    """`finding`: the sentence above the picture. Everything but the title may be empty."""

    language: str
    title: str
    kind: str
    operator: str
    answers: str = ""
    finding: str = ""
    chart: Chart | None = None
    warning: str = ""

    @property
    def fingerprint(self) -> str:
        return sha256(canonical([DRAWING, asdict(self)])).hexdigest()


def card(inquiry: Inquiry, language: str, epoch: ResultEpoch | None) -> Card:
    """`epoch`: what everybody may see, or None."""
    with override(language):
        found = results(inquiry, language, epoch) if epoch else ("", "", None)
        return Card(
            language=language,
            title=in_language(inquiry.title, language),
            kind=_("Readers' survey"),
            operator=inquiry.publication.operator or inquiry.publication.name,
            answers=found[0],
            finding=found[1],
            chart=found[2],
            warning=_("Demonstration: the answers here are simulated") if inquiry.simulated else "",
        )


def results(inquiry: Inquiry, language: str, epoch: ResultEpoch) -> tuple[str, str, Chart | None]:
    """How many, and the first question of opinion that has something to show."""
    about, rounded = about_of(inquiry, language, epoch), about_how_many(epoch.content["answered"])
    answers = ngettext("about {number} answer", "about {number} answers", rounded).format(number=f"{rounded:,}")
    for entry in epoch.content["questions"]:
        question = about.question(entry["id"])
        if asks_for_opinion(question) and not entry["hidden"]:
            found = headline(question, entry, language, about.counts_to)
            return answers, found, chart_of(question, entry, {}, about, found)
    return answers, "", None


def about_of(inquiry: Inquiry, language: str, epoch: ResultEpoch) -> About:
    return About(
        content={
            "profile": {"counts_to": epoch.content["method"]["counts_to"]},
            "inquiry": {"simulated": inquiry.simulated},
            "parts": {},
        },
        definition=instrument(epoch.version_id).definition,
        language=language,
        operator="",
        intervals=False,
    )


def about_how_many(readers: int) -> int:
    """Two digits and zeros, downwards: 10, 57, 410, 1,200."""
    step = 10 ** max(0, floor(log10(readers)) - 1) if readers else 1
    return readers // step * step
