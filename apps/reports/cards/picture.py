"""A card as SVG, 1200 × 630: large words that can be read on a phone, in a list of messages."""

from dataclasses import replace
from html import escape

from apps.reports.cards.content import Card
from apps.reports.drawings.canvas import FONTS, Canvas, clean
from apps.reports.drawings.drawing import KINDS
from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import PATTERNS
from apps.reports.report.blocks import Chart

WIDE, HIGH, EDGE = 1200, 630, 64
INSIDE = WIDE - 2 * EDGE
PAPER, INK, SOFT, COUNTER = "#fbfaf6", "#1c1d21", "#565861", "#a34e05"
MARK = (
    '<g transform="translate(64 46) scale(2.1)"><path d="M16.6 19.4A9 9 0 1 1 20.6 13" fill="none" stroke="#1c1d21"'
    ' stroke-width="2.2" stroke-linecap="round"/><circle cx="19.6" cy="18.2" r="2.3" fill="#b35806"/></g>'
)
SCALES = (2, 1.85, 1.7, 1.55, 1.4)
MOST_ROWS = 4


def svg(card: Card) -> bytes:
    parts = [MARK, line(126, 82, "問いかけ" if card.language == "ja" else "Toikake", 30, INK)]
    parts.append(line(WIDE - EDGE, 82, card.kind, 24, SOFT, "end"))
    chart = card.chart
    size, lines = title(card.title, 2 if chart else 4)
    y = 132.0 if chart else 170.0
    for words in lines:
        parts.append(line(EDGE, y + size * 0.95, words, size, INK))
        y += size * 1.32
    if card.finding:
        y += 10
        for words in wrap(card.finding, 25, INSIDE, 2):
            parts.append(line(EDGE, y + 25, words, 25, SOFT))
            y += 36
    parts += picture(chart, y + 24, HIGH - 96 - y - 36) if chart else []
    foot = " · ".join(part for part in (card.answers, card.operator) if part)
    parts.append(f'<path d="M{EDGE} {HIGH - 84}H{WIDE - EDGE}" stroke="#dcd8cc" stroke-width="2"/>')
    room = INSIDE - (width(card.warning, 22) + 30 if card.warning else 0)
    parts.append(line(EDGE, HIGH - 38, wrap(foot, 24, room, 1)[0], 24, SOFT))
    if card.warning:
        parts.append(line(WIDE - EDGE, HIGH - 38, card.warning, 22, COUNTER, "end"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
        f' lang="{escape(card.language)}" font-family="{FONTS}"><title>{clean(card.title)}</title>'
        f'<defs>{PATTERNS}</defs><rect width="{WIDE}" height="{HIGH}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    ).encode()


def title(words: str, most: int) -> tuple[int, list[str]]:
    """As large as fits into so many lines; a title that never does is cut."""
    for size in (60, 54, 48, 42, 38):
        lines = wrap(words, size, INSIDE, 99)
        if len(lines) <= most:
            return size, lines
    return 38, wrap(words, 38, INSIDE, most + 1)


def picture(chart: Chart, top: float, room: float) -> list[str]:
    """The first chart as large as there is room, its rows cut to a few; none where it would be too small to read."""
    for rows in range(min(MOST_ROWS, len(chart.rows)), min(2, len(chart.rows)) - 1, -1):
        for scale in SCALES:
            canvas = Canvas(INSIDE / scale)
            canvas.theme = canvas.theme.on(PAPER)
            KINDS[chart.kind](canvas, replace(chart, rows=chart.rows[:rows]))
            if canvas.y * scale <= room:
                down = top + (room - canvas.y * scale) / 3
                return [f'<g transform="translate({EDGE} {down:.1f}) scale({scale})">{"".join(canvas.parts)}</g>']
    return []


def line(x: float, y: float, words: str, size: float, fill: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">{clean(words)}</text>'
