"""How numbers are written: whole percentages, honest about none, about little and about what is hidden."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

HIDDEN, NONE = "x", "–"


def percent_text(share: float | None, count: int | None) -> str:
    """`x` hidden, a dash for nobody, 0% for somebody who rounds to nothing."""
    if share is None or count is None:
        return HIDDEN
    return f"{whole_percent(share)}%" if count else NONE


def whole_percent(share: float) -> int:
    """Halves go up, as a reader would round; 14.5 is often stored a hair smaller."""
    return int(round(share * 100, 6) + 0.5)


def count_text(count: int | None, counts_to: int = 1) -> str:
    """A number of readers, or about how many where counts are rounded."""
    if count is None:
        return HIDDEN
    return f"{count:,}" if counts_to == 1 else _("about {number}").format(number=f"{count:,}")


def n_text(entry: Mapping[str, Any], counts_to: int = 1) -> str:
    """The base of a figure; a star where it is too small to rely on."""
    return f"n={count_text(entry['base'], counts_to)}{'*' if entry['small_base'] else ''}"


def points_text(difference: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    points = whole_percent(abs(difference))
    sign = "" if not points else "+" if difference > 0 else "−"
    return _("{number} points").format(number=f"{sign}{points}")


def value_text(value: float) -> str:
    """A mean or a limit without trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def fraction_text(share: float) -> str:
    """A share in words that claim no more than they carry; one half way between two tenths counts as the lower one."""
    tenths = ceil(round(share * 10 - 0.5, 6))
    over, under = share * 10 - tenths > 0.15, share * 10 - tenths < -0.15
    if share == 1:
        return pgettext("share of readers", "all")
    if tenths == 10:
        return _("nearly all")
    if tenths == 0:
        return _("fewer than one in ten")
    if tenths == 5:
        return _("just over half") if over else _("nearly half") if under else _("about half")
    phrase = (
        _("just over {tenths} in 10") if over else _("nearly {tenths} in 10") if under else _("about {tenths} in 10")
    )
    return phrase.format(tenths=tenths)
