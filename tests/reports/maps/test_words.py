"""What a map says, whole sentences in both languages: no verdict on people, no more than the votes carry."""

import pytest
from django.utils.translation import override

from apps.debates.maps.standing_place import OwnPlace
from apps.reports.maps import sureness as map_sureness
from apps.reports.maps import words as map_words
from apps.reports.maps.rows import Spoken
from apps.reports.maps.stand import sentence
from tests.reports.maps import factories as maps

TEXTS = {
    number: Spoken(number, ja, "ja", "seed") for number, (ja, _en) in enumerate(maps.TEXTS, start=1)
}  # fmt: skip
ENGLISH = {number: Spoken(number, en, "en", "seed") for number, (_ja, en) in enumerate(maps.TEXTS, start=1)}


def said(told, place, language):
    with override(language):
        return sentence(told, place, TEXTS if language == "ja" else ENGLISH)


def on_line(position, spread=0.2, votes=12):
    return OwnPlace(votes=votes, position=(position,), spread=(spread,))


def in_groups(*probabilities, votes=12):
    return OwnPlace(votes=votes, probabilities=dict(enumerate(probabilities)))


HEADLINES = {
    "spectrum": (
        maps.spectrum(),
        "The opinions of the 412 people who voted here lie along one line",
        "投票した412人の意見は、一本の軸に沿って並んでいます",
    ),
    "plane": (
        maps.plane(),
        "The opinions of the 412 people who voted here spread in more than one direction",
        "投票した412人の意見は、二つ以上の方向に広がっています",
    ),
    "groups": (
        maps.groups(300, 110),
        "The votes of the 412 people who voted here fall into 2 groups",
        "投票した412人の答え方は、2つのグループに分かれています",
    ),
    "none": (
        maps.none(),
        "The 412 people who voted here differ from statement to statement, but share no pattern yet",
        "投票した412人の答えは意見ごとに分かれていますが、全体に通じる分かれ方は、まだ見つかっていません",
    ),
    "not enough": (
        maps.not_enough(),
        "Too few votes yet for an opinion map",
        "意見地図を描くには、まだ票が足りません",
    ),
}


@pytest.mark.parametrize("story", HEADLINES)
def test_every_story_is_told_in_one_sentence_with_the_people_it_rests_on(story):
    told, *expected = HEADLINES[story]

    found = []
    for language in ("en", "ja"):
        with override(language):
            found.append(map_words.headline(told, 1))

    assert found == expected


def test_rounded_numbers_of_people_are_called_so():
    with override("en"):
        assert "about 410 people" in map_words.headline(maps.spectrum(readers=410), 5)
    with override("ja"):
        assert map_words.headline(maps.spectrum(readers=410), 5).startswith("投票した約410人の意見は")


PLACES = {
    "middle": (
        on_line(-0.4),
        "Going by your 12 votes so far, you stand roughly in the middle of those who voted here.",
        "これまでの12票から見ると、あなたはおおよそ、投票した人たちの中ほどにいます。",
    ),
    "one side": (
        on_line(-1.6),
        "Going by your 12 votes so far, you stand roughly on the side where more people agree with"
        " “Whoever hurries should first settle how to stop”.",
        "これまでの12票から見ると、あなたはおおよそ、「急いで開発するなら、止める手順を先に決めておくべきだ」に"
        "「そう思う」と答えた人が多い側にいます。",
    ),
    "other side": (
        on_line(1.6),
        "Going by your 12 votes so far, you stand roughly on the side where more people agree with"
        " “Good technology comes sooner when one person decides”.",
        "これまでの12票から見ると、あなたはおおよそ、「決断の速い一人に任せたほうが、よい技術が早く届く」に"
        "「そう思う」と答えた人が多い側にいます。",
    ),
    "one vote": (
        on_line(-0.5, spread=1.2, votes=1),
        "Your 1 vote so far does not show yet where you stand among those who voted here.",
        "これまでの1票からは、あなたが投票した人たちのどのあたりにいるか、まだはっきりしません。",
    ),
    "no vote that counts": (
        OwnPlace(votes=0),
        "You have not voted on any of the statements that this map rests on.",
        "この地図のもとになった意見には、まだ投票していません。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_a_place_on_a_line_is_told_by_statements_and_votes(where):
    place, *expected = PLACES[where]

    assert [said(maps.spectrum(), place, language) for language in ("en", "ja")] == expected


def test_a_side_that_is_told_by_disagreement_says_so():
    told = maps.spectrum(ends=[maps.end(0, 9, "disagree", 0.08, 0.4)])

    assert said(told, on_line(-1.6), "ja") == (
        "これまでの12票から見ると、あなたはおおよそ、「力が一人に集まっても、成果が出るなら問題はない」に"
        "「そう思わない」と答えた人が多い側にいます。"
    )


def test_a_side_without_a_statement_is_told_by_the_picture():
    told = maps.spectrum(ends=[])

    assert said(told, on_line(1.6), "ja") == (
        "これまでの12票から見ると、あなたはおおよそ、下で「もう一方の端」とした側にいます。"
    )


GROUPS = {
    "clear": (
        in_groups(0.05, 0.91, 0.04),
        "Going by your 12 votes so far, you vote most like Group B.",
        "これまでの12票から見ると、あなたの投票はおおよそグループBに近いところにあります。",
    ),
    "leaning": (
        in_groups(0.3, 0.6, 0.1),
        "Going by your 12 votes so far, you vote most like Group B, but this is not certain yet.",
        "これまでの12票から見ると、あなたの投票はおおよそグループBに近いようですが、まだ確かではありません。",
    ),
    "open": (
        in_groups(0.4, 0.35, 0.25),
        "Your 12 votes so far do not show yet which group you vote like.",
        "これまでの12票からは、あなたの投票がどのグループに近いか、まだはっきりしません。",
    ),
}


@pytest.mark.parametrize("where", GROUPS)
def test_a_place_among_groups_is_told_as_surely_as_it_is(where):
    place, *expected = GROUPS[where]

    assert [said(maps.groups(200, 120, 90), place, language) for language in ("en", "ja")] == expected


def test_chances_are_told_in_tenths():
    with override("en"):
        assert [map_words.chance_text(chance) for chance in (0.02, 0.05, 0.34, 0.949, 0.96)] == [
            "hardly", "about 1 in 10", "about 3 in 10", "about 9 in 10", "almost certainly",
        ]  # fmt: skip
    with override("ja"):
        assert [map_words.chance_text(chance) for chance in (0.02, 0.34, 0.96)] == [
            "ほとんどない", "およそ3割", "ほぼ確実",
        ]  # fmt: skip


def test_without_a_pattern_nobody_is_placed():
    place = OwnPlace(votes=12)

    assert [said(maps.none(), place, language) for language in ("en", "ja")] == [
        "Your 12 votes are counted. As the votes share no pattern yet, there is no place on a map to show you.",
        "あなたの12票も数えています。全体に通じる分かれ方がまだないため、地図の上の位置は示せません。",
    ]


def test_what_is_missing_is_told_in_people_and_votes():
    with override("en"):
        assert [map_words.needed_text(readers, 7) for readers in (12, 1, 0)] == [
            "A map is drawn once about 12 more people have voted on 7 statements or more.",
            "A map is drawn once about 1 more person has voted on 7 statements or more.",
            "A map is drawn with the next count.",
        ]
    with override("ja"):
        assert map_words.needed_text(12, 7) == "あと12人ほどが7件以上の意見に投票すると、地図を描けるようになります。"


def test_a_statement_inside_of_a_sentence_goes_without_its_full_stop():
    with override("ja"):
        assert [map_words.quoted(text) for text in ("止めよう。 ", "Stop.\n", "止める?", "。")] == [
            "「止めよう」", "「Stop」", "「止める?」", "「。」",
        ]  # fmt: skip


def test_sureness_names_the_story_told_and_the_best_other_one():
    with override("en"):
        found = map_sureness.sureness(maps.spectrum())

    assert [(gain.name, gain.likelier, gain.nats, gain.told) for gain in found.gains] == [
        ("habits of answering alone", "+8%", "0.080", False),
        ("opinions along one line", "+13%", "0.120", True),
        ("best other one: 2 groups", "+12%", "0.110", False),
    ]
    assert found.sentences == (
        "Of several ways that guess about equally well, the simplest one is reported.",
        "Drawn twice more, each time without one person in ten, the map put everybody in much the same place:"
        " correlation 0.95, where 1 means identical and 0 means chance.",
        "When the votes on each statement were dealt out anew by lot, so that no pattern could be left, a picture like"
        " this one appeared in 0% of the tries.",
    )


def test_sureness_of_nothing_shared_names_habits_as_what_is_told():
    with override("ja"):
        found = map_sureness.sureness(maps.none())

    assert [(gain.name, gain.told) for gain in found.gains] == [
        ("答え方の癖だけ", True),
        ("ほかで最もよいもの：一本の軸に並ぶ意見", False),
    ]
    assert map_sureness.sureness(maps.not_enough()) is None


def test_gains_are_told_as_how_much_likelier_hidden_votes_became():
    assert [map_sureness.likelier(gain) for gain in (0.12, 0.08, 0.0, -0.02)] == ["+13%", "+8%", "±0%", "−2%"]
    assert [map_sureness.nats(gain) for gain in (0.12, -0.0204)] == ["0.120", "−0.020"]
