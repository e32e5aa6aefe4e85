"""Documents: what is read from a right one, and the one sentence with its path for every fault of a wrong one."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.surveys.codes import pack_codes, unpack_codes
from apps.surveys.definition import Condition, Definition, DefinitionError, Order
from apps.surveys.forms import ScreenForm
from apps.surveys.orders import draw_coins
from apps.surveys.reading import parse
from apps.surveys.schema import json_schema
from tests.surveys.documents import (
    FOLLOW_UP,
    MULTIPLE,
    NOMINAL,
    ORDINAL,
    ROWS,
    SCALE,
    built_in,
    document,
    every_kind_document,
    options,
    question,
)
from tests.surveys.faults import FAULTY_DOCUMENTS, FAULTY_ITEMS, FAULTY_STATEMENTS, statement
from tests.surveys.strategies import json_values


def test_built_in_document_is_read():
    definition = parse(built_in())

    assert definition.languages == ("ja", "en")
    assert [len(screen) for screen in definition.screens] == [2, 1, 1, 1, 1, 1, 2, 1, 3]
    assert [each.id for each in definition.later] == ["X1"]
    assert definition.again == ("P1",)
    assert definition.arms == (0.6, 0.2, 0.2)
    assert definition.question("Q1L").shown_if == Condition("Q1", 3)
    assert definition.question("Q4").order == Order("reverse", "dir_main")
    assert definition.question("P1").order == Order("reverse", "dir_main")
    assert definition.question("P1").options == definition.question("Q1").options
    assert (definition.question("P1").phase, definition.question("P1").repeats) == ("post", "Q1")


def test_module_that_is_switched_on_is_asked():
    content = built_in()
    content["optional_modules"][0]["default_on"] = True
    content["pages"].insert(-1, ["X1"])

    definition = parse(content)

    assert definition.screens[-1] == ("X1",)
    assert definition.later == ()


def test_usual_values_stand_where_a_document_says_nothing():
    asked = question(SCALE | {"options": []})

    assert (asked.minimum, asked.maximum, asked.phase, asked.counts, asked.prompt, asked.name) == (
        0, 10, "pre", True, False, "Q7",
    )  # fmt: skip


def faults(content: Any) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as error:
        parse(content)
    return error.value.problems


def changed(item: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The item with the value at a path such as `options.0.code`; None takes the key away."""
    item = copy.deepcopy(item)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = item
    for part in way:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return item


@pytest.mark.parametrize(("item", "path", "value", "place", "sentence"), FAULTY_ITEMS, ids=lambda each: str(each)[:40])
def test_faulty_question_is_refused_with_the_place(item, path, value, place, sentence):
    found = faults(document(changed(item, path, value)) | {"pages": [[changed(item, path, value).get("id", "Q1")]]})

    assert (f"items[0]{place}", sentence) in found


@pytest.mark.parametrize(("key", "value", "place", "sentence"), FAULTY_DOCUMENTS, ids=lambda each: str(each)[:40])
def test_faulty_document_is_refused_with_the_place(key, value, place, sentence):
    assert (place, sentence) in faults(document(ORDINAL) | {key: value})


@pytest.mark.parametrize(("statements", "place", "sentence"), FAULTY_STATEMENTS, ids=lambda each: str(each)[:40])
def test_faulty_statement_of_the_editors_is_refused_with_the_place(statements, place, sentence):
    assert (place, sentence) in faults(document(ORDINAL) | {"statements": statements})


def test_statements_of_the_editors_may_be_as_long_as_a_readers_and_take_no_side():
    longest = statement(ja="👨‍👩‍👧" * 60, en="a" * 140, article_ref="S1/S2")
    neutral = {name: words for name, words in statement("S2").items() if name != "stance"}

    assert parse(document(ORDINAL) | {"statements": [longest, neutral]}).document["statements"] == [longest, neutral]


def test_more_answers_than_can_be_kept_are_refused_as_a_whole():
    ticks = options(*(f"No. {number}" for number in range(1, 91)))
    plain = {key: value for key, value in MULTIPLE.items() if key != "randomise"}
    many = [plain | {"id": f"Q{number}", "options": ticks} for number in range(1, 24)]

    found = faults(document(*many))

    assert found == [("items", "Fewer questions, options or rows are expected: 2070 answers to keep, 2000 at most.")]


@pytest.mark.parametrize("content", [None, [], "x", 5, True])
def test_document_that_is_no_object_is_refused(content):
    assert faults(content) == [("", "An object is expected.")]


def test_endless_nesting_is_refused():
    nested: Any = "x"
    for _ in range(200):
        nested = [nested]

    assert [sentence for _path, sentence in faults(document(ORDINAL) | {"note": nested})] == [
        "This is nested more than 40 levels deep."
    ]


@pytest.mark.parametrize(
    ("questions", "place", "sentence"),
    [
        ([FOLLOW_UP, ORDINAL], "Q1L.shown_if", "Q1 is not asked before Q1L."),
        (
            [ORDINAL, FOLLOW_UP | {"shown_if": {"item": "Q1", "equals": 5}}],
            "Q1L.shown_if",
            "Q1 is no single choice with an option 5.",
        ),
        (
            [ROWS, FOLLOW_UP | {"shown_if": {"item": "Q4", "equals": 1}}],
            "Q1L.shown_if",
            "Q4 is no single choice with an option 1.",
        ),
        (
            [NOMINAL, MULTIPLE | {"randomise": {"mode": "shuffle", "coin": "order_q3"}, "options": options("a", "b")}],
            "Q6.randomise",
            "The coin order_q3 also decides an order with another number of variants.",
        ),
        (
            [NOMINAL | {"randomise": {"pair_coin": "pair"}}, ORDINAL | {"randomise": {"pair_coin": "pair"}}],
            "Q3.randomise.pair_coin",
            "A pair_coin is shared by exactly two questions of one screen.",
        ),
    ],
)
def test_questions_that_do_not_fit_each_other_are_refused(questions, place, sentence):
    assert faults(document(*questions)) == [(place, sentence)]


def test_follow_up_may_rest_on_other_words_a_scale_or_a_retired_option():
    retired = [option | {"retired": True} if option["code"] == 2 else option for option in NOMINAL["options"]]
    content = document(
        NOMINAL | {"options": retired},
        SCALE,
        FOLLOW_UP | {"shown_if": {"item": "Q3", "equals": 2}},
        FOLLOW_UP | {"id": "Q2L", "shown_if": {"item": "Q7", "equals": 10}},
    )

    assert [each.shown_if for each in parse(content).questions[2:]] == [Condition("Q3", 2), Condition("Q7", 10)]


def test_page_around_the_questions_has_no_name_that_an_id_could_take():
    """Ids begin with a capital letter, so the page's own fields and elements must not."""
    pages = [path.read_text() for path in (Path(settings.BASE_DIR) / "templates").glob("reader/*.html")]
    own = {name for page in pages for name in re.findall(r'\b(?:name|id)="([\w-]+)"', page)}

    assert {"pass", "version", "consent", "seen", "visible", "intent"} <= own
    assert [name for name in own if name[0].isupper()] == []


def test_every_fault_is_told_at_once():
    content = document(ORDINAL | {"stem": "x", "required": "y"}, title="z")

    assert [place for place, _sentence in faults(content)] == ["items[0].stem", "items[0].required", "title"]


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


DOCUMENTS = [json.dumps({**built_in(), "statements": []}), json.dumps(every_kind_document())]
PLACES = [places(json.loads(text))[1:] for text in DOCUMENTS]


@st.composite
def mutilated(draw: Any) -> Any:
    """A right document with one to three places changed, taken out, doubled or exchanged."""
    number = draw(st.sampled_from([0, 1]))
    content = json.loads(DOCUMENTS[number])
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(PLACES[number]))
        try:
            place = content
            for key in way:
                place = place[key]
            match draw(st.sampled_from(["change", "take out", "double", "exchange"])):
                case "change":
                    place[last] = draw(json_values)
                case "take out":
                    del place[last]
                case "double":
                    place.append(copy.deepcopy(place[last]))
                case "exchange":
                    other = draw(
                        st.sampled_from(sorted(place, key=str) if isinstance(place, dict) else range(len(place)))
                    )
                    place[last], place[other] = place[other], place[last]
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier change took the place away, or it cannot be doubled
    return content


@hypothesis_settings(max_examples=150, deadline=None)
@given(mutilated())
def test_any_document_is_either_usable_or_refused_with_sentences(content):
    try:
        definition = parse(content)
    except DefinitionError as error:
        told = error.problems
    else:
        told = usable(definition)

    assert told is None or (told and all(isinstance(place, str) and sentence for place, sentence in told))


def usable(definition: Definition) -> None:
    """Drawn in every language, sent blank, packed and described: what is accepted once must work to the end."""
    coins = draw_coins(definition, b"seed")
    for language in definition.languages:
        for screen in range(1, len(definition.screens) + 1):
            form = ScreenForm(definition, screen, coins, language, data={})
            assert form.is_valid(), form.errors
            assert form.helper.render_layout(form, {})
    assert unpack_codes(definition, pack_codes(definition, {})) == {}
    assert set(json_schema(definition)["properties"]) >= set(definition.by_id)
