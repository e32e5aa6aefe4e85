"""SVG into PNG, by the worker: the same type and the same engine as the PDF, so every machine paints the same."""

import re

SIZE = re.compile(rb'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
LANGUAGE = re.compile(rb'^<svg [^>]*?lang="(\w+)"')
POINTS, DOTS = 0.75, 96
"""A pixel of SVG is three quarters of a point; 96 of them are an inch."""


def paint(drawn: bytes, scale: float) -> bytes:
    """Signs that the type does not have are replaced as in the PDF."""
    import typst

    from apps.reports.documents.font import fonts
    from apps.reports.documents.signs import Setting

    size = SIZE.match(drawn)
    assert size
    wide, high = (float(side) * POINTS for side in size.groups())
    page = f'#set page(width: {wide}pt, height: {high}pt, margin: 0pt)\n#image("drawn.svg", width: 100%)'
    language = LANGUAGE.search(drawn)
    setting = Setting(language[1].decode() if language else "ja")
    files = {"main.typ": page.encode(), "drawn.svg": setting(drawn.decode()).encode()}
    return typst.compile(files, font_paths=fonts(), format="png", ppi=DOTS * scale)
