import pytest

from apps.debates.actions import open_debate
from apps.debates.models import Debate, Statement
from apps.debates.seeds import Seed, seeds_in
from apps.surveys.actions import publish_version
from tests.debates.factories import make_debate
from tests.responses.factories import built_in_document, make_inquiry

DOCUMENT = {"languages": ["ja", "en"], "default_language": "ja"}


@pytest.mark.parametrize(
    ("entry", "seeds"),
    [
        (
            {"id": "S1", "ja": "一", "en": "One", "article_ref": "S5", "stance": "pro"},
            [Seed("S1", {"ja": "一", "en": "One"}, "ja", "S5", "pro")],
        ),
        ({"id": "S1", "en": "One", "stance": ["pro"]}, [Seed("S1", {"en": "One"}, "en", "")]),
        ({"id": "S1", "de": "Eins"}, []),
        ({"id": 1, "ja": "一"}, []),
        ({"ja": "一"}, []),
        ("S1", []),
    ],
)
def test_seed_has_a_code_and_words_in_a_language_of_the_document(entry, seeds):
    assert list(seeds_in({**DOCUMENT, "statements": [entry]})) == seeds


@pytest.mark.parametrize("statements", [None, {}, "S1", 4])
def test_document_without_a_list_of_statements_has_no_seeds(statements):
    assert list(seeds_in({**DOCUMENT, "statements": statements})) == []


@pytest.mark.django_db
def test_debate_opens_with_the_editors_statements_and_opens_once():
    inquiry, document = make_inquiry(), built_in_document()

    debate, again = open_debate(inquiry=inquiry), open_debate(inquiry=inquiry)

    planted = Statement.objects.filter(debate=debate).order_by("number")
    expected = [
        (number, entry["id"], entry["ja"], {"ja": entry["ja"], "en": entry["en"]}, "approved", "seed", entry["stance"])
        for number, entry in enumerate(document["statements"], start=1)
    ]
    assert list(planted.values_list("number", "seed", "text", "texts", "state", "origin", "stance")) == expected
    assert len(expected) == 24
    assert (debate, Debate.objects.count()) == (again, 1)


@pytest.mark.django_db
def test_statement_of_a_later_version_is_added_behind():
    inquiry, document = make_inquiry(), built_in_document()
    open_debate(inquiry=inquiry)
    more = {"id": "S25", "ja": "あとから足した意見。", "en": "Added later."}

    publish_version(inquiry=inquiry, document={**document, "statements": [more, *document["statements"]]})
    open_debate(inquiry=inquiry)

    assert Statement.objects.get(number=25).seed == "S25"
    assert Statement.objects.count() == 25


@pytest.mark.django_db
def test_inquiry_without_a_questionnaire_has_an_empty_debate():
    inquiry = make_debate(statements=0).inquiry

    assert open_debate(inquiry=inquiry).statements.count() == 0


@pytest.mark.django_db
def test_statement_that_a_later_version_no_longer_names_is_withdrawn_and_comes_back_with_its_name():
    inquiry, document = make_inquiry(), built_in_document()
    open_debate(inquiry=inquiry)
    Statement.objects.filter(seed="S02").update(state="rejected", reason="unclear")
    states = Statement.objects.order_by("number").values_list("state", flat=True)[:3]

    publish_version(inquiry=inquiry, document={**document, "statements": document["statements"][2:]})
    open_debate(inquiry=inquiry)
    assert list(states.all()) == ["withdrawn", "rejected", "approved"]

    publish_version(inquiry=inquiry, document=document)
    open_debate(inquiry=inquiry)
    assert list(states.all()) == ["approved", "rejected", "approved"]
