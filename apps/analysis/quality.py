"""Signs of haste, carelessness and machines: one mask a rule, and what the rules weigh together (survey-method 2.5).

A sign is no proof, and nobody is left out by these masks alone: whoever counts shows the numbers with and without them.
Everywhere R readers, in any order; a mask is (R,). What was not measured of a reader speaks for nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Times = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.integer]

WEIGHTS: Mapping[str, int] = {
    "speed_total": 1,
    "speed_floor": 1,
    "straight": 1,
    "acquiesce": 1,
    "contradict": 1,
    "dup_token": 2,
    "dup_vector": 2,
    "bot": 3,
    "text_junk": 1,
}
FLAGGED_FROM = 2
LEFT_OUT = ("dup_token", "bot")
"""Whom these mark does not belong to the headline; all others do."""

FEWEST_TIMED = 50
SHARE_OF_MEDIAN = 1 / 3
ITEMS_TOO_FAST = 4
VOTES_ALIKE = 12
VOTES_OF_A_SIDE = 6
ALWAYS_AGREES = 0.9
VOTES_OF_A_VECTOR = 10
CHANGED_SOON_MS = 3 * 60 * 1000
LONGEST_RUN = 6


@dataclass(frozen=True)
class Scored:
    """`score`: the weights of all rules that mark a reader. `left_out`: who does not belong to the headline."""

    score: NDArray[np.int64]
    flagged: Flags
    left_out: Flags


def scored(masks: Mapping[str, Flags], readers: int) -> Scored:
    """From the masks (R,) of the rules, by their names in `WEIGHTS`."""
    score, left_out = np.zeros(readers, dtype=np.int64), np.zeros(readers, dtype=bool)
    for name, mask in masks.items():
        score += WEIGHTS[name] * mask
        if name in LEFT_OUT:
            left_out |= mask
    return Scored(score, score >= FLAGGED_FROM, left_out)


def fast_in_all(times: Times, groups: Places, *, fewest: int = FEWEST_TIMED) -> tuple[Flags, Flags]:
    """Below a third of the median of their group in time on all items, and of whom that can be said.

    `times` (R,): milliseconds on all items together, 0 where that was not measured. `groups` (R,): readers of one
    language, device and way. Groups of fewer than `fewest` who were timed are not judged.
    """
    found, judged = np.zeros(len(times), dtype=bool), np.zeros(len(times), dtype=bool)
    timed = times > 0
    for group in np.unique(groups[timed]):
        here = timed & (groups == group)
        if here.sum() >= fewest:
            judged |= here
            found |= here & (times < SHARE_OF_MEDIAN * np.median(times[here]))
    return found, judged


def fast_in_items(times: Times, floors: NDArray[np.float64], *, items: int = ITEMS_TOO_FAST) -> Flags:
    """At least `items` items passed faster than anybody reads them. Both (R, items), milliseconds; 0: not timed."""
    return ((times > 0) & (times < floors)).sum(axis=1) >= items


def reading_floor_ms(text: str, language: str) -> float:
    """Faster than this nobody reads it: 30 characters a second of Japanese, ten words a second of other languages."""
    if language == "ja":
        return 1000 * len("".join(text.split())) / 30
    return 1000 * len(text.split()) * 0.1


def straight(places: Places, votes: Bytes, *, least: int = VOTES_ALIKE) -> Flags:
    """Always the option at the same place, and every vote the same.

    `places` (R, items): which of the options shown, from above; -1 where none was chosen. `votes` (R, statements): 0
    none. At least `least` votes.
    """
    one_place = (places >= 0).all(axis=1) & (places == places[:, :1]).all(axis=1)
    cast = votes > 0
    highest = votes.max(axis=1, initial=0)
    one_vote = (cast.sum(axis=1) >= least) & ((votes == highest[:, None]) | ~cast).all(axis=1)
    return one_place & one_vote


def acquiescing(pro: Bytes, con: Bytes, *, agree: int = 1, least: int = VOTES_OF_A_SIDE) -> Flags:
    """Agrees to nearly everything, also to what contradicts it: votes (R, statements) on either side, 0 none."""
    return _agrees(pro, agree, least) & _agrees(con, agree, least)


def _agrees(votes: Bytes, agree: int, least: int) -> Flags:
    cast = (votes > 0).sum(axis=1)
    return (cast >= least) & ((votes == agree).sum(axis=1) > ALWAYS_AGREES * cast)


def contradicting(first: Places, again: Places, passed_ms: Times, *, soon: int = CHANGED_SOON_MS) -> Flags:
    """From one side of a scale to the other in under three minutes.

    `first`, `again` (R,): -1 or 1, the side; 0 neither, or not answered. `passed_ms` (R,): 0 where not measured.
    """
    return (first * again < 0) & (passed_ms > 0) & (passed_ms < soon)


def repeated(rows: Bytes, may_count: Flags) -> Flags:
    """Every reader whose row (R, width) was there before, among those who may count; the first is not marked."""
    found = np.zeros(len(rows), dtype=bool)
    candidates = np.flatnonzero(may_count)
    if not len(candidates) or not rows.shape[1]:
        return found
    whole = np.ascontiguousarray(rows[candidates]).view(np.dtype((np.void, rows.shape[1]))).ravel()
    _, firsts = np.unique(whole, return_index=True)
    found[candidates] = True
    found[candidates[firsts]] = False
    return found


RUN = re.compile(r"([^\W_ー])\1{5}")
"""Of one letter or figure."""
OVER_AND_OVER = 3


def is_junk(text: str) -> bool:
    """At least six characters: a run of one letter or figure, or nothing but the same over and over. Long vowels and
    dots may be long."""
    plain = normalize("NFKC", text)
    signs = "".join(plain.split())
    if len(signs) < LONGEST_RUN:
        return False
    period = (signs + signs).find(signs, 1)  # a text that repeats itself is found in itself again before its end
    return len(signs) // period >= OVER_AND_OVER or RUN.search(plain) is not None


def junk(texts: Sequence[str]) -> Flags:
    """(R,) texts, empty where nothing was written."""
    return np.fromiter((is_junk(text) for text in texts), dtype=bool, count=len(texts))


def median_times(times: Times) -> tuple[float, int] | None:
    """The median of those who were timed (R,), and how many they are; None where nobody was."""
    timed = times[times > 0]
    return (float(np.median(timed)), len(timed)) if len(timed) else None
