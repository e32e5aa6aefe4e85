"""A statement and its four answers in the words of one reader."""

import pytest
from django.utils.translation import override

from apps.debates.card_words import passage, voting_text
from apps.debates.choices import Choice
from apps.debates.models import Origin, Statement
from apps.reader.statements import Button, card_of

READER = b"r" * 16


def statement(**fields):
    return Statement(**{"number": 7, "origin": Origin.SEED, "language": "ja", "text": "本文", "anchor": "S5", **fields})


@pytest.mark.parametrize(
    ("fields", "language", "shown"),
    [
        ({"texts": {"ja": "本文", "en": "Words"}}, "en", ("Words", "")),
        ({"texts": {"ja": "本文", "en": "Words"}}, "ja", ("本文", "")),
        ({}, "ja", ("本文", "")),
        ({}, "en", ("本文", "ja")),
        ({"language": ""}, "en", ("本文", "")),
        ({"text": ""}, "en", ("(Its words were deleted.)", "")),
    ],
)
def test_words_are_in_the_readers_language_or_say_in_which(fields, language, shown):
    with override("en"):
        card = card_of(statement(**fields), language, {})

    assert (card.text, card.language) == shown


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("ja", ["そう思う", "そう思わない", "どちらでもない", "わからない"]),
        ("en", ["Agree", "Disagree", "Neither", "Don't know"]),
    ],
)
def test_four_answers_say_statement_and_choice(language, labels):
    with override(language):
        card = card_of(statement(), language, {}, choice=Choice.NEITHER)

        values = ["7-agree", "7-disagree", "7-neither", "7-unsure"]
        assert card.buttons == [
            Button(value, label, value == "7-neither") for value, label in zip(values, labels, strict=True)
        ]
        assert (card.said, card.undo) == (labels[2], "7-none")


@pytest.mark.parametrize(("author", "mine"), [(READER, True), (b"s" * 16, False), (None, False)])
def test_own_statement_is_known(author, mine):
    assert card_of(statement(author=author), "ja", {}, reader=READER).mine is mine


SECTIONS = {"S5": {"ja": "筆者の見方", "en": "the author's view"}, "S6": "closing question"}


@pytest.mark.parametrize(
    ("document", "anchor", "named"),
    [
        ({"article_sections": SECTIONS}, "S5", "筆者の見方"),
        ({"article_sections": SECTIONS}, "S6", ""),  # a note for editors, in one language
        ({"article_sections": SECTIONS}, "S9", ""),
        ({"article_sections": SECTIONS}, "", ""),
        ({"article_sections": ["S5"]}, "S5", ""),
        ({}, "S5", ""),
    ],
)
def test_passage_is_named_where_the_document_names_it_for_readers(document, anchor, named):
    assert passage(document, anchor, "ja") == named


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"statement_voting": {"prompt": {"ja": "どう思いますか。"}}}, "どう思いますか。"),
        ({"statement_voting": {"prompt": 5}}, ""),
        ({"statement_voting": []}, ""),
        ({}, ""),
    ],
)
def test_words_about_voting_come_from_the_document(document, text):
    assert voting_text(document, "prompt", "ja") == text
