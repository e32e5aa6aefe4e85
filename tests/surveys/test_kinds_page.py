"""docs/kinds.md is tried like code: its examples are read, and the answers that it shows are taken."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.surveys.codes import pack_codes
from apps.surveys.kinds import KINDS
from apps.surveys.reading import parse
from apps.surveys.reading.ordering import MODES
from apps.surveys.reading.questions import EVERY, OF_KIND
from apps.surveys.schema import check_answers
from tests.surveys.documents import document

PAGE = (Path(settings.BASE_DIR) / "docs" / "kinds.md").read_text(encoding="utf-8")
PARTS = re.findall(r"```json\n(.*?)\n```\n\n(Answer .*?)(?=\n## )", PAGE, re.DOTALL)
ITEMS: list[dict[str, Any]] = [json.loads(example) for example, _said in PARTS]
BYTES = {"One byte": 1, "One byte per row": 2, "One byte per option": 3, "One byte per place": 2, "No byte": 0}


def shown_answers() -> dict[str, list[Any]]:
    """What stands in code style behind "Answer" and reads as JSON, question by question."""
    found = {}
    for item, (_example, said) in zip(ITEMS, PARTS, strict=True):
        first_sentences = re.split(r"; a row|Left blank|, and `true`", said)[0]
        found[item["id"]] = [json.loads(code) for code in re.findall(r"`([\[{\"\d][^`]*)`", first_sentences)]
    return found


def test_every_kind_has_its_example():
    assert [item["type"] for item in ITEMS] != []
    assert {item["type"] for item in ITEMS} == set(KINDS)


def test_examples_are_read_as_one_document():
    definition = parse(document(*ITEMS))

    assert [question.id for question in definition.questions] == [item["id"] for item in ITEMS]


def test_answers_on_the_page_are_taken_as_they_stand():
    definition = parse(document(*ITEMS))
    answers = shown_answers()

    assert {name: len(shown) >= 1 for name, shown in answers.items()} == dict.fromkeys(answers, True)
    for name, shown in answers.items():
        for answer in shown:
            assert check_answers(definition, {name: answer}) == {name: answer}


def test_bytes_are_as_many_as_the_page_says():
    for item, (_example, said) in zip(ITEMS, PARTS, strict=True):
        told = re.search(r"(One byte per \w+|One byte|No byte)", said)
        assert told
        assert len(pack_codes(parse(document(item)), {})) == BYTES[told[1]], item["id"]


def test_every_key_and_every_order_is_explained():
    keys = EVERY.union(*OF_KIND.values())

    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE and f'"{key}"' not in PAGE] == []
    assert re.findall(r"^\| `(\w+)` \| (?:`single|the same|`paired|`item)", PAGE, re.MULTILINE) == list(MODES)
