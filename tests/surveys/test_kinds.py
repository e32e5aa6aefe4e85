"""Every kind of question: from what a form sends to what is stored and packed, and what is refused."""

from typing import Any

import pytest

from apps.surveys.codes import pack_codes, unpack_codes
from apps.surveys.kinds import KINDS, Refused, kind_of
from apps.surveys.reading import parse
from tests.surveys.documents import (
    DATE,
    EVERY_KIND,
    MULTIPLE,
    NOMINAL,
    NUMBER,
    ORDINAL,
    PAIRED,
    RANKING,
    ROWS,
    SCALE,
    WORDS,
    document,
    options,
    question,
)

ITEMS = {item["id"]: item for item in EVERY_KIND} | {"Q1L": ORDINAL | {"id": "Q1L"}}

# The item, what the form sends, the raw answer, what is stored, what is packed.
WAYS: list[tuple[dict[str, Any], dict[str, Any], Any, Any, list[int]]] = [
    (ORDINAL, {"Q1": "3"}, 3, 3, [3]),
    (ORDINAL, {"Q1": "98"}, 98, 98, [98]),
    (PAIRED, {"Q2": "4"}, 4, 4, [4]),
    (NOMINAL, {"Q3": "2", "Q3-text": ""}, 2, 2, [2]),
    (NOMINAL, {"Q3": "7", "Q3-text": " 海 "}, {"code": 7, "text": "海"}, {"code": 7, "text": "海"}, [7]),
    (NOMINAL, {"Q3": "7", "Q3-text": "  "}, 7, 7, [7]),
    (NOMINAL, {"Q3": "", "Q3-text": "海"}, {"code": 7, "text": "海"}, {"code": 7, "text": "海"}, [7]),
    (ROWS, {"Q4-a": "3", "Q4-b": "98"}, {"a": 3, "b": 98}, {"a": 3, "b": 98}, [3, 98]),
    (ROWS, {"Q4-a": "3", "Q4-b": ""}, {"a": 3, "b": None}, {"a": 3, "b": 97}, [3, 97]),
    (RANKING, {"Q5-4": "1", "Q5-1": "2"}, [4, 1], [4, 1], [4, 1, 255]),
    (RANKING, {"Q5-4": "3", "Q5-1": "2", "Q5-2": "0"}, [1, 4], [1, 4], [1, 4, 255]),
    (RANKING, {"Q5-98": "x"}, [98], [98], [98, 255, 255]),
    (MULTIPLE, {"Q6": ["3", "1"]}, [3, 1], [1, 3], [1, 0, 1, 0]),
    (MULTIPLE, {"Q6": ["9"]}, [9], [9], [0, 0, 0, 1]),
    (SCALE, {"Q7": "0"}, 0, 0, [0]),
    (SCALE, {"Q7": "10"}, 10, 10, [10]),
    (SCALE, {"Q7": "98"}, 98, 98, [98]),
    (WORDS, {"Q8": "\r\nなぜなら\r\nこう "}, "なぜなら\r\nこう", "なぜなら\nこう", []),
    (NUMBER, {"Q9": "97"}, 97, 97, []),
    (NUMBER, {"Q9": "１２．５"}, 12.5, 12.5, []),
    (NUMBER, {"Q9": "12.0"}, 12, 12, []),
    (DATE, {"Q10": "2024-02-29"}, "2024-02-29", "2024-02-29", []),
    (DATE, {"Q10": "２０２４／２／９"}, "2024-02-09", "2024-02-09", []),
    (DATE, {"Q10": "2024年12月31日"}, "2024-12-31", "2024-12-31", []),
]


def test_every_kind_is_tried_here():
    assert {item["type"] for item, *_rest in WAYS} == set(KINDS)


@pytest.mark.parametrize(("item", "sent", "raw", "stored", "codes"), WAYS)
def test_answer_goes_all_the_way_to_its_codes(item, sent, raw, stored, codes):
    asked = question(item)
    kind = kind_of(asked)
    empty = {name: [] if item["type"] == "multiple" else "" for name in kind.fields(asked)}

    given = kind.raw(asked, empty | sent)
    checked = kind.check(asked, given)

    assert (given, checked, pack_codes(parse(document(item)), {item["id"]: checked})) == (raw, stored, bytes(codes))


@pytest.mark.parametrize(("item", "sent", "raw", "stored", "codes"), WAYS)
def test_stored_answer_fills_the_form_and_comes_back(item, sent, raw, stored, codes):
    asked = question(item)
    kind = kind_of(asked)
    empty = {name: [] if item["type"] == "multiple" else "" for name in kind.fields(asked)}

    again = kind.raw(asked, empty | kind.initial(asked, stored))

    assert kind.check(asked, again) == stored


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda item: item["type"])
def test_blank_form_is_no_answer(item):
    asked = question(ITEMS[item["id"]])
    kind = kind_of(asked)
    fields = kind.fields(asked)
    values = {name: field.clean(None) for name, field in fields.items()}

    assert kind.raw(asked, values) is None


WRONG = [True, [[1]], [1.0], {"x": 1}, float("inf"), 10**5000]
REFUSED: list[tuple[dict[str, Any], Any, str, str]] = [
    *[(ORDINAL, raw, "unknown_option", "") for raw in (0, 4, 97, -1, 255, "3", 3.0, True, [3], {"code": 3})],
    (PAIRED, 0, "unknown_option", ""),
    (NOMINAL, 9, "unknown_option", ""),
    (NOMINAL, {"code": 9}, "unknown_option", "code"),
    (NOMINAL, {"text": "海"}, "unknown_option", "code"),
    (NOMINAL, {"code": 1, "text": "海"}, "no_text_here", "text"),
    (NOMINAL, {"code": 7, "text": ""}, "blank_text", "text"),
    (NOMINAL, {"code": 7, "text": "海" * 21}, "text_too_long", "text"),
    (NOMINAL, {"code": 7, "text": 5}, "text_expected", "text"),
    (NOMINAL, {"code": 7, "words": "海"}, "unknown_key", "words"),
    (ROWS, 3, "rows_expected", ""),
    (ROWS, [3, 3], "rows_expected", ""),
    (ROWS, {"c": 3}, "unknown_row", "c"),
    (ROWS, {"a": 3, "b": 4}, "unknown_option", "b"),
    (RANKING, 1, "list_expected", ""),
    (RANKING, [1, 1], "repeated_option", ""),
    (RANKING, [1, 2, 3, 4], "too_many", ""),
    (RANKING, [1, 98], "exclusive_option", ""),
    (RANKING, [5], "unknown_option", ""),
    (MULTIPLE, "1", "list_expected", ""),
    (MULTIPLE, [1, 1], "repeated_option", ""),
    (MULTIPLE, [9, 1], "exclusive_option", ""),
    (MULTIPLE, [True], "unknown_option", ""),
    *[(SCALE, raw, "unknown_option", "") for raw in (-1, 11, 97, 5.0, True, "5")],
    (WORDS, 5, "text_expected", ""),
    (WORDS, "　 \n", "blank_text", ""),
    (WORDS, "長" * 31, "text_too_long", ""),
    (WORDS, "a\x00", "unreadable_text", ""),
    (WORDS, "a\ud800", "unreadable_text", ""),
    *[(NUMBER, raw, "number_expected", "") for raw in ("5", True, [5], float("inf"), float("nan"), 10**13)],
    *[(NUMBER, raw, "out_of_range", "") for raw in (-0.5, 120.5)],
    (NUMBER, 1.25, "wrong_step", ""),
    *[(DATE, raw, "date_expected", "") for raw in (20240101, "2024-W01-1", "2024-001", "2024-02-30", "2024-1-1", "")],
    (DATE, "２０２４-01-01", "date_expected", ""),
    *[(DATE, raw, "out_of_range", "") for raw in ("2019-12-31", "2027-01-01")],
]


@pytest.mark.parametrize(("item", "raw", "code", "part"), REFUSED)
def test_answer_that_cannot_be_kept_is_refused_with_its_part(item, raw, code, part):
    asked = question(item)

    with pytest.raises(Refused) as refused:
        kind_of(asked).check(asked, raw)

    assert (refused.value.code, refused.value.part) == (code, part)


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda item: item["type"])
@pytest.mark.parametrize("raw", WRONG, ids=["boolean", "nested", "float", "object", "infinity", "huge"])
def test_wrong_types_are_refused_and_never_crash(item, raw):
    asked = question(ITEMS[item["id"]])

    with pytest.raises(Refused):
        kind_of(asked).check(asked, raw)


@pytest.mark.parametrize("place", ["²", "①", "１", "4", "-1", "1.0", "9" * 5000, "y", "x"])
def test_place_that_is_none_is_refused_at_its_option(place):
    asked = question(RANKING)
    sent = dict.fromkeys(kind_of(asked).fields(asked), "") | {"Q5-2": place}

    with pytest.raises(Refused) as refused:
        kind_of(asked).raw(asked, sent)

    assert (refused.value.code, refused.value.part) == ("unknown_option", "2")


def test_two_options_on_one_place_are_refused_at_the_second():
    asked = question(RANKING)
    sent = dict.fromkeys(kind_of(asked).fields(asked), "") | {"Q5-1": "2", "Q5-3": "2"}

    with pytest.raises(Refused) as refused:
        kind_of(asked).raw(asked, sent)

    assert (refused.value.code, refused.value.part) == ("same_place", "3")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234", 1234),
        ("１，２３４．５", 1234.5),
        ("－５", -5),
        ("−5", -5),
        ("+0.50", 0.5),
        ("1,5", "1,5"),
        ("1_0", "1_0"),
        ("1e3", "1e3"),
        ("0x10", "0x10"),
        ("nan", "nan"),
        ("Infinity", "Infinity"),
        ("٣", "٣"),
        ("1.", "1."),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_typed_number_is_read_or_left_as_it_is(typed, number):
    asked = question(NUMBER)

    assert kind_of(asked).raw(asked, {"Q9": typed}) == number


def test_packing_more_places_than_there_are_keeps_the_first():
    """Compatibility forbids it; a row that is there all the same must not break the columns of others."""
    definition = parse(document(RANKING | {"k": 2}))

    assert pack_codes(definition, {"Q5": [3, 1, 2]}) == bytes([3, 1])


def test_blank_answers_are_packed_as_such_and_come_back():
    definition = parse(document(ORDINAL, ROWS, RANKING, MULTIPLE, SCALE))
    blank = {"Q1": 97, "Q4": 97, "Q5": 97, "Q6": 97, "Q7": 97}

    packed = pack_codes(definition, blank)

    assert packed == bytes([97] * 11)
    assert unpack_codes(definition, packed) == blank | {"Q4": {"a": 97, "b": 97}}


def test_ranking_of_one_place_takes_one_byte():
    definition = parse(document(RANKING | {"k": 1, "options": options("a", "b")}))

    assert pack_codes(definition, {"Q5": [2]}) == bytes([2])
