"""Words of answers: what survey-method 2.3 names, and what must hold of any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.texts.tokens import denied, tokenizer_version, words_in

LONG = 10_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("まちがいとシュミレーション", {"間違い", "シミュレーション"}),
        ("打込む", {"打ち込む"}),
        ("経営者が国際的に動く", {"経営者", "国際的", "動く"}),
        ("エーアイと人工知能とAI", set()),  # every answer here is about it
        ("力が一人に集まると止められないと思う。", {"力", "一人", "集まる", "止める_ない"}),
        ("誰も止めていない", {"止める_ない"}),
        ("心配はない。歯止めが必要", {"心配_ない", "歯止め", "必要"}),
        ("止まらぬ", {"止まる_ない"}),
        ("わからん", {"分かる_ない"}),
        ("安全ではない、速い。", {"安全_ない", "速い"}),
        ("早い、速い", {"速い"}),
        ("心配、でも必要ない", {"心配", "必要_ない"}),
        ("100万円が三つ", set()),
        ("GPUが10万枚", {"gpu"}),
        ("Nobody can stop it, and it is not safe.", {"not_stop", "not_safe"}),
        ("It isn’t fast but powerful", {"not_fast", "powerful"}),
        ("No. Power gathers!", {"power", "gathers"}),
        ("https://example.org/力 name@example.org @someone 😀👨‍👩‍👧", set()),
    ],
)
def test_words_of_an_answer(text, words):
    assert words_in(text) == words


def test_a_word_said_often_counts_once():
    assert words_in("不安。不安、とても不安") == words_in("とても不安")


def test_denial_is_told_apart_from_its_word():
    assert [denied(word) for word in ("止める_ない", "not_safe", "力")] == [
        ("止める", True), ("safe", True), ("力", False),
    ]  # fmt: skip


def test_version_names_what_made_the_words():
    assert "sudachipy" in tokenizer_version()


@pytest.mark.parametrize("sign", ["あ", "\ufdfa", "𠮷", "👨‍👩‍👧", "ｱ", "x", "。", "\n", "止めない。", "\u202e", "é"])
def test_the_longest_text_is_read_whatever_it_is_made_of(sign):
    assert isinstance(words_in((sign * LONG)[:LONG]), frozenset)


def test_a_long_text_is_read_to_its_end():
    assert "歯止め" in words_in("力が集まる。" * 3_000 + "歯止め")


@given(st.text(max_size=300))
def test_any_text_has_words_and_always_the_same(text):
    assert words_in(text) == words_in(text)


@given(st.text("あいうアイウ漢字力止めないABCabc123ー。、 ", max_size=60))
def test_width_makes_no_other_words(text):
    narrow = unicodedata.normalize("NFKC", text)
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in narrow)

    assert words_in(wide) == words_in(narrow)
