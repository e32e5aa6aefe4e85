"""What speaks for a machine, as bits of the row: a sign for whoever reads the numbers. It blocks nobody."""

from collections.abc import Mapping
from enum import IntFlag
from typing import Any

QUICKEST_SECONDS = 0.8
"""A page that comes back sooner after it was made was read by nobody (trust.md 4)."""


class Signal(IntFlag):
    TRAP = 1  # a field was filled in that people neither see nor reach
    QUICK = 2  # answers came back sooner than anybody reads


def seen_in_form(*, trapped: bool, age: float) -> Signal:
    """Of a form: whether its trap was filled, and how old its page was, in seconds, when it came back."""
    return (Signal.TRAP if trapped else Signal(0)) | (Signal.QUICK if age < QUICKEST_SECONDS else Signal(0))


def signals_with(before: int, seen: int, *, given: Mapping[str, Any], stored: Mapping[str, Any]) -> int:
    """The bits of the row after a write. Going fast over what was answered earlier says nothing."""
    news = any(answer is not None and name not in stored for name, answer in given.items())
    return before | (seen if news else seen & ~Signal.QUICK)
