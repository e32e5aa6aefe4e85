"""Hints for authors: each rule in both languages, where it speaks up and where it keeps quiet."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.surveys.editing.finding import all_items, main_items, options_of
from apps.surveys.neutrality import Hint, hints, hints_for_statement
from apps.surveys.neutrality.ranges import overlapping
from apps.surveys.neutrality.rules import RULES
from tests.surveys.documents import EVERY_KIND, built_in

DONT_KNOW = {"code": 98, "label": {"ja": "わからない", "en": "Don't know"}, "kind": "dont_know"}


def question(language, stem="", *labels, kind="single_ordinal", **more):
    options = [{"code": code, "label": {language: label}} for code, label in enumerate(labels, 1)]
    return {"id": "Q1", "type": kind, "stem": {language: stem}, "options": [*options, DONT_KNOW], **more}


def given_for(language, *words, **more):
    item = question(language, *words, **more)
    return [hint.rule for hint in hints(item, [language], item["options"])]


@pytest.mark.parametrize(
    ("rule", "language", "stem"),
    [
        ("one_pole", "ja", "この計画は望ましいと思いますか。"),
        ("one_pole", "ja", "この計画に反対ですか。"),
        ("one_pole", "ja", "どのくらい満足していますか。"),
        ("one_pole", "ja", "新しい規制は必要だと思いますか。"),
        ("one_pole", "en", "Is this plan desirable?"),
        ("one_pole", "en", "How satisfied are you?"),
        ("one_pole", "en", "Do you oppose the plan?"),
        ("leading", "ja", "やはりこの計画を続けますか。"),
        ("leading", "ja", "この計画は見直したほうがよいのではないでしょうか。"),
        ("leading", "ja", "深刻な事故が続くこの技術をどう評価しますか。"),
        ("leading", "en", "Surely this plan has to stop?"),
        ("leading", "en", "What do you make of this reckless plan?"),
        ("leading", "en", "Don't you think that it went well?"),
        ("double_barrelled", "ja", "料金やサービスをどう評価しますか。"),
        ("double_barrelled", "ja", "計画の速さおよび費用をどう評価しますか。"),
        ("double_barrelled", "en", "How do you rate price and service?"),
        ("double_barrelled", "en", "How do you rate the price as well as the service?"),
        ("long", "ja", "長" * 91),
        ("long", "en", "word " * 41),
        ("absolute", "ja", "AIは必ず点検するものですか。"),
        ("absolute", "en", "Is the road always noisy?"),
        ("double_negative", "ja", "禁止しないことに反対ですか、賛成ですか。"),
        ("double_negative", "ja", "効果がなくはないと感じますか。"),
        ("double_negative", "en", "Should it not be prohibited?"),
        ("double_negative", "en", "Is it not unreasonable?"),
        ("placeholder", "ja", "【内容】をどう評価しますか。"),
        ("placeholder", "en", "How do you rate [subject]?"),
    ],
)
def test_stem_that_pushes_is_hinted_at(rule, language, stem):
    assert given_for(language, stem) == [rule]


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("ja", "この計画は、望ましいと思いますか、望ましくないと思いますか。"),
        ("ja", "この計画に賛成ですか、反対ですか。"),
        ("ja", "規制は必要ですか、必要ありませんか、それとも不要ですか。"),
        ("ja", "どのくらい満足ですか、または不満ですか。"),
        ("ja", "AとBのどちらの考えに近いですか。"),
        ("ja", "対話型のAIを、どのくらい使いますか。"),
        ("ja", "どのように感じますか。"),
        ("en", "Is this plan desirable or undesirable?"),
        ("en", "Are you in favour of the plan, or against it?"),
        ("en", "Which is closer to your view, A and B being equal?"),
        ("en", "How important is it to you?"),
        ("en", "Did it take more and more time?"),
        ("en", "Did you not include it?"),
    ],
)
def test_even_stem_gives_no_hint(language, stem):
    assert given_for(language, stem) == []


@pytest.mark.parametrize(
    ("language", "labels", "rules"),
    [
        ("ja", ["とても満足", "満足", "やや満足", "不満"], ["unbalanced"]),
        ("ja", ["とても良い", "良い", "悪い"], ["unbalanced"]),
        ("ja", ["とても満足", "やや満足", "どちらともいえない", "やや不満", "とても不満"], []),
        ("ja", ["望ましい", "やや望ましい", "どちらともいえない", "やや望ましくない", "望ましくない"], []),
        ("ja", ["そう思う", "ややそう思う", "そう思わない"], ["agree_disagree"]),
        ("ja", ["よくある", "たまにある", "ない"], []),
        ("ja", ["0〜10回", "10〜20回"], ["overlap"]),
        ("ja", ["16〜29歳", "30代", "40代", "50歳以上"], []),
        ("ja", ["20歳未満", "20〜30歳未満", "30歳以上"], []),
        ("ja", ["20歳以下", "20歳以上"], ["overlap"]),
        ("en", ["Excellent", "Very good", "Good", "Poor"], ["unbalanced"]),
        ("en", ["Very satisfied", "Satisfied", "Dissatisfied"], ["unbalanced"]),
        ("en", ["Desirable", "Neither desirable nor undesirable", "Undesirable"], []),
        ("en", ["Strongly agree", "Agree", "Disagree", "Strongly disagree"], ["agree_disagree"]),
        ("en", ["10-20", "20-30"], ["overlap"]),
        ("en", ["Under 20", "20 to 29", "30 or over"], []),
        ("en", ["More than 5 times", "5 or fewer times"], []),
    ],
)
def test_options_are_weighed(language, labels, rules):
    assert given_for(language, "", *labels) == rules


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ({"type": "single_nominal"}, [Hint("no_dont_know", "options", "")]),
        ({"type": "multiple"}, [Hint("no_dont_know", "options", "")]),
        ({"type": "single_nominal", "phase": "background"}, []),
        ({"type": "single_nominal", "shown_if": {"item": "Q0", "equals": 1}}, []),
        ({"type": "open_text"}, []),
        ({"type": "date"}, []),
    ],
)
def test_way_not_to_know_is_missed_where_an_opinion_is_asked_for(item, found):
    assert hints(item, ["ja", "en"]) == found


def test_retired_options_are_not_weighed():
    item = question("ja", "", "とても満足", "満足", "不満")
    item["options"][0]["retired"] = True

    assert hints(item, ["ja"], item["options"]) == []


def test_hint_names_the_words_and_shows_another_way():
    item = question("en", "Surely and obviously this is good or bad, surely?")
    with override("en"):
        [hint] = [each for each in hints(item, ["en"], item["options"]) if each.rule == "leading"]

        assert hint.found == ("Surely", "obviously", "surely")
        assert hint.title == "A word that leads"
        assert hint.mending[1] == "Should this plan be stopped, or should it go ahead?"


@pytest.mark.parametrize(
    ("language", "text", "rules"),
    [
        ("ja", "安全を先に考えるべきだ。", []),
        ("ja", "速さだけでなく安全も大切だ。", ["double_barrelled"]),
        ("ja", "【意見】", ["placeholder"]),
        ("en", "Safety comes first.", []),
        ("en", "Speed matters as well as safety.", ["double_barrelled"]),
        ("en", "It should not be prohibited.", ["double_negative"]),
    ],
)
def test_statement_takes_a_side_but_holds_one_idea(language, text, rules):
    assert [hint.rule for hint in hints_for_statement(text, language)] == rules


def test_built_in_inquiry_gives_no_hint():
    made = built_in()
    found = [
        (item["id"], hint) for item in main_items(made) for hint in hints(item, ["ja", "en"], options_of(made, item))
    ]
    lines = [
        (line["id"], hint)
        for line in made["statements"]
        for name in ("ja", "en")
        for hint in hints_for_statement(line[name], name)
    ]

    assert found + lines == []


def test_every_rule_has_a_reason_and_an_example_in_both_languages():
    for rule in RULES.values():
        assert str(rule.title)
        assert str(rule.why)
        assert set(rule.mendings) == {"ja", "en"}


def test_what_a_mending_leads_to_gives_that_hint_no_more():
    for name in ("one_pole", "leading", "double_barrelled", "absolute", "double_negative", "placeholder"):
        for language, (before, after) in RULES[name].mendings.items():
            assert name in given_for(language, before), (name, language)
            assert name not in given_for(language, after), (name, language)


anything = (
    st.none()
    | st.text(max_size=30)
    | st.integers()
    | st.fixed_dictionaries({}, optional={"ja": st.text(max_size=30), "en": st.none() | st.text(max_size=30)})
)


@given(st.sampled_from([item["type"] for item in EVERY_KIND]), anything, st.lists(anything, max_size=4))
def test_any_unfinished_question_can_be_looked_at(kind, text, labels):
    item = {"id": "Q1", "type": kind, "stem": text, "help": text, "poles": {"A": text}}
    options = [{"code": code, "label": label} for code, label in enumerate(labels)]

    assert all(hint.title and hint.why for hint in hints(item, ["ja", "en"], options))


@given(st.lists(st.text(alphabet="0123456789〜~-–代以上下未満 or over under,歳+一", max_size=12), max_size=5))
def test_any_labels_are_compared(labels):
    assert all(one in labels and other in labels for one, other in overlapping(labels))


def test_every_item_of_the_document_can_be_asked_for_hints():
    made = built_in()

    assert [item["id"] for item in all_items(made) if hints(item, ["ja", "en"], options_of(made, item))] == ["X1"]
