"""Texts as they were and as they will be: each once, in its place, in the languages that both versions have."""

import copy

from django.utils.translation import override

from apps.surveys.reading import parse
from apps.surveys.wordings import Rewording, rewordings
from tests.surveys.documents import both, every_kind_document

CARD = {"parts": [both("It is planned")], "balanced_pair": [both("Some hope"), both("Some worry")]}
STATEMENT = {"id": "S1", "ja": "意見", "en": "Statement"}


def before():
    return every_kind_document(context_card=copy.deepcopy(CARD), statements=[dict(STATEMENT)])


def told(after) -> list[tuple[str, str, str, str]]:
    found = rewordings(parse(before()), parse(after))
    return [(each.question, each.place, each.before, each.after) for each in found if each.language == "en"]


def test_versions_that_say_the_same_have_none():
    assert rewordings(parse(before()), parse(before())) == []


def test_each_text_is_found_in_its_place():
    after = before()
    items = {item["id"]: item for item in after["items"]}
    after["title"]["en"] = "Other"
    after["context_card"]["balanced_pair"][1]["en"] = "Some fear"
    items["Q1"]["stem"]["en"] = "How bad"
    items["Q2"]["poles"]["B"]["en"] = "slow"
    items["Q3"]["options"][1]["label"]["en"] = "the second"
    items["Q4"]["rows"][0]["label"]["en"] = "joy"
    items["Q7"]["low_label"]["en"] = "hardly"
    after["statements"][0]["en"] = "A statement"

    assert told(after) == [
        ("", "title", "Small", "Other"),
        ("", "lines about the article · worried voice", "Some worry", "Some fear"),
        ("Q1", "question text", "How good", "How bad"),
        ("Q2", "poles · B", "careful", "slow"),
        ("Q3", "options · 2", "two", "the second"),
        ("Q4", "rows · a", "hope", "joy"),
        ("Q7", "words at the lower end", "never", "hardly"),
        ("", "statements · S1", "Statement", "A statement"),
    ]


def test_what_comes_or_goes_is_not_reworded():
    after = before()
    after["context_card"]["parts"].append(both("And more"))
    after["statements"] = []
    after["items"][0]["options"].insert(0, {"code": 9, "label": both("new")})

    assert told(after) == []


def test_language_that_one_of_them_lacks_is_not_compared():
    after = before() | {"languages": ["ja"]}
    after["title"] = {"ja": "別の題", "en": "Other"}

    assert rewordings(parse(before()), parse(after)) == [Rewording("", "title", "ja", "Smallです", "別の題")]


def test_places_are_named_in_the_language_of_the_reader():
    after = before()
    after["items"][0]["stem"]["ja"] = "どれほど"

    with override("ja"):
        [found] = rewordings(parse(before()), parse(after))

    assert found.place == "設問の文"
