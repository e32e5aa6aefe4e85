"""Which of the texts that may be quoted are quoted: by lot within their themes, so that nobody picks what suits.

A report keeps no word of theirs. It is told with the words that may be quoted on that day: whoever has erased an
answer, or taken a consent back, is quoted by no report any more, however long ago it was published.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.responses.code_books import book_of
from apps.responses.coding import all_codings
from apps.responses.quotes import Offered, quotable, quotable_by_handle
from apps.surveys.definition import Definition

MOST = 10
RULES = ("by_lot", "by_theme")
Quotable = Mapping[str, Mapping[str, str]]
"""By question: handle → words."""


def quotes_content(inquiry_id: int, question: str, consent: str, *, seed: int) -> dict[str, Any] | None:
    """The handle of each text with its language and the number of its theme; None where there are none."""
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
        "quotes": [{"text": text.handle, "language": text.language, "theme": theme} for text, theme in chosen],
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


def quotable_in(inquiry_id: int, content: Mapping[str, Any], definition: Definition) -> Quotable:
    """For the questions that a report quotes: what may be quoted now."""
    consents = {question.id: question.consent[0] for question in definition.questions if question.consent}
    return {
        name: quotable_by_handle(inquiry_id, name, consents[name])
        for name, _quotes in quoting(content)
        if name in consents
    }


def quoting(content: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each question that the report quotes, with its quotes."""
    part = content.get("parts", {}).get("texts") or {"questions": ()}
    return [(found["words"]["question"], found["quotes"]) for found in part["questions"] if found["quotes"]]


def keeps_words(content: Mapping[str, Any]) -> bool:
    """Whether it is of the time when reports kept the words themselves, which no row of a published one loses."""
    return any("words" in entry for _name, quotes in quoting(content) for entry in quotes["quotes"])


def told_of(quotes: Mapping[str, Any], said: Mapping[str, str]) -> list[tuple[str, int | None]]:
    """Words and theme of those that may be quoted now; `said`: handle → words. Reports of before kept the words."""
    words = set(said.values())
    found = [
        (entry["words"] if entry.get("words") in words else said.get(entry.get("text", "")), entry["theme"])
        for entry in quotes["quotes"]
    ]
    return [(words, theme) for words, theme in found if words is not None]


def words_told(inquiry_id: int, content: Mapping[str, Any], definition: Definition) -> tuple[str, ...]:
    """All that the report quotes now: what pages and files of it depend on, beside its numbers."""
    said = quotable_in(inquiry_id, content, definition)
    return tuple(words for name, quotes in quoting(content) for words, _theme in told_of(quotes, said.get(name, {})))
