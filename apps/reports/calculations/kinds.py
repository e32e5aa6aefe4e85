"""Everything that can be asked, by name: where the function is that works it out. The worker imports it when needed."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.inquiries.models import Inquiry

Calculate = Callable[["Inquiry", Mapping[str, Any]], Mapping[str, Any]]
"""From the inquiry and what was asked to a JSON object: numbers and codes, no words of any language."""

KINDS: dict[str, str] = {
    "report": "apps.reports.report.live:calculate",
    "edition": "apps.reports.report.publishing:calculate",
    "documents": "apps.reports.documents.asked:calculate",
    "texts": "apps.reports.texts.content:texts_content",
    "themes": "apps.reports.texts.themes:themes_content",
    "quality": "apps.reports.quality.counted:calculate",
    "table": "apps.reports.crosstables.calculating:calculate",
    "weights": "apps.reports.weighting.part:calculate",
}
"""`module:function` by kind."""


class CannotBeCalculated(Exception):
    """What was asked has no answer; `code` names the sentence that tells why, `detail` is put into it."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def calculate(kind: str) -> Calculate:
    module, name = KINDS[kind].split(":")
    return getattr(import_module(module), name)
