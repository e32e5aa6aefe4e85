"""Themes that people saw in texts, as columns beside the words: one for each code of a book that is finished."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.reports.exports.columns import Column
from apps.reports.exports.wording import AGREEMENT, CODED, COEFFICIENT, SEEN, joined
from apps.reports.texts.themes import content_of
from apps.responses.models import CodeBook
from apps.surveys.definition import Definition, Text

Theme = tuple[int, str, int]
"""Number of the book, its question, and a code."""


def books_told(books: Sequence[CodeBook], definitions: Sequence[Definition]) -> dict[CodeBook, Text]:
    """Each with what was asked, in the newest words; none of a question that no version asks."""
    stems = {question.id: question.stem for definition in reversed(definitions) for question in definition.questions}
    return {book: stems[book.question] for book in books if book.question in stems}


def themes_of(books: Mapping[CodeBook, Text]) -> tuple[tuple[Theme, Column], ...]:
    """They belong to no question of their own: nobody answered them, and counts of answers leave them out."""
    return tuple(
        (
            (book.pk, book.question, code.number),
            Column(
                name=f"{book.question}_code_{code.number}",
                type="code",
                label=joined(stem, code.label),
                source=f"theme {book.pk} {code.number}",
                values=SEEN,
            ),
        )
        for book, stem in books.items()
        for code in book.codes.all()
    )


def notes_of(books: Mapping[CodeBook, Text], languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    told = {book.question: content_of(book)["agreement"] for book in books}
    return {
        language: tuple(" ".join(note(question, agreement, language)) for question, agreement in told.items())
        for language in languages
    }


def note(question: str, agreement: Mapping[str, Any] | None, language: str) -> Iterator[str]:
    """By whom a question was coded, what an empty cell is, and how far two people agree."""
    yield CODED[language].format(question=question)
    if agreement is None:
        return
    yield AGREEMENT[language].format(texts=agreement["texts"], alike=round(100 * agreement["alike"]))
    for name in ("kappa", "alpha"):
        if found := agreement["whole"][name]:
            value, low, high = (f"{number:.2f}" for number in found)
            yield COEFFICIENT[language][name].format(value=value, low=low, high=high)
            return
