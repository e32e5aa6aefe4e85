"""An address as QR code: an SVG of one path, black on white, with the quiet zone that scanners ask for."""

from io import BytesIO

import segno


def qr_svg(address: str, *, title: str = "") -> bytes:
    """Half of it may be missing or dirty by a quarter; the same address gives the same bytes."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None,
        title=title or None,
    )  # fmt: skip
    return out.getvalue().strip()
