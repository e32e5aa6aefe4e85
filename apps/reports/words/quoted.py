"""Which of the texts that may be quoted are quoted: by lot within their themes, so that nobody picks what suits."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.responses.code_books import book_of
from apps.responses.coding import all_codings
from apps.responses.quotes import Offered, quotable

MOST = 10
RULES = ("by_lot", "by_theme")


def quotes_content(inquiry_id: int, question: str, consent: str, *, seed: int) -> dict[str, Any] | None:
    """The words as they are printed, each with its language and the number of its theme; None where there are none."""
    texts = quotable(inquiry_id, question, consent, seed=seed)
    if not texts:
        return None
    book = book_of(inquiry_id, question)
    themes = {each.handle: each.final for each in all_codings(book)} if book else {}
    chosen = within_themes(texts, {handle: codes for handle, codes in themes.items() if codes})
    return {
        "rule": RULES[any(theme for _text, theme in chosen)],
        "seed": seed,
        "cleared": len(texts),
        "quotes": [{"words": text.shown, "language": text.language, "theme": theme} for text, theme in chosen],
    }


def within_themes(
    texts: Sequence[Offered], themes: Mapping[str, Sequence[int]], most: int = MOST
) -> list[tuple[Offered, int | None]]:
    """One of each theme in turn, the most frequent theme first, each time the next by lot. A text counts for the first
    of its themes; those without any come last in each round. The same words are quoted once."""
    said: dict[str, Offered] = {}
    for text in texts:
        said.setdefault(text.shown, text)
    queues: dict[int | None, list[Offered]] = {}
    for text in said.values():
        queues.setdefault(next(iter(themes.get(text.handle, ())), None), []).append(text)
    order = sorted(queues, key=lambda theme: (theme is None, -len(queues[theme]), theme or 0))
    rounds = max(map(len, queues.values()), default=0)
    chosen = [(queues[theme][turn], theme) for turn in range(rounds) for theme in order if turn < len(queues[theme])]
    return sorted(chosen[:most], key=lambda each: order.index(each[1]))
