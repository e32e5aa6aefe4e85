"""What was erased is erased again where an older state of the database has come back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from apps.debates.actions import erase_ballot
from apps.participants.erasures import KEPT, Noted, keep, listed, listed_here, merge, still_here, unknown
from apps.responses.actions import erase_response


def to_replay(*, now: datetime, other: Path | None = None) -> list[Noted]:
    """Erasures that this database has not heard of: of the file beside it, which takes in another one that is given.

    Raises ListDamaged and OSError.
    """
    if other:
        merge(listed(other), since=(now - KEPT).date())
    return unknown(each for each in listed_here() if each.day >= (now - KEPT).date())


def replay_erasures(noted: Sequence[Noted], *, seen: Callable[[int], object] = lambda _readers: None) -> int:
    """Delete again everything of whoever is back; returns how many that were.

    The numbers are kept last: a run that is cut short begins again, and erasing twice is harmless.
    """
    back = still_here(noted) if noted else []
    for pseudonym in back:
        erase_ballot(pseudonym=pseudonym)
        erase_response(pseudonym=pseudonym)
        seen(1)
    keep(noted)
    return len(back)
