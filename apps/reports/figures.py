"""An epoch as a page: a figure for each question, and the facts that are printed beside every one of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.reports.headlines import headline, page_headline
from apps.reports.method import Method, dates_text, method, operator_of
from apps.reports.models import ResultEpoch
from apps.reports.numbers import count_text, n_text, whole_percent
from apps.reports.panels import panels
from apps.reports.pictures import Panel, Style
from apps.reports.sides import asks_for_opinion
from apps.reports.twice.figure import TwiceFigure, twice
from apps.reports.version_differences import asked_otherwise
from apps.reports.version_notes import version_notes
from apps.surveys.definition import Definition, Question
from apps.surveys.queries import Instrument, definitions_by_number

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """Everything that is printed about one question."""

    id: str
    headline: str
    question: Question
    condition: str
    base: str
    panels: tuple[Panel, ...]
    hidden: bool
    about_readers: bool
    notes: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """Own answers that have no line in a table are repeated under the figure: words, a number or a day."""
        return {"open_text": "words", "number": "number", "date": "day"}.get(self.question.kind, "")


@dataclass(frozen=True)
class Facts:
    """What is the same beside every figure."""

    slug: str
    dates: str
    operator: str
    epoch: int
    versions: str
    made_at: datetime
    counts_to: int
    smallest_base: int
    simulated: bool


@dataclass(frozen=True)
class Page:
    """`in_suspense`: something is kept back from a reader who is still to be asked it."""

    headline: str
    figures: tuple[Figure, ...]
    twice: TwiceFigure | None
    facts: Facts
    method: Method
    in_suspense: bool = False

    @property
    def opinions(self) -> list[Figure]:
        return [figure for figure in self.figures if not figure.about_readers]

    @property
    def readers(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.about_readers]


def page(
    epoch: ResultEpoch, instrument: Instrument, inquiry: Inquiry, language: str, *, without: Collection[str] = ()
) -> Page:
    """Everything in `language`, which must be the active one. `without`: questions this reader is still to meet."""
    content, definition = epoch.content, instrument.definition
    style = Style(language, content["method"]["counts_to"])
    shown = [entry for entry in content["questions"] if entry["id"] not in without]
    entries = [(definition.question(entry["id"]), entry) for entry in shown]
    otherwise = otherwise_in(epoch)
    return Page(
        headline=page_headline(*entries[0], language, style.counts_to),
        figures=tuple(
            replace(
                figure(question, entry, definition, style),
                notes=tuple(version_notes(question, otherwise.get(question.id, {}), language)),
            )
            for question, entry in entries
        ),
        twice=None if without else twice(content.get("prepost"), definition, style),
        in_suspense=bool(without),
        facts=facts(epoch, inquiry),
        method=method(epoch, instrument, inquiry, language),
    )


def otherwise_in(epoch: ResultEpoch) -> dict[str, Any]:
    """By question, what only the readers of some versions were offered, and what some were asked in other words."""
    return asked_otherwise([entry["id"] for entry in epoch.content["questions"]], versions_in(epoch))


def versions_in(epoch: ResultEpoch) -> dict[int, Definition]:
    """Which of them somebody had answered, by number; not looked up where it was one only."""
    numbers = epoch.content["versions"]
    return definitions_by_number(epoch.inquiry_id, numbers) if len(numbers) > 1 else {}


def figure(question: Question, entry: Entry, definition: Definition, style: Style) -> Figure:
    return Figure(
        id=question.id,
        headline=headline(question, entry, style.language, style.counts_to),
        question=question,
        condition=condition(question, definition, style.language),
        base=base_text(question, entry, style),
        panels=panels(question, entry, style),
        hidden=entry["hidden"],
        about_readers=not asks_for_opinion(question),
    )


def facts(epoch: ResultEpoch, inquiry: Inquiry) -> Facts:
    content = epoch.content
    return Facts(
        slug=inquiry.slug,
        dates=dates_text(content["dates"]),
        operator=operator_of(inquiry),
        epoch=epoch.number,
        versions=", ".join(str(number) for number in content["versions"]),
        made_at=timezone.localtime(epoch.created_at),
        counts_to=content["method"]["counts_to"],
        smallest_base=content["method"]["smallest_base"],
        simulated=inquiry.simulated,
    )


def condition(question: Question, definition: Definition, language: str) -> str:
    """Who was asked, where not everybody was."""
    if question.shown_if is None:
        return ""
    asked = definition.question(question.shown_if.question)
    label = next(
        in_language(option.label, language) for option in asked.options if option.code == question.shown_if.equals
    )
    return _("asked of those who had answered “{answer}”").format(answer=label)


def base_text(question: Question, entry: Entry, style: Style) -> str:
    """Who stands behind the percentages, and how many of them did not know or would not say."""
    text = _("{n}: those who answered this question").format(n=n_text(entry, style.counts_to))
    for option in question.options:
        share = entry.get("shares", {}).get(str(option.code))
        if option.role != "answer" and share:
            text += _(", with {percent} “{answer}”").format(
                percent=f"{whole_percent(share)}%", answer=in_language(option.label, style.language)
            )
    if entry["blank"]:
        text += _("; {number} left it blank").format(number=count_text(entry["blank"], style.counts_to))
    return text
