"""Lines break where a typesetter would break them."""

from hypothesis import given
from hypothesis import strategies as st

from apps.reports.documents.signs import Setting
from apps.reports.drawings.measure import width, wrap


def test_latin_words_stay_whole_and_lines_are_of_much_the_same_length():
    assert wrap("That nobody else can stop a wrong judgement", 13, 200) == [
        "That nobody else can",
        "stop a wrong judgement",
    ]


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one():
    assert wrap("あいうえ、おかきく「けこさ」しす", 10, 50) == ["あいうえ、", "おかきく", "「けこさ」", "しす"]


def test_japanese_breaks_between_phrases():
    assert wrap("力が一人に集まるAI開発を、どう考えますか", 10, 120) == ["力が一人に集まる", "AI開発を、どう考えますか"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert wrap("あいうえおかきくけこ", 10, 30, most=2) == ["あいう", "えお…"]


def test_what_the_type_lacks_is_as_wide_as_the_mark_that_is_printed_for_it():
    words = {"Arabic": "مرحبا", "Thai": "ไทย", "an emoji": "👩\u200d👧", "piled marks": "W\u0336\u0360\u0336"}

    assert {which: width(each, 10) for which, each in words.items()} == {
        which: width(Setting()(each), 10) for which, each in words.items()
    }


@given(st.text(max_size=80), st.integers(30, 300))
def test_no_sign_is_lost_and_no_line_is_too_long(words, limit):
    lines = wrap(words, 12, limit, most=1000)

    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(width(line, 12) <= limit or len(line) == 1 for line in lines)
