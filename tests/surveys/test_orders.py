from collections import Counter
from itertools import pairwise

import pytest

from apps.surveys.orders import (
    draw_coins,
    ordered_context,
    ordered_options,
    ordered_poles,
    ordered_questions,
    ordered_rows,
    williams,
)
from apps.surveys.reading import parse
from tests.surveys.documents import (
    MULTIPLE,
    NOMINAL,
    ORDINAL,
    PAIRED,
    ROWS,
    both,
    built_in,
    document,
    every_kind,
    question,
)


def codes(options) -> list[int]:
    return [option.code for option in options]


@pytest.mark.parametrize("count", range(2, 9))
def test_williams_design_puts_everything_everywhere_and_after_everything_equally_often(count):
    rows = williams(count)

    places = Counter((place, thing) for row in rows for place, thing in enumerate(row))
    followers = Counter(pair for row in rows for pair in pairwise(row))
    assert len(rows) == (count if count % 2 == 0 else 2 * count)
    assert places == dict.fromkeys(((p, t) for p in range(count) for t in range(count)), len(rows) // count)
    assert followers == dict.fromkeys(
        ((a, b) for a in range(count) for b in range(count) if a != b), len(rows) // count
    )


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_order_has_one_order(count):
    assert williams(count) == (tuple(range(count)),)


def test_coins_follow_from_the_seed_and_have_their_sides():
    definition = parse(built_in())

    drawn = [draw_coins(definition, seed.to_bytes(32, "big")) for seed in range(400)]

    assert drawn[7] == draw_coins(definition, (7).to_bytes(32, "big"))
    assert {coin.name: set(range(coin.sides)) for coin in definition.coins} == {
        coin.name: {each[coin.name] for each in drawn} for coin in definition.coins
    }


def test_coins_of_one_reader_do_not_hang_together():
    """Two coins of two sides fall alike for about half of the readers; five sigma either way."""
    definition = parse(built_in())
    drawn = [draw_coins(definition, seed.to_bytes(32, "big")) for seed in range(1600)]

    alike = sum(each["dir_main"] == each["ab_swap"] for each in drawn)

    assert 700 <= alike <= 900


def test_scale_is_turned_round_and_dont_know_stays_last():
    asked = question(ORDINAL)

    assert codes(ordered_options(asked, {})) == [1, 2, 3, 98]
    assert codes(ordered_options(asked, {"direction": 0})) == [1, 2, 3, 98]
    assert codes(ordered_options(asked, {"direction": 1})) == [3, 2, 1, 98]


def test_shuffle_shows_each_of_its_variants_and_keeps_the_last_ones():
    asked = question(NOMINAL)

    shown = [codes(ordered_options(asked, {"order_q3": side})) for side in range(6)]

    assert sorted(each[:3] for each in shown) == sorted([1 + a for a in row] for row in williams(3))
    assert {tuple(each[3:]) for each in shown} == {(7, 98)}


def test_unknown_side_of_a_coin_still_shows_every_option():
    """A reader's coins are kept; a later version may have fewer variants."""
    asked = question(MULTIPLE)

    assert sorted(codes(ordered_options(asked, {"order_q6": 10**6}))) == [1, 2, 3, 9]


def test_swapped_poles_change_letters_while_codes_keep_their_meaning():
    asked = question(PAIRED)

    straight, swapped = ({"sides": side} for side in (0, 1))

    assert ordered_poles(asked, straight) == (both("fast"), both("careful"))
    assert ordered_poles(asked, swapped) == (both("careful"), both("fast"))
    assert [(o.code, o.label["en"]) for o in ordered_options(asked, straight)][:2] == [
        (4, "close to A"),
        (3, "rather A"),
    ]
    assert [(o.code, o.label["en"]) for o in ordered_options(asked, swapped)][:2] == [
        (1, "close to A"),
        (2, "rather A"),
    ]


def test_rows_change_places_and_keep_their_options():
    asked = question(ROWS)

    assert [[row.code for row in ordered_rows(asked, {"rows_q4": side})] for side in (0, 1)] == [["a", "b"], ["b", "a"]]
    assert codes(ordered_options(asked, {"rows_q4": 1})) == [1, 2, 3, 98]


def test_context_voices_and_paired_questions_change_places():
    definition = parse(built_in())

    first, second = definition.context_pair

    assert [ordered_context(definition, {"ctx_order": side}) for side in (0, 1)] == [(first, second), (second, first)]
    assert [[each.id for each in ordered_questions(definition, 7, {"pair_order_Q7Q8": side})] for side in (0, 1)] == [
        ["Q7", "Q8"],
        ["Q8", "Q7"],
    ]


def test_every_order_shows_the_same_options():
    definition = every_kind()

    for asked in definition.questions:
        shown = {frozenset(codes(ordered_options(asked, {asked.order.coin or "": side}))) for side in range(12)}
        assert shown == {asked.codes}


def test_option_retired_since_is_shown_to_who_chose_it_where_it_stood():
    kept = question(NOMINAL)
    retired = [option | {"retired": True} if option["code"] == 2 else option for option in NOMINAL["options"]]
    asked = question(NOMINAL, options=retired)

    assert codes(ordered_options(asked, {"order_q3": 4})) != codes(ordered_options(kept, {"order_q3": 4}))
    assert 2 not in codes(ordered_options(asked.open_to(3), {"order_q3": 4}))
    assert ordered_options(asked.open_to(2), {"order_q3": 4}) == ordered_options(kept, {"order_q3": 4})


def test_order_of_a_document_without_coins_is_its_own():
    definition = parse(document(ORDINAL | {"randomise": None}))

    assert definition.coins == ()
    assert draw_coins(definition, b"seed") == {}
