import pytest
from django.utils.translation import override

from apps.debates.wording import characters, folded, longest_in, statement_text
from apps.surveys.texts import TextRefused

FAMILY = "👨‍👩‍👧‍👦"
GA = "か\u3099"  # two signs, one character


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("意見", 2),
        ("𠮷野家", 3),
        (GA, 1),
        ("ｶﾞ", 1),
        (FAMILY, 1),
        ("👍🏽", 1),
        ("❤️", 1),
        ("🇯🇵", 1),
        ("🇯🇵🇺🇸", 2),
        ("1️⃣", 1),
        ("e\u0301a", 2),
        ("葛\U000e0100飾", 2),
    ],
)
def test_characters_are_counted_as_a_person_sees_them(text, count):
    assert characters(text) == count


@pytest.mark.parametrize(("language", "longest"), [("ja", 60), ("en", 140), ("de", 140)])
def test_statement_may_be_as_long_as_its_language_allows(language, longest):
    assert longest_in(language) == longest
    assert statement_text("あ" * longest, language) == "あ" * longest
    with pytest.raises(TextRefused) as refused:
        statement_text("あ" * (longest + 1), language)
    assert refused.value.code == "text_too_long"


def test_limit_counts_families_and_not_their_signs():
    assert statement_text(FAMILY * 20, "ja") == FAMILY * 20


def test_pile_of_accents_is_too_long_although_it_is_one_character():
    with pytest.raises(TextRefused) as refused:
        statement_text("e" + "\u0336" * 300, "ja")
    assert refused.value.code == "text_too_long"


def test_statement_stands_on_one_line():
    assert statement_text("  一つ目。\r\n\n　二つ目。\t終わり ", "ja") == "一つ目。 二つ目。 終わり"


@pytest.mark.parametrize(
    ("text", "code"),
    [(" 　\n", "blank_text"), ("\u200b", "blank_text"), ("a\x00b", "unreadable_text"), (5, "text_expected")],
)
def test_what_is_no_statement_is_refused(text, code):
    with pytest.raises(TextRefused) as refused:
        statement_text(text, "ja")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write your statement first."),
        ("あ" * 61, "Please shorten the text to 60 characters; it has 61."),
        (" " + "あ" * 5000, "Please shorten the text to 60 characters; it has 5000."),
    ],
)
def test_refusal_names_the_limit_of_statements_and_leaves_none_out(text, sentence):
    with override("en"), pytest.raises(TextRefused) as refused:
        statement_text(text, "ja")
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "other",
    ["ＡＩは、あぶない。", "aiはあぶない", "AI は アブナイ！", "ＡＩﾊｱﾌﾞﾅｲ", "『AI』は あぶない…"],
)
def test_same_words_fold_to_the_same(other):
    assert folded(other) == folded("AIはあぶない")


@pytest.mark.parametrize("other", ["AIはあぶなくない", "AIはアブ", "AIはあふない"])
def test_other_words_fold_to_others(other):
    assert folded(other) != folded("AIはあぶない")


def test_signs_alone_are_still_told_apart():
    assert folded("！？") != folded("。")
