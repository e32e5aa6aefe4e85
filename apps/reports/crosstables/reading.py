"""How a table is read: what shares are of, what letters and marks mean, what is withheld."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reports.crosstables.told import Content


def notes(content: Content) -> Iterator[str]:
    """All of them, for a table that stands alone."""
    yield from general(content)
    yield from comparisons(content)


def comparisons(content: Content) -> Iterator[str]:
    """What letters rest on, which is another number for every table."""
    if number := (content["tests"] or {}).get("comparisons"):
        yield ngettext(
            "A letter: clearly more than in the column of that letter (5%, Holm's correction over the {n} comparison"
            " of this table; columns of fewer than 50 are not compared).",
            "A letter: clearly more than in the column of that letter (5%, Holm's correction over all {n} comparisons"
            " of this table; columns of fewer than 50 are not compared).",
            number,
        ).format(n=f"{number:,}")


def general(content: Content) -> Iterator[str]:
    """What is the same wherever it is needed."""
    if content["kind"] == "plain":
        yield _(
            "Shares are of all readers in the column, those without an answer among them; n says how many these are."
        )
    else:
        yield _("Several answers to a reader: shares are of all readers in the column and add up to more than 100%.")
    if any(level for line in content["levels"] for level in line):
        yield _(
            "▲ more, ▽ fewer readers than if the two answers had nothing to do with each other (adjusted residual of 2"
            " or more; doubled from 3 on)."
        )
    if not content["whole"]:
        yield _(
            "x: withheld, because fewer than 10 readers or because it could be worked out by subtraction; what is told"
            " of the whole table is rounded for the same reason."
        )
    if any(small and base is not None for small, base in zip(content["small_columns"], bases(content), strict=True)):
        yield _("* fewer than 30 readers, for orientation only.")


def bases(content: Content) -> list[int | None]:
    found: list[int | None] = content["counts"][-1]
    return found
