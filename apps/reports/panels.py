"""Which picture a kind of question gets."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.reports.bars import bar, is_bar
from apps.reports.columns import columns
from apps.reports.dots import dots, ranks
from apps.reports.headlines import sentence
from apps.reports.numbers import n_text
from apps.reports.pictures import Entry, Panel, Style
from apps.surveys.definition import Question, Row


def panels(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    """Nothing to draw where the whole question is hidden."""
    if entry["hidden"]:
        return ()
    return BUILDERS[question.kind](question, entry, style)


def one_choice(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return (picture(question, entry, style, mark=question.id),)


def choice_per_row(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return tuple(row_panel(question, row, entry["rows"][row.code], style) for row in question.rows)


def row_panel(question: Question, row: Row, entry: Entry, style: Style) -> Panel:
    """A row that too few have answered keeps its place and says so."""
    title = row_title(question, row, entry, style)
    if entry["hidden"]:
        return Panel("reports/withheld.html", (), title=title, note=n_text(entry, style.counts_to))
    return picture(question, entry, style, mark=f"{question.id}.{row.code}", title=title)


def row_title(question: Question, row: Row, entry: Entry, style: Style) -> str:
    label = in_language(row.label, style.language)
    found = entry.get("finding")
    if not found:
        return label
    return _("{row}: {finding}").format(row=label, finding=sentence(question, found, style.language))


def picture(question: Question, entry: Entry, style: Style, *, mark: str, title: str = "") -> Panel:
    drawn = bar if is_bar(question) else dots
    return drawn(question, entry, style, mark=mark, title=title)


def no_panels(question: Question, entry: Entry, style: Style) -> tuple[Panel, ...]:
    return ()


Builder = Callable[[Question, Entry, Style], tuple[Panel, ...]]
BUILDERS: dict[str, Builder] = {
    "single_ordinal": one_choice,
    "single_nominal": one_choice,
    "paired_ab": one_choice,
    "item_by_item": choice_per_row,
    "rank_top_k": ranks,
    "multiple": one_choice,
    "scale": columns,
    "number": columns,
    "date": columns,
    "open_text": no_panels,
}
