"""A report as PDF: set by typst with one embedded type, tagged for screen readers, and the same bytes each time."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.reports.documents.font import fonts
from apps.reports.documents.laying_out import LaidOut
from apps.reports.documents.qr import qr_svg
from apps.reports.documents.signs import each
from apps.reports.report.blocks import Report, Section
from apps.surveys.definition import canonical

TEMPLATE = Path(__file__).with_name("report.typ")
HASH = re.compile(r"\b([0-9a-f]{8})(?:[0-9a-f]{8}|[0-9a-f]{56})\b")
STANDARDS = ["a-2a", "ua-1"]
"""To be kept for long, and to be read by everybody: type embedded, structure tagged, language and title stated."""


@dataclass(frozen=True)
class Imprint:
    """What a printed copy says of itself. `link`: where the report stands; empty where it stands nowhere."""

    author: str
    made_at: datetime
    link: str = ""


def pdf(report: Report, imprint: Imprint, appendix: tuple[Section, ...] = ()) -> bytes:
    import typst

    with override(report.language):
        laid_out = LaidOut(replace(report, sections=report.sections + appendix))
        files = whole(laid_out, imprint)
    return typst.compile(  # type: ignore[call-overload]
        {"main.typ": TEMPLATE.read_bytes(), **files},
        font_paths=fonts(),
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=imprint.made_at.replace(microsecond=0),
    )


def whole(laid_out: LaidOut, imprint: Imprint) -> dict[str, bytes]:
    """Everything that the page reads. What could not be set is known at the very end, and is told there."""
    made = imprint.made_at
    data: dict[str, Any] = {
        **laid_out.data,
        "author": laid_out.words(imprint.author),
        "made": {name: getattr(made, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "link": imprint.link,
        "code": "code.svg" if imprint.link else "",
        "footer": footer(laid_out, imprint),
        "words": {
            "kind": _("Report on a readers' survey"),
            "contents": _("Contents"),
            "simulated": _("Demonstration: the answers here are simulated"),
            "code": _("QR code that leads to this report:"),
        },
    }
    if laid_out.setting.lost:
        data["sections"] = [*data["sections"], lost_signs(laid_out)]
    code = {"code.svg": qr_svg(imprint.link)} if imprint.link else {}
    return {"report.json": canonical(data), **laid_out.files, **code}


def footer(laid_out: LaidOut, imprint: Imprint) -> list[str]:
    """Hashes by their beginnings: the first page has them whole."""
    stamp = " · ".join(f"{name} {said}" for name, said in laid_out.data["stamp"])
    stamp = HASH.sub(r"\1…", stamp)
    return [line for line in (stamp, laid_out.words(imprint.link)) if line]


def lost_signs(laid_out: LaidOut) -> dict[str, Any]:
    """A last page, where there is anything to tell."""
    rows = [[code, name, f"{times:,}"] for code, name, times in laid_out.setting.listed()]
    said = _(
        "The typeface of this document lacks these characters. In their place stands 〓, or the nearest plain letter."
    )
    table = {
        "kind": "table",
        "columns": [_("Code point"), _("Name"), _("Times")],
        "rows": rows,
        "widths": [5, 16, 3],
        "right": [False, False, True],
        "caption": "",
        "notes": [],
        "strong": [],
    }
    words = {"kind": "words", "tone": "plain", "text": said}
    return {
        "title": _("Characters that could not be set"),
        "apart": False,
        "lead": "",
        "blocks": [each(words, str), table],
    }
