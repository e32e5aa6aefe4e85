"""A sheet to draw on: what is put there is kept as SVG, by attributes only, so that no policy of a page refuses it."""

import re
from collections.abc import Sequence
from html import escape

from apps.reports.drawings.measure import width, wrap
from apps.reports.drawings.palette import DONT_KNOW, HIDDEN, PATTERNS, THEMES

FONTS = (
    "IPAexGothic, 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic', 'Noto Sans JP', 'Noto Sans CJK JP',"
    " sans-serif"
)
SMALL, PLAIN, LARGE = 12.0, 13.0, 16.0
LEADING = 1.4
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Canvas:
    """`width` is given, `height` grows with what is drawn: whoever draws moves `y` on."""

    def __init__(self, width: float, theme: str = "light") -> None:
        self.width = width
        self.theme = THEMES[theme]
        self.y = 0.0
        self.parts: list[str] = []

    @property
    def narrow(self) -> bool:
        return self.width < 560

    def add(self, name: str, words: str = "", **given: object) -> None:
        attributes = "".join(
            f' {key.rstrip("_").replace("_", "-")}="{number(value)}"' for key, value in given.items() if value != ""
        )
        self.parts.append(f"<{name}{attributes}>{clean(words)}</{name}>" if words else f"<{name}{attributes}/>")

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, edge: bool = True, round_: float = 0) -> None:
        stroke = self.theme.edge if edge else ""
        self.add("rect", x=x, y=y, width=max(w, 0), height=max(h, 0), fill=fill, stroke=stroke, rx=round_ or "")

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float = 1, dashes: str = "") -> None:
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=thick, stroke_dasharray=dashes)

    def dot(self, x: float, y: float, r: float, fill: str, *, ring: str = "") -> None:
        """A ring where `ring` names its colour."""
        self.add("circle", cx=x, cy=y, r=r, fill=fill, stroke=ring or self.theme.edge, stroke_width=2 if ring else 1)

    def words(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = PLAIN,
        anchor: str = "start",
        fill: str = "",
        halo: str = "",
    ) -> None:
        """One line; `y` is its middle."""
        if not words:
            return
        self.add(
            "text",
            words,
            x=x,
            y=y + size * 0.36,
            font_size=size,
            text_anchor="" if anchor == "start" else anchor,
            fill=fill or self.theme.ink,
            stroke=halo,
            stroke_width=4 if halo else "",
            stroke_linejoin="round" if halo else "",
            paint_order="stroke" if halo else "",
        )

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float = PLAIN, **given: str) -> float:
        """Several; `y` is their top. Returns where they end."""
        for place, line in enumerate(lines):
            self.words(x, y + (place + 0.5) * size * LEADING, line, size=size, **given)
        return y + len(lines) * size * LEADING

    def paragraph(self, words: str, *, size: float = PLAIN, fill: str = "", most: int = 9, x: float = 0) -> None:
        """Across the sheet, below what is there."""
        if words:
            self.y = self.lines(x, self.y, wrap(words, size, self.width - x, most), size=size, fill=fill)

    def axis(self, name: str, x: float = 0) -> None:
        """What the numbers are, above them; of percent the numbers say it themselves."""
        if name and name != "%":
            self.paragraph(name, size=SMALL, fill=self.theme.soft, x=x)
            self.y += 4

    def on(self, x: float, y: float, words: str, fill: str, ink: str, size: float = PLAIN) -> None:
        """In the middle of a coloured place."""
        halo = "#ffffff" if fill in {DONT_KNOW, HIDDEN} else ""
        self.words(x, y, words, size=size, anchor="middle", fill=ink, halo=halo)

    def fits(self, words: str, size: float, room: float) -> bool:
        return width(words, size) <= room

    def svg(self, *, title: str, description: str, language: str, around: float = 12) -> bytes:
        w, h = self.width + 2 * around, self.y + 2 * around
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(w)}" height="{number(h)}"'
            f' viewBox="0 0 {number(w)} {number(h)}" role="img" lang="{escape(language)}" font-family="{FONTS}">'
            f"<title>{clean(title)}</title><desc>{clean(description)}</desc><defs>{PATTERNS}</defs>"
            f'<rect width="{number(w)}" height="{number(h)}" fill="{self.theme.sheet}"/>'
            f'<g transform="translate({number(around)} {number(around)})">{"".join(self.parts)}</g></svg>'
        ).encode()


def number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


def clean(words: str) -> str:
    """As text of XML, which has no place for control signs."""
    return escape(NOT_XML.sub(" ", words), quote=False)
