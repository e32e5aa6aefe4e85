"""Answers that a reader could give, for property tests."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from apps.surveys.definition import BLANK, Definition, Question

# Nothing here is changed by cleaning, and no combination composes to fewer characters.
PLAIN = "abc XYZ 0123 あいう漢字𠮷 👍、。!?"


def words(limit: int) -> st.SearchStrategy[str]:
    return st.text(PLAIN, min_size=1, max_size=limit).map(str.strip).filter(bool)


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Checked answers, in the form in which they are stored."""
    return KINDS.get(question.kind, one_choice)(question)


def one_choice(question: Question) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(question.codes))


def choice_or_words(question: Question) -> st.SearchStrategy[Any]:
    spoken = [
        st.fixed_dictionaries({"code": st.just(option.code), "text": words(option.text_limit)})
        for option in question.offered
        if option.text_limit
    ]
    return st.one_of(one_choice(question), *spoken)


def choice_per_row(question: Question) -> st.SearchStrategy[Any]:
    rows = {row.code: st.sampled_from([*sorted(question.codes), BLANK]) for row in question.rows}
    return st.fixed_dictionaries(rows).filter(lambda answer: set(answer.values()) != {BLANK})


def ranking(question: Question) -> st.SearchStrategy[Any]:
    return lists(free(question), question.top) | alone(question)


def several(question: Question) -> st.SearchStrategy[Any]:
    order = [option.code for option in question.options].index
    chosen = lists(free(question), len(free(question)))
    return chosen.map(lambda codes: sorted(codes, key=order)) | alone(question)


def free(question: Question) -> list[int]:
    return [option.code for option in question.offered if not option.exclusive]


def alone(question: Question) -> st.SearchStrategy[list[int]]:
    return st.sampled_from([[option.code] for option in question.offered if option.exclusive])


def point(question: Question) -> st.SearchStrategy[Any]:
    return st.integers(question.minimum, question.maximum) | one_choice(question)


def number(question: Question) -> st.SearchStrategy[Any]:
    halves = st.integers(2 * question.minimum, 2 * question.maximum)
    return halves.map(lambda half: half // 2 if half % 2 == 0 else half / 2)


def day(question: Question) -> st.SearchStrategy[Any]:
    days = st.dates(date.fromisoformat(question.minimum), date.fromisoformat(question.maximum))
    return days.map(lambda each: each.isoformat())


KINDS: dict[str, Callable[[Question], st.SearchStrategy[Any]]] = {
    "single_nominal": choice_or_words,
    "item_by_item": choice_per_row,
    "rank_top_k": ranking,
    "multiple": several,
    "scale": point,
    "open_text": lambda question: words(question.text_limit),
    "number": number,
    "date": day,
}


def lists(codes: list[int], longest: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(codes), min_size=1, max_size=longest, unique=True)


def answers(definition: Definition) -> st.SearchStrategy[dict[str, Any]]:
    """Any part of the questions, some of them left blank."""
    kinds = {question.id: st.none() | answers_to(question) for question in definition.questions}
    return st.fixed_dictionaries({}, optional=kinds)


# Anything that JSON can bring, near to the values that mean something here.
scalars = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, 1, 2, 3, 7, 9, 97, 98, 99, 254, 255, -1, 10**30, 1.5, 0.1, "", " ", "1", "a", "2026-01-01"])
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: not value.is_integer())
    | st.text(max_size=8)
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["code", "text", "a", "b", "c"]) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=6,
)
