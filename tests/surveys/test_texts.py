import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.surveys.texts import JOINERS, STRIPPED, TextRefused, clean_text

KEPT = [
    "👨\u200d👩\u200d👧",  # a family
    "❤\ufe0f\u200d🔥",
    "👩🏽\u200d💻",
    "𠮷野家",
    "葛\U000e0100飾",  # an ideographic variation
    "می\u200cخواهم",  # Persian needs the non-joiner
    "क्\u200dष",  # and Devanagari the joiner
    "<script>alert(1)</script>{{7*7}}",
    "一行目\n二行目\tつづき",
]


@pytest.mark.parametrize("text", KEPT)
def test_text_is_kept_as_it_was_written(text):
    assert clean_text(text, 100) == text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("か\u200dな", "かな"),
        ("漢\u200c字", "漢字"),
        ("a\u200db", "ab"),
        ("\u200dかな\u200d", "かな"),
        ("👨\u200cかな", "👨かな"),
        ("👨\u200d", "👨"),
        ("\u202eevil\u202c", "evil"),
        ("\U000e0041tag", "tag"),
        ("ゼロ\u200b幅\ufeff", "ゼロ幅"),
        ("が", "が"),
        ("か\u200b\u3099", "が"),  # what was kept apart by an invisible sign is composed once it is gone
        ("一\r\n二\r三", "一\n二\n三"),
        ("　前後の空白　", "前後の空白"),
    ],
)
def test_invisible_signs_that_only_deceive_are_taken_out(written, kept):
    assert clean_text(written, 100) == kept


@pytest.mark.parametrize(
    "blank",
    [
        "",
        " ",
        "　\n\t",
        "\u3164",
        "\u115f\u1160\uffa0",
        "\u2800\u2800",
        "\u200b\u200d",
        "\u00ad",
        "\ufe0f",
        "\u0301",
        "\u034f",
        "\U000e0100",
    ],
)
def test_text_with_nothing_to_see_is_blank(blank):
    with pytest.raises(TextRefused) as refused:
        clean_text(blank, 100)

    assert refused.value.code == "blank_text"


def test_limit_counts_characters_and_not_bytes():
    assert clean_text("𠮷" * 5, 5) == "𠮷" * 5
    with pytest.raises(TextRefused) as refused:
        clean_text("𠮷" * 6, 5)

    assert refused.value.code == "text_too_long"


def test_marks_piled_up_are_refused_as_they_were_sent():
    assert clean_text("\u03b1\u0313\u0301\u0345" * 100, 100) == "\u1f84" * 100  # as much as four signs make of one
    with pytest.raises(TextRefused) as refused:
        clean_text("か\u3099" * 300, 100)

    assert "600" in refused.value.message


SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "\u200b\u200c\u200d\ufe0f\u202e\u3164👨👩かक\u094dب\u3099"
)


@settings(max_examples=150, deadline=None)
@given(st.text(SIGNS, max_size=12))
def test_cleaned_text_is_composed_free_of_tricks_and_stays_as_it_is(raw):
    try:
        text = clean_text(raw, 100)
    except TextRefused:
        return

    assert clean_text(text, 100) == text == unicodedata.normalize("NFC", text).strip()
    assert not STRIPPED.search(text)
    assert not JOINERS.match(text)
