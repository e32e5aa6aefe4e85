"""Dots on lines that begin at zero: options without an order, and rankings."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import count_text, n_text, percent_text, whole_percent
from apps.reports.pictures import Entry, Line, Panel, Style, line, place, shown_options
from apps.reports.sides import on_the_scale
from apps.surveys.definition import Option, Question

AXES = (0.25, 0.5, 0.75, 1.0)


def dots(question: Question, entry: Entry, style: Style, *, mark: str, title: str) -> Panel:
    """Unordered answers by size, `other`, `none` and don't-know last; ordered ones keep their order."""
    limit = axis_limit([entry["shares"]])
    lines = [
        line(option, entry, style, mark=mark, limit=limit)
        for option in dot_order(question, entry["shares"], shown_options(question, entry["counts"]))
    ]
    base = [n_text(entry, style.counts_to)] if title else []
    return Panel(
        template="reports/dots.html",
        lines=tuple(lines),
        title=title,
        axis=f"{whole_percent(limit)}%",
        note=" · ".join([*base, *mentions(entry)]),
    )


def dot_order(question: Question, shares: Mapping[str, float | None], options: Sequence[Option]) -> list[Option]:
    if question.kind == "single_ordinal":
        return list(options)
    free = [option for option in options if on_the_scale(option)]
    apart = [option for option in options if not on_the_scale(option)]
    return sorted(free, key=lambda option: -(shares[str(option.code)] or 0)) + apart


def mentions(entry: Entry) -> list[str]:
    """M.T.: answers given by all readers together, in percent of the readers."""
    if "mentions" not in entry:
        return []
    percent = f"{whole_percent(entry['mentions'])}%"
    return [_("Several answers were possible; together they come to {percent} (M.T.).").format(percent=percent)]


def axis_limit(shares: Sequence[Mapping[str, float | None]]) -> float:
    """The end of an axis that begins at zero and holds every share."""
    largest = max((share or 0 for each in shares for share in each.values()), default=0)
    return next(limit for limit in AXES if largest <= limit)


def ranks(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """A filled dot for the first choice, an open one for any of the first k, on the same line."""
    limit = axis_limit([entry["any"]["shares"], entry["first"]["shares"]])
    options = dot_order(question, entry["any"]["shares"], shown_options(question, entry["any"]["counts"]))
    lines = [rank_line(option, question, entry, style, limit) for option in options]
    note = _("among the first {top}").format(top=question.top)
    return (Panel("reports/ranks.html", tuple(lines), axis=f"{whole_percent(limit)}%", note=note),)


def rank_line(option: Option, question: Question, entry: Entry, style: Style, limit: float) -> Line:
    code, first, ranked = str(option.code), entry["first"], entry["any"]
    return Line(
        mark=f"{question.id}:{code}",
        label=in_language(option.label, style.language),
        percent=percent_text(ranked["shares"][code], ranked["counts"][code]),
        count=count_text(ranked["counts"][code], style.counts_to),
        at=place(ranked["shares"][code], limit),
        first_percent=percent_text(first["shares"][code], first["counts"][code]),
        first_at=place(first["shares"][code], limit),
    )
