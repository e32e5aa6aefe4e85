"""Words counted: which are frequent, which are typical of a group, which stand together. Answers, not mentions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.cooccurrence import Edge, jaccard, strongest, together
from apps.analysis.keywords import Keyword, keywords
from apps.analysis.network_layout import spread, spring_layout
from apps.analysis.tabulation import Counts
from apps.reports.texts.pictures import LARGEST, LINE, ROOM, ROOM_ACROSS, ROOM_DOWN, width

PRIOR_SHARE, LEAST_PRIOR = 0.1, 10.0
"""The imagined counts behind each log-odds ratio: a tenth of what was counted."""
MOST_KEYWORDS, MOST_EDGES, MOST_KNOTS = 15, 60, 150
LAYOUT_SEED = 20
ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Counted:
    """`words` that enough answers hold, the most frequent first, and who holds them: pairs of `answer` and `word`."""

    words: tuple[str, ...]
    totals: Counts
    answer: NDArray[np.int64]
    word: NDArray[np.int64]
    answers: int


@dataclass(frozen=True)
class Network:
    """`knots`: places in the words, which edges name, too; `places` (knots, 2) on a sheet from -1 to 1."""

    knots: tuple[int, ...]
    places: NDArray[np.float64]
    edges: tuple[Edge, ...]


def counted(texts: Sequence[frozenset[str]], *, support: int) -> Counted:
    """Of each text its words, each once."""
    totals = Counter(word for text in texts for word in text)
    frequent = sorted((word for word, number in totals.items() if number >= support), key=lambda w: (-totals[w], w))
    places = {word: place for place, word in enumerate(frequent)}
    pairs = [(number, places[word]) for number, text in enumerate(texts) for word in text if word in places]
    held = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    counts = np.bincount(held[:, 1], minlength=len(frequent))
    return Counted(tuple(frequent), counts, held[:, 0], held[:, 1], len(texts))


def typical(
    found: Counted, inside: NDArray[np.bool_], among: NDArray[np.bool_], *, support: int
) -> tuple[Keyword, ...]:
    """Words of the answers `inside` against all others `among` which they are counted, each (answers,)."""
    size = len(found.words)
    one = np.bincount(found.word[inside[found.answer]], minlength=size)
    other = np.bincount(found.word[(among & ~inside)[found.answer]], minlength=size)
    strength = max(LEAST_PRIOR, PRIOR_SHARE * float((one + other).sum()))
    answers, others = int(inside.sum()), int((among & ~inside).sum())
    return keywords(one, answers, other, others, strength=strength, support=support, most=MOST_KEYWORDS)


def network(found: Counted, *, smallest: int) -> Network:
    """Words in at least `smallest` answers, joined where as many hold both."""
    size = min(MOST_KNOTS, int((found.totals >= smallest).sum()))
    counts = np.zeros((size, size), dtype=np.int64)
    for start in range(0, found.answers, ROWS_AT_ONCE):
        rows = min(ROWS_AT_ONCE, found.answers - start)
        here = (found.answer >= start) & (found.answer < start + rows) & (found.word < size)
        holds = np.zeros((rows, size), dtype=bool)
        holds[found.answer[here] - start, found.word[here]] = True
        counts += together(holds)
    edges = strongest(jaccard(counts), counts, smallest=smallest, most=MOST_EDGES)
    knots = tuple(sorted({knot for edge in edges for knot in (edge.one, edge.other)}))
    strength = np.zeros((len(knots), len(knots)))
    for edge in edges:
        one, other = knots.index(edge.one), knots.index(edge.other)
        strength[one, other] = strength[other, one] = edge.strength
    places = spring_layout(strength, np.random.default_rng(LAYOUT_SEED))
    return Network(
        knots, spread(places, np.array([half_box(found.words[knot]) for knot in knots]).reshape(-1, 2)), edges
    )


def half_box(word: str) -> tuple[float, float]:
    """Of a knot with its word above it, in parts of the sheet."""
    return (width(word) / 2 + ROOM) / ROOM_ACROSS, (LINE + 2 * LARGEST + ROOM) / 2 / ROOM_DOWN
