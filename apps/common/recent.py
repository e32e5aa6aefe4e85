"""Reads that nearly every page asks for and whose answer changes a few times a day.

A process remembers them for a quarter of a second: where one reader comes, each page asks the database; where hundreds
come at once, a few of them do. Only for showing: whoever writes or decides asks the database itself.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

SECONDS = 0.25
MOST_KEPT = 1024  # addresses come from outside; nobody fills the memory with invented ones

Read = TypeVar("Read", bound=Callable[..., Any])


def recent(read: Read) -> Read:
    """The same function, its last answers remembered. "Nothing there" is not: what is made now is found now."""
    kept: dict[tuple[Any, ...], tuple[float, Any]] = {}

    @wraps(read)
    def remembering(*about: Any) -> Any:
        now = time.monotonic()
        until, answer = kept.get(about, (0.0, None))
        if now < until:
            return answer
        answer = read(*about)
        if answer is not None:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[about] = (now + SECONDS, answer)
        return answer

    return remembering  # type: ignore[return-value]
