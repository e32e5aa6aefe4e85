"""Single changes of a questionnaire: which code, which place, which reason."""

import pytest
from django.utils.translation import override

from apps.surveys.editing import EditRefused, past_of
from apps.surveys.editing.finding import asked_in_order, item_called, resting_items, screens
from apps.surveys.editing.options import add_option, add_row, move_option, remove_option, remove_row, retire_option
from apps.surveys.editing.questions import (
    add_question,
    ask_again,
    conditions,
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
from tests.surveys.documents import FOLLOW_UP, NOMINAL, ORDINAL, PAIRED, RANKING, SCALE, both, built_in, document

NOTHING = past_of([])


def published(made):
    return past_of([parse(made)])


def codes(made, name):
    return [option["code"] for option in item_called(made, name)["options"]]


def words_of_option(made, code):
    return next(option["label"] for option in item_called(made, "Q6")["options"] if option["code"] == code)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_new_question_of_each_kind_can_be_published_at_once(kind):
    made = add_question(built_in(), published(built_in()), kind)

    question = parse(made).question("Q10")
    assert question.kind == kind
    assert set(question.stem) == {"ja", "en"}
    assert screens(made)[-2:] == [["Q10"], ["B1", "B2", "B3"]]


@pytest.mark.parametrize(
    "kind", ["single_ordinal", "single_nominal", "paired_ab", "item_by_item", "multiple", "rank_top_k", "scale"]
)
def test_new_closed_question_offers_not_to_know(kind):
    made = add_question(document(ORDINAL), NOTHING, kind)

    assert parse(made).question("Q2").options[-1].role == "dont_know"


def test_new_question_speaks_the_languages_of_the_document_only():
    made = add_question(document(ORDINAL) | {"languages": ["ja"]}, NOTHING, "single_ordinal")

    item = item_called(made, "Q2")
    assert set(item["stem"]) == {"ja"}
    assert {tuple(option["label"]) for option in item["options"]} == {("ja",)}


def test_id_of_a_question_that_was_published_is_not_given_again():
    made = document(ORDINAL, PAIRED)
    after = take_out(made, NOTHING, "Q2")

    assert item_called(add_question(after, published(made), "date"), "Q3")
    assert item_called(add_question(after, NOTHING, "date"), "Q2")


def test_question_that_was_never_published_goes_for_good():
    made = take_out(document(ORDINAL, PAIRED), published(document(ORDINAL)), "Q2")

    assert asked_in_order(made) == ["Q1"]
    assert resting_items(made) == []


def test_published_question_rests_and_can_be_asked_again():
    before = document(ORDINAL, PAIRED, NOMINAL)
    rests = take_out(before, published(before), "Q2")
    again = ask_again(rests, "Q2")

    assert [item["id"] for item in resting_items(rests)] == ["Q2"]
    assert asked_in_order(rests) == ["Q1", "Q3"]
    assert asked_in_order(again) == ["Q1", "Q3", "Q2"]
    assert parse(again).question("Q2") == parse(before).question("Q2")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda made: take_out(made, NOTHING, "Q1"), "Q1 cannot go while others rest on it: Q1L, P1."),
        (
            lambda made: move_question(made, "Q1L", -1),
            "Q1L is asked after a certain answer to Q1, so it has to stand behind it.",
        ),
        (
            lambda made: retire_option(made, "Q1", 3),
            "Q1L is asked of those who choose this option; change that one first.",
        ),
        (lambda made: add_option(made, NOTHING, "P1"), "This question takes no further option of this kind."),
        (
            lambda made: add_option(made, NOTHING, "Q1", "dont_know"),
            "This question takes no further option of this kind.",
        ),
        (lambda made: take_out(made, NOTHING, "Q77"), "There is no question Q77 any more."),
        (
            lambda made: remove_row(made, published(made), "Q2", "a"),
            "Row a was published and may have answers; it has to stay.",
        ),
        (
            lambda made: remove_option(made, published(made), "Q6", 1),
            "Option 1 was published and may have answers; retire it instead.",
        ),
        (
            lambda made: reword(made, NOTHING, "Q6", {"options": {1: words_of_option(made, 2)}}),
            "Two of these texts are the same.",
        ),
        (
            lambda made: reword(
                made,
                published(made),
                "Q6",
                {"options": {1: words_of_option(made, 2), 2: {"ja": "別", "en": "Other"}}},
            ),
            "These words belonged to 2 when it was published; given to 1, old answers would change.",
        ),
        (
            lambda made: move_option(made, published(made), "Q1", 5, 1),
            "The steps of a published scale keep their order: answers rest on it.",
        ),
        (
            lambda made: reword(made, published(made), "Q9", {"k": 2}),
            "Answers with 3 places are there already; there cannot be fewer now.",
        ),
    ],
)
def test_what_would_harm_is_refused_with_its_reason(change, sentence):
    with pytest.raises(EditRefused) as refused:
        change(built_in())

    assert refused.value.sentence == sentence


def test_ends_of_a_published_scale_stay():
    made = document(SCALE)

    assert parse(reword(made, NOTHING, "Q7", {"maximum": 5})).questions[0].maximum == 5
    with pytest.raises(EditRefused, match="ends of a published scale"):
        reword(made, published(made), "Q7", {"maximum": 5})


def test_new_options_get_the_next_number_and_stand_before_those_at_the_end():
    made = add_option(document(NOMINAL), NOTHING, "Q3", label=both("four"))

    assert codes(made, "Q3") == [1, 2, 3, 8, 7, 98]
    assert codes(add_option(made, NOTHING, "Q3", "prefer_not"), "Q3") == [1, 2, 3, 8, 7, 98, 99]


def test_code_of_an_option_that_was_published_is_not_given_again():
    first = document(NOMINAL)
    second = add_option(first, NOTHING, "Q3", label=both("four"))
    back = remove_option(second, NOTHING, "Q3", 8)

    assert codes(add_option(back, published(second), "Q3", label=both("five")), "Q3") == [1, 2, 3, 9, 7, 98]


def test_steps_of_a_scale_that_nobody_answered_are_numbered_along_their_order():
    made = document(ORDINAL, FOLLOW_UP, pages=[["Q1", "Q1L"]])
    more = add_option(made, NOTHING, "Q1", label=both("very good"))
    moved = move_option(more, NOTHING, "Q1", 2, -1)

    assert codes(more, "Q1") == [1, 2, 3, 4, 98]
    assert codes(moved, "Q1") == [1, 2, 3, 4, 98]
    assert [option["label"]["en"] for option in item_called(moved, "Q1")["options"]][:2] == ["so so", "bad"]
    assert item_called(moved, "Q1L")["shown_if"] == {"item": "Q1", "equals": 1}  # still those who said "so so"


def test_step_joins_a_published_scale_only_at_its_end():
    rising = document(ORDINAL)
    falling = built_in()

    assert codes(add_option(rising, published(rising), "Q1", label=both("very good")), "Q1") == [1, 2, 3, 4, 98]
    assert codes(add_option(falling, published(falling), "Q4", label=both("none")), "Q4") == [5, 4, 3, 2, 1, 0, 98]


def test_screens_are_moved_split_and_joined():
    made = document(ORDINAL, PAIRED, NOMINAL)
    moved = move_screen(made, "Q3", -1)
    joined = join_screens(moved, "Q3")

    assert screens(moved) == [["Q1"], ["Q3"], ["Q2"]]
    assert [item["id"] for item in moved["items"]] == ["Q1", "Q3", "Q2"]
    assert screens(joined) == [["Q1", "Q3"], ["Q2"]]
    assert screens(split_screen(joined, "Q3")) == [["Q1"], ["Q3"], ["Q2"]]
    assert screens(move_screen(made, "Q1", -1)) == screens(made)


def test_coin_is_drawn_by_whoever_comes_first():
    made = built_in()
    for _ in range(3):
        made = move_screen(made, "Q4", -1)

    assert screens(made)[0] == ["Q4"]
    assert item_called(made, "Q4")["randomise"] == {"mode": "reverse_half", "store_as": "dir_main"}
    assert item_called(made, "Q1")["randomise"]["coin"] == "dir_main"
    assert parse(made).coins == parse(built_in()).coins[:1] + parse(made).coins[1:]


def test_pair_that_is_torn_apart_changes_places_no_more():
    made = split_screen(built_in(), "Q8")

    assert "pair_coin" not in item_called(made, "Q7")["randomise"]
    assert made["experiments"]["order_coins"] == ["dir_main", "ab_swap", "row_order_Q2", "ctx_order"]


def test_conditions_are_single_choices_made_before():
    made = built_in()

    assert {name for name, _code in conditions(made, "Q6")} == {"Q1", "Q1L", "Q4", "Q5"}
    assert conditions(made, "Q1") == []


def test_change_leaves_the_document_it_came_from():
    made = built_in()
    reword(made, NOTHING, "Q1", {"stem": both("new")})
    add_row(made, NOTHING, "Q2", both("calm"))
    take_out(made, NOTHING, "Q3")

    assert made == built_in()


def test_texts_not_written_yet_may_stand_in_a_draft():
    made = reword(built_in(), NOTHING, "Q1", {"stem": {"ja": "どう思いますか。", "en": ""}})

    assert item_called(made, "Q1")["stem"]["en"] == ""
    assert codes(add_option(made, NOTHING, "Q6"), "Q6")[3] == 6


def test_consent_to_be_quoted_gets_its_former_name_back():
    made = built_in()
    without = reword(made, published(made), "Q3", {"quotation": None})
    again = reword(without, published(made), "Q3", {"quotation": both("may be quoted")})

    assert "secondary" not in item_called(without, "Q3")
    assert item_called(again, "Q3")["secondary"]["id"] == "Q3c"


def test_more_places_may_be_asked_for_than_before():
    made = document(RANKING)

    assert parse(reword(made, published(made), "Q5", {"k": 4})).questions[0].top == 4


def test_statements_keep_published_words_and_codes():
    made = built_in()
    more = add_statement(made, published(made), "bridge", {"ja": "新しい意見。", "en": "A new statement."})
    fewer = take_out_statement(made, "S24")

    assert more["statements"][-1] == {"id": "S25", "stance": "bridge", "ja": "新しい意見。", "en": "A new statement."}
    assert add_statement(fewer, published(made), "pro", {"ja": "別。", "en": "Other."})["statements"][-1]["id"] == "S25"
    assert (
        reword_statement(made, NOTHING, "S01", "con", {"ja": "別。", "en": "Other."})["statements"][0]["ja"] == "別。"
    )
    with pytest.raises(EditRefused, match="voted on these words"):
        reword_statement(made, published(made), "S01", "pro", {"ja": "別。", "en": "Other."})


def test_question_once_more_rests_with_the_comparison_and_comes_back_with_it():
    before = built_in()
    rests = take_out(before, published(before), "P1")
    both_rest = take_out(take_out(rests, published(before), "Q1L"), published(before), "Q1")
    again = ask_again(ask_again(both_rest, "Q1"), "P1")

    assert parse(rests).again == ()
    assert parse(rests).arms == ()
    assert [item["id"] for item in resting_items(both_rest)] == ["X1", "Q1L", "Q1", "P1"]
    assert parse(again).again == ("P1",)
    assert parse(again).arms == parse(before).arms
