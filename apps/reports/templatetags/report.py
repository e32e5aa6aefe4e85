"""How a report becomes HTML: which template draws which block, and a plain drawing where a figure has no own one."""

from django import template
from django.utils.translation import ngettext

from apps.reports.report.blocks import Block, Figure, Section
from apps.reports.report.html_charts import TONES, plain_panel

register = template.Library()


@register.filter
def drawn_by(block: Block) -> str:
    """`report/figure.html` for a Figure, and so on."""
    return f"report/{type(block).__name__.lower()}.html"


@register.filter
def pictures(figure: Figure) -> tuple[object, ...]:
    """Its own panels, else the chart as bars, dots or columns."""
    if figure.panels or figure.chart is None:
        return figure.panels
    drawn = plain_panel(figure.chart)
    return (drawn,) if drawn else ()


@register.filter
def gist(section: Section) -> str:
    """What a section that is folded says all the same: its finding, else that of its first figure, else how many."""
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    found = [each.headline for each in figures if not each.question.startswith(each.headline)]
    if section.lead or found or not figures:
        return section.lead or (found[0] if found else "")
    return ngettext("%(n)s figure", "%(n)s figures", len(figures)) % {"n": len(figures)}


@register.filter
def is_strong(place: int, strong: tuple[int, ...]) -> bool:
    return place in strong


@register.filter
def legend_tone(tone: str) -> str:
    """As the stylesheet calls it."""
    return TONES.get(tone, tone)
