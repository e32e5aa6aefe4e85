"""Themes that people saw in texts: how often each, and whether two saw the same. Works in the worker."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.coders import Agreement, alpha, coded_by_both, kappa
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import Profile
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.disclosure import about
from apps.responses.code_books import book_of
from apps.responses.coding import Coded, all_codings
from apps.responses.models import CodeBook

SEED = 1
THEME_CELL = 10
"""Fewer texts than that are not told of a theme outside the desk, whatever the profile."""
Pairs = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]


def themes_content(inquiry: Inquiry, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The calculation "themes" for the desk. `asked`: the `question`, and a `mark` that changes with the codings."""
    book = book_of(inquiry.pk, asked["question"])
    if book is None:
        raise CannotBeCalculated("no_book")
    return content_of(book)


def content_of(book: CodeBook, profile: Profile | None = None) -> dict[str, Any]:
    """`profile`: of the public; without one, numbers are as they are."""
    codings, codes = all_codings(book), [code.number for code in book.codes.all()]
    final = [each.final for each in codings if each.final is not None]
    counts = [sum(code in text for text in final) for code in codes]
    return {
        "question": book.question,
        "codes": [{"number": code.number, "label": code.label} for code in book.codes.all()],
        "texts": about(len(final), profile) if profile else len(final),
        "open": sum(each.final is None for each in codings) if profile is None else None,
        "settled": sum(each.settled is not None for each in codings) if profile is None else None,
        "themes": shown(codes, counts, len(final), profile),
        "agreement": agreement(codings, codes),
    }


def shown(codes: Sequence[int], counts: Sequence[int], texts: int, profile: Profile | None) -> dict[str, Any]:
    """Outside the desk, none with fewer than THEME_CELL texts. A text may hold several themes or none: what is hidden
    cannot be worked out from the others."""
    smallest, digits = (THEME_CELL, profile.share_digits) if profile else (0, 4)
    told = {str(code): count for code, count in zip(codes, counts, strict=True)}
    return {
        "counts": {
            code: (about(count, profile) if profile else count) if count >= smallest else None
            for code, count in told.items()
        },
        "shares": {
            code: round(count / max(texts, 1), digits) if count >= smallest else None for code, count in told.items()
        },
    }


def agreement(codings: Sequence[Coded], codes: Sequence[int]) -> dict[str, Any] | None:
    """Of the texts that two have coded. With more than two people in all, there is no first and second: no kappa."""
    twice = [each.codings for each in codings if len(each.codings) == 2]
    if not twice:
        return None
    people = {coder for pair in twice for coder, _codes in pair}
    pairs = [(one[1], other[1]) for one, other in twice]
    return {
        "texts": len(pairs),
        "of": len(codings),
        "people": len(people),
        "alike": sum(one == other for one, other in pairs) / len(pairs),
        "whole": measured(*as_sets(pairs), with_kappa=len(people) == 2),
        "codes": {str(code): measured(*as_presence(pairs, code), with_kappa=len(people) == 2) for code in codes},
    }


def as_sets(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Each combination of themes as one value: two agree only where they saw exactly the same."""
    sets = {codes: place for place, codes in enumerate(sorted({codes for pair in pairs for codes in pair}))}
    columns = np.array([[sets[one], sets[other]] for one, other in pairs], dtype=np.int64)
    return columns[:, 0], columns[:, 1], len(sets)


def as_presence(pairs: Pairs, code: int) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    columns = np.array([[code in one, code in other] for one, other in pairs], dtype=np.int64)
    return columns[:, 0], columns[:, 1], 2


def measured(first: NDArray[np.int64], second: NDArray[np.int64], size: int, *, with_kappa: bool) -> dict[str, Any]:
    pairs = coded_by_both(first, second, size)
    found = kappa(pairs) if with_kappa else None
    return {
        "alike": round(float(np.trace(pairs) / pairs.sum()), 4),
        "kappa": numbers(found),
        "alpha": numbers(alpha(pairs, np.random.default_rng(SEED))),
    }


def numbers(found: Agreement | None) -> list[float] | None:
    """The coefficient with its interval; None where all is one value, so that nothing can be said."""
    if found is None or not np.isfinite([found.coefficient, found.low, found.high]).all():
        return None
    return [round(number, 4) for number in (found.coefficient, found.low, found.high)]
