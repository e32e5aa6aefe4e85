"""What the public may see, in two profiles. Pure numbers; who they protect is told in docs and on the about page."""

from dataclasses import dataclass
from datetime import timedelta

SMALL_BASE = 30
"""Below this many answers a figure is marked * in both profiles."""

STRICTEST = "strict"
DAILY_STEP = timedelta(days=1)


@dataclass(frozen=True)
class Profile:
    """`smallest_base`: answers before anything is shown. `smallest_cell`: answers before one option of an opinion
    question is shown. `smallest_group`: the same for questions about the readers themselves, and for any breakdown."""

    smallest_base: int
    smallest_cell: int
    smallest_group: int
    counts_to: int
    share_digits: int
    shortest_wait: timedelta
    fewest_changes: int

    def may_follow(self, *, waited: timedelta, written: int, erased: int, closed: bool) -> bool:
        """Whether so much has changed, and so much time passed, that the difference of two publications shows no single
        reader.

        While answers come in, a few of them wait for more. Erasures, and the last answers after closing, must not wait
        for ever: they are taken in by daily steps.
        """
        if waited >= DAILY_STEP and (erased or (closed and written)):
            return True
        return waited >= self.shortest_wait and written + erased >= self.fewest_changes

    def may_begin_again(self, *, waited: timedelta, changed: int) -> bool:
        """Whether what was made under a looser profile may be made anew under this one.

        Of the same answers at once: then the two differ by no reader. A few that came or went since are first joined by
        others, for a day at most, because nothing is shown meanwhile.
        """
        return not changed or changed >= self.fewest_changes or waited >= DAILY_STEP


PROFILES: dict[str, Profile] = {
    "standard": Profile(
        smallest_base=10,
        smallest_cell=0,
        smallest_group=10,
        counts_to=1,
        share_digits=4,
        shortest_wait=timedelta(seconds=60),
        fewest_changes=5,
    ),
    "strict": Profile(
        smallest_base=50,
        smallest_cell=10,
        smallest_group=10,
        counts_to=5,
        share_digits=2,
        shortest_wait=timedelta(days=1),
        fewest_changes=20,
    ),
}


def profile_of(name: str) -> Profile:
    return PROFILES[name]


def keeps_to(made_under: str, profile: str) -> bool:
    """Whether what was made under one profile shows no more than another one lets be seen."""
    return made_under in (profile, STRICTEST)
