"""Which picture a map gets, what it is made of, and what is said of it to those who do not see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.reports.maps.shapes import Axis, Column, Disc, Tile, columns, discs, frame, height_of, tiles
from apps.reports.maps.words import AREAS_TO, group_name, people_text
from apps.reports.numbers import count_text

SPECTRUM, PLANE, GROUPS = "spectrum", "plane", "groups"

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """`kind` is empty where there is nothing to draw. `median`: where half of the people stand on either side."""

    kind: str
    described: str = ""
    columns: tuple[Column, ...] = ()
    tiles: tuple[Tile, ...] = ()
    discs: tuple[Disc, ...] = ()
    height: float = 0.0
    median: float | None = None


def picture(summary: Summary) -> Picture:
    kind, axis = kind_of(summary), axis_of(summary)
    if kind == GROUPS:
        areas = discs(summary["groups"])
        return Picture(kind, groups_in_words(summary), discs=areas, height=height_of(areas))
    if kind == PLANE:
        cells = summary["plane"]["cells"]
        fields = tiles(cells, frame(cells))
        return Picture(kind, plane_in_words(fields), tiles=fields, height=height_of(fields))
    if kind == SPECTRUM and axis:
        return Picture(kind, axis_in_words(axis), columns=columns(axis), median=axis.at(axis.median))
    return Picture("")


def kind_of(summary: Summary) -> str:
    """None where nothing is shared, or where too few stand anywhere to be shown."""
    if not summary["enough"] or summary["story"] == "none":
        return ""
    if summary["story"] == "groups":
        return GROUPS if summary.get("groups") else ""
    if summary["d"] > 1 and (summary.get("plane") or {}).get("cells"):
        return PLANE
    return SPECTRUM if axis_of(summary) else ""


def axis_of(summary: Summary) -> Axis | None:
    cells = (summary.get("axis") or {}).get("cells")
    return Axis(cells) if cells else None


def groups_in_words(summary: Summary) -> str:
    groups = sorted(summary["groups"], key=lambda group: group["id"])
    sizes = (f"{group_name(group['id'])} {people_text(group['readers'])}" for group in groups)
    return _("Areas, each as large as its group: {groups}.").format(groups=_(", ").join(sizes))


def plane_in_words(fields: Sequence[Tile]) -> str:
    return _("A field divided into {areas} areas; each stands for ten people or more, {people} together.").format(
        areas=len(fields), people=count_text(sum(each.readers for each in fields), AREAS_TO)
    )


def axis_in_words(axis: Axis) -> str:
    return _(
        "A shape along a line, in {columns} columns; each stands for ten people or more. Half of the {people}"
        " people drawn stand on either side of the line in the middle."
    ).format(columns=len(axis.cells), people=count_text(axis.readers, AREAS_TO))
