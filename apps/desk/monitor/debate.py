"""The way on after the questions: statements, votes, one's own words, one's place, the first question once more."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.debates.queries import DebateCounts


@dataclass(frozen=True, slots=True)
class Stage:
    """`views` of a page, or `readers` who did something; what is not known is None. `width` of the bar in per cent."""

    label: str
    views: int | None
    readers: int | None
    width: float = 0.0


def stages(opened: Mapping[str, int], counts: DebateCounts, *, again: int | None) -> list[Stage]:
    """Empty where nobody has come that far. `again`: who answered the first question once more; None: not asked."""
    way = [
        Stage(_("Opened the statements"), opened.get("debate", 0), None),
        Stage(_("Gave a vote"), None, counts.voted),
        Stage(_("Gave five votes or more"), None, counts.voted_five),
        Stage(_("Opened the page for writing a statement"), opened.get("write", 0), None),
        Stage(_("Wrote a statement"), None, counts.wrote),
        Stage(_("Looked where they stand"), opened.get("stand", 0), None),
        *([] if again is None else [Stage(_("Answered the first question once more"), None, again)]),
    ]
    most = max((stage.readers or 0 for stage in way), default=0)
    if not any(stage.views or stage.readers for stage in way):
        return []
    return [Stage(each.label, each.views, each.readers, width(each.readers, most)) for each in way]


def width(readers: int | None, most: int) -> float:
    return round(100 * readers / most, 3) if readers and most else 0.0
