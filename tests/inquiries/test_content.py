"""The inquiry that ships inside: complete in both languages, balanced, and true to its own rules."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.surveys.reading import parse

CONTENT = json.loads(
    (Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json").read_text(encoding="utf-8")
)


def bilingual(content: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(content, dict):
        if {"ja", "en"} & set(content):
            yield path, content
        for key, value in content.items():
            yield from bilingual(value, f"{path}.{key}")
    if isinstance(content, list):
        for number, value in enumerate(content):
            yield from bilingual(value, f"{path}[{number}]")


def test_every_text_is_there_in_both_languages():
    texts = dict(bilingual(CONTENT))

    assert len(texts) > 150
    assert [path for path, text in texts.items() if not (text.get("ja") and text.get("en"))] == []


def test_japanese_is_japanese_and_english_is_english():
    """A text that was left in the wrong language is easily overlooked; numbers and signs are of no language."""
    words = {path: text for path, text in bilingual(CONTENT["items"]) if isinstance(text["ja"], str)}

    assert [path for path, text in words.items() if any("ぁ" <= sign <= "龯" for sign in text["en"])] == []
    assert [path for path, text in words.items() if text["ja"].isascii()] == []


def test_nine_items_count_and_background_comes_last():
    definition = parse(CONTENT)

    assert [question.id for question in definition.questions if question.counts] == [f"Q{n}" for n in range(1, 10)]
    assert [definition.question(name).phase for name in definition.screens[-1]] == ["background"] * 3


def test_words_come_early_and_scales_have_both_ends_in_their_stem():
    definition = parse(CONTENT)

    assert [question.id for question in definition.questions if question.kind == "open_text"] == ["Q3"]
    assert definition.screens.index(("Q3",)) == 2
    stem = definition.question("Q1").stem
    assert "望ましいと" in stem["ja"]
    assert "望ましくないと" in stem["ja"]


def test_every_question_that_has_dont_know_keeps_it_at_the_end():
    definition = parse(CONTENT)

    for question in definition.questions:
        apart = [option for option in question.options if option.role != "answer"]
        assert all(option.anchored for option in apart), question.id
        assert question.options[len(question.options) - len(apart) :] == tuple(apart)


def test_mirrored_options_point_at_each_other():
    definition = parse(CONTENT)
    hopes, worries = (
        {option.code: option.mirror for option in definition.question(name).options if option.mirror}
        for name in ("Q7", "Q8")
    )

    assert len(hopes) == 5
    assert {code: worries[mirror] for code, mirror in hopes.items()} == {code: code for code in hopes}


def test_consent_says_what_it_must():
    japanese = "".join(text["ja"] for text in parse(CONTENT).consent.paragraphs)

    for said in ("目的", "参加は自由", "IPアドレスは回答と一緒に保存しません", "16歳以上", "{operator}", "{contact}"):
        assert said in japanese


def test_seed_statements_are_balanced_and_short():
    statements, longest = CONTENT["statements"], CONTENT["statement_voting"]["max_chars"]

    assert Counter(statement["stance"] for statement in statements) == {"pro": 8, "con": 8, "bridge": 8}
    assert len({statement["id"] for statement in statements}) == 24
    assert [
        each["id"] for each in statements if any(len(each[language]) > longest[language] for language in longest)
    ] == []
