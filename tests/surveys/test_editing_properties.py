"""Whatever an author does, in whatever order: what was published stays, and the draft can follow it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.surveys.editing import EditRefused, past_of
from apps.surveys.editing.finding import all_items, names_in
from apps.surveys.editing.options import (
    ROLES,
    add_option,
    add_row,
    move_option,
    move_row,
    offer_again,
    remove_option,
    remove_row,
    retire_option,
)  # fmt: skip
from apps.surveys.editing.questions import (
    add_question,
    ask_again,
    join_screens,
    move_question,
    move_screen,
    split_screen,
    take_out,
)  # fmt: skip
from apps.surveys.editing.statements import add_statement, reword_statement, take_out_statement
from apps.surveys.editing.wording import reword
from apps.surveys.kinds import KINDS
from apps.surveys.reading import parse
from apps.surveys.rules import compatibility
from apps.surveys.statements import STANCES
from tests.surveys.documents import built_in, every_kind_document

SOME_WORDS = st.sampled_from(
    ["good", "bad", "so so", "price", "speed", "one", "new words", "望ましい", "期待、わくわく"]
)
TEXTS = st.builds(
    lambda words, mark: {"ja": f"{words}です{mark}", "en": f"{words}{mark}"},
    SOME_WORDS,
    st.sampled_from(["", "!", "?"]),
)
STEP = st.sampled_from([-1, 1])


def drawn_change(draw: Any, document: dict[str, Any], past: Any) -> dict[str, Any]:
    """One thing that an author may try; it may be refused."""
    item = draw(st.sampled_from(all_items(document)))
    name = item["id"]
    options = item["options"] if isinstance(item.get("options"), list) else []
    code = draw(st.sampled_from([option["code"] for option in options] or [0]))
    row = draw(st.sampled_from([each["code"] for each in item.get("rows", [])] or ["a"]))
    line = draw(st.sampled_from([each["id"] for each in document.get("statements", [])] or ["S1"]))
    tried = draw(st.integers(0, 17))
    return [
        lambda: add_question(document, past, draw(st.sampled_from(list(KINDS)))),
        lambda: take_out(document, past, name),
        lambda: ask_again(document, name),
        lambda: move_screen(document, name, draw(STEP)),
        lambda: move_question(document, name, draw(STEP)),
        lambda: split_screen(document, name),
        lambda: join_screens(document, name),
        lambda: add_option(document, past, name, draw(st.sampled_from(ROLES)), draw(TEXTS)),
        lambda: move_option(document, past, name, code, draw(STEP)),
        lambda: retire_option(document, name, code),
        lambda: offer_again(document, name, code),
        lambda: remove_option(document, past, name, code),
        lambda: add_row(document, past, name, draw(TEXTS)),
        lambda: move_row(document, name, row, draw(STEP)),
        lambda: remove_row(document, past, name, row),
        lambda: reword(document, past, name, draw(st.fixed_dictionaries({}, optional=said(item, code, row)))),
        lambda: add_statement(document, past, draw(st.sampled_from(STANCES)), draw(TEXTS)),
        lambda: draw(st.sampled_from([reword_statement, taken_out]))(document, past, line, "pro", draw(TEXTS)),
    ][tried]()  # fmt: skip


def taken_out(document, past, line, _stance, _words):
    return take_out_statement(document, line)


def said(item: dict[str, Any], code: int, row: str) -> dict[str, Any]:
    numbers = {"rank_top_k": ["k"], "scale": ["minimum", "maximum"], "number": ["minimum", "maximum"]}
    found = {
        "stem": TEXTS,
        "help": st.none() | TEXTS,
        "required": st.sampled_from(["soft", "no"]),
        "options": TEXTS.map(lambda words: {code: words}),
        "rows": TEXTS.map(lambda words: {row: words}),
        "poles": TEXTS.map(lambda words: {"B": words}),
        "shown_if": st.none() | st.builds(lambda equals: {"item": "Q1", "equals": equals}, st.integers(1, 4)),
        **{key: st.integers(0, 12) for key in numbers.get(item["type"], [])},
    }
    return found | ({"quotation": st.none() | TEXTS} if item["type"] == "open_text" else {})


@pytest.mark.parametrize("begin", [every_kind_document, built_in])
@given(data=st.data())
@settings(max_examples=60)
def test_any_changes_of_a_published_questionnaire_can_follow_it(begin, data):
    document = begin()
    published = [parse(document)]
    for _ in range(data.draw(st.integers(1, 14), label="changes")):
        try:
            document = drawn_change(data.draw, document, past_of(published))
        except EditRefused:
            continue
        followed = parse(document)
        assert [compatibility(before, followed) for before in published] == [[]] * len(published)
        if data.draw(st.booleans(), label="publish"):
            published.append(followed)

    names = list(names_in(document))
    assert len(names) == len(set(names))


@given(data=st.data())
@settings(max_examples=30)
def test_what_was_published_is_never_lost_from_the_document(data):
    document = every_kind_document()
    past = past_of([parse(document)])
    for _ in range(data.draw(st.integers(1, 12), label="changes")):
        try:
            document = drawn_change(data.draw, document, past)
        except EditRefused:
            continue

    kept = {item["id"]: item for item in all_items(document)}
    for name, (question, *_rest) in past.questions.items():
        item = kept[name]
        codes = [option["code"] for option in item.get("options", [])]
        assert {option.code for option in question.options} <= set(codes)
        assert len(codes) == len(set(codes))
        assert {row.code for row in question.rows} <= {row["code"] for row in item.get("rows", [])}
