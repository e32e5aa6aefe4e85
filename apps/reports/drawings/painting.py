"""SVG into PNG, by the worker."""

from functools import cache

from apps.reports.documents.font import folder


@cache
def ready() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(folder()))


def paint(drawn: bytes, scale: float) -> bytes:
    import vl_convert

    ready()
    return vl_convert.svg_to_png(drawn.decode(), scale=scale)
