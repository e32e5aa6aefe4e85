"""Answers that a reader could give, for property tests."""

from typing import Any

from hypothesis import strategies as st

from apps.surveys.definition import BLANK, Definition, Question

# Nothing here is changed by cleaning, and no combination composes to fewer characters.
PLAIN = "abc XYZ 0123 あいう漢字𠮷 👍、。!?"


def words(limit: int) -> st.SearchStrategy[str]:
    return st.text(PLAIN, min_size=1, max_size=limit).map(str.strip).filter(bool)


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Checked answers, in the form in which they are stored."""
    codes = sorted(question.codes)
    alone = [option.code for option in question.offered if option.exclusive]
    free = [code for code in codes if code not in alone]
    match question.kind:
        case "single_nominal":
            spoken = [
                st.fixed_dictionaries({"code": st.just(option.code), "text": words(option.text_limit)})
                for option in question.offered
                if option.text_limit
            ]
            return st.one_of(st.sampled_from(codes), *spoken)
        case "item_by_item":
            rows = {row.code: st.sampled_from([*codes, BLANK]) for row in question.rows}
            return st.fixed_dictionaries(rows).filter(lambda answer: set(answer.values()) != {BLANK})
        case "rank_top_k":
            return lists(free, question.top) | st.sampled_from([[code] for code in alone])
        case "multiple":
            order = [option.code for option in question.options].index
            several = lists(free, len(free)).map(lambda chosen: sorted(chosen, key=order))
            return several | st.sampled_from([[code] for code in alone])
        case "scale":
            return st.integers(question.minimum, question.maximum) | st.sampled_from(codes)
        case "open_text":
            return words(question.text_limit)
        case "number":
            halves = st.integers(2 * question.minimum, 2 * question.maximum)
            return halves.map(lambda half: half // 2 if half % 2 == 0 else half / 2)
        case "date":
            return st.dates(*bounds(question)).map(lambda day: day.isoformat())
    return st.sampled_from(codes)


def lists(codes: list[int], longest: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(codes), min_size=1, max_size=longest, unique=True)


def bounds(question: Question) -> tuple[Any, Any]:
    from apps.surveys.kinds.values import read_day

    return read_day(question.minimum), read_day(question.maximum)


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
