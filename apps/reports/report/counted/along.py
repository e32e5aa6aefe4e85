"""Readers along an axis that says nothing about them: the day on which they came, the screen on which they stopped.

Nobody is nobody and is told. One to nine are withheld; all others are told to the nearest five, so that the sum of all
leaves the room of ten for what is withheld.
"""

from collections.abc import Mapping
from typing import Any

from apps.inquiries.privacy import Profile

STEP = 5
SHARE_DIGITS = 2


def along(readers: Mapping[str, int], profile: Profile) -> dict[str, Any]:
    """Counts and shares in the shape of a table of answers; None where withheld."""
    whole, step = sum(readers.values()) or 1, max(STEP, profile.counts_to)
    shown = {name: told(count, profile.smallest_group, step) for name, count in readers.items()}
    shares = {name: None if each is None else round(each / whole, SHARE_DIGITS) for name, each in shown.items()}
    return {"counts": shown, "shares": shares}


def told(readers: int, smallest: int, step: int) -> int | None:
    return None if 0 < readers < smallest else round(readers / step) * step
