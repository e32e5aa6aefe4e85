"""Which texts are shown beside each other. The pairs are of the kind that readers write."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.debates.likeness import NEAR, likeness, shape
from tests.inquiries.test_content import CONTENT

SAME_IN_OTHER_WORDS = [
    ("計算資源の持ち主を公開すべきだ。", "計算資源の所有者は公開されるべきだ"),
    ("速さより安全を先に考えるべきだ。", "安全を速さより先に考えるべきだ"),
    ("速さより安全を先に考えるべきだ。", "速さよりも安全を優先して考えるべき"),
    ("国が口を出すと開発は遅れる。", "国が口出しをすれば開発が遅くなる"),
    ("一人が決めるほうが責任がはっきりする。", "決める人が一人なら、責任の所在がはっきりする。"),
    ("AIの開発は国際的なルールで縛るべきだ", "ＡＩ開発には国際ルールが必要だ"),
    ("子どもにはAIを使わせないほうがいい", "子供にAIを使わせるべきではない"),
    ("強いAIをつくる会社には、株主や取締役会の目が必要だ。", "強いAIを作る会社は株主と取締役会が監視すべきだ"),
    ("安全の確認は、開発元とは別の専門家が行うべきだ。", "安全確認は独立した専門家にまかせるべきだ"),
    ("AIの危険性をもっと知らせるべきだ", "AIの危険をもっと周知すべき"),
    ("When speed is the contest, safety checks suffer.", "Safety checks suffer when the contest is about speed"),
    ("The same rules should apply to founders and giants.", "Founders and giants should follow the same rules."),
    ("The reasons for major decisions should be published.", "Companies should publish the reasons for decisions"),
    ("AI should be regulated by an international body.", "An international organisation should regulate AI"),
    ("People should consent before their data is used", "Using people's data requires their consent"),
]
OPPOSITES = [
    ("AIの開発は良いことだ", "AIの開発は良いことではない"),
    ("国が規制すべきだ", "国が規制すべきではない"),
    ("AI is good for society", "AI is not good for society"),
    ("We should trust AI companies", "We should not trust AI companies"),
]
UNRELATED = [
    ("国が口を出すと開発は遅れる。", "使う人の声を聞く場がほしい。"),
    ("競争があるから良いものができる。", "安全の確認は別の専門家が行うべきだ。"),
    ("AIは危ない", "猫はかわいい"),
    ("そう思う。", "わからない。"),
    ("AI should be regulated.", "Artists deserve to be paid."),
    ("The state should not own it.", "The people who use it should have a say."),
    ("国が規制すべきだ", "The state should regulate it"),
]


def alike(one: str, other: str) -> float:
    return likeness(shape(one), shape(other))


@pytest.mark.parametrize(("one", "other"), SAME_IN_OTHER_WORDS)
def test_same_idea_in_other_words_is_near(one, other):
    assert NEAR <= alike(one, other) < 1


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposite_is_shown_beside_it_and_never_taken_for_the_same(one, other):
    assert NEAR <= alike(one, other) < 1


@pytest.mark.parametrize(("one", "other"), UNRELATED)
def test_other_ideas_are_not_near(one, other):
    assert alike(one, other) < NEAR


@pytest.mark.parametrize("language", ["ja", "en"])
def test_editors_statements_are_hardly_ever_near_each_other(language):
    texts = [entry[language] for entry in CONTENT["statements"]]

    near = [pair for pair in combinations(texts, 2) if alike(*pair) >= NEAR]

    assert len(near) <= 1  # of 276


@pytest.mark.parametrize("other", ["ＡＩは、あぶない。", "aiはアブナイ", "AI は あぶない！"])
def test_same_words_in_other_widths_kana_and_spaces_are_wholly_alike(other):
    assert alike("AIはあぶない", other) > 0.7


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    there, back = alike(one, other), alike(other, one)

    assert 0 <= there <= 1
    assert there == pytest.approx(back)


@given(st.text(st.characters(categories=["L", "N"]), min_size=2))
def test_text_is_wholly_like_itself(text):
    assert alike(text, text) == pytest.approx(1)
