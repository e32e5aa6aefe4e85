"""Panels of the report's own: a picture in HTML whose template needs more than lines and segments."""

from dataclasses import dataclass
from typing import Any

from apps.reports.pictures import Panel


@dataclass(frozen=True)
class Drawn(Panel):
    """`data`: what the template draws."""

    data: Any = None


def drawn(template: str, data: Any) -> Drawn:
    return Drawn(template=template, lines=(), data=data)
