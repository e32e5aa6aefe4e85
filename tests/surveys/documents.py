"""Small documents for tests about the instrument, and the built-in one."""

import copy
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.surveys.definition import Definition, Question
from apps.surveys.reading import parse

BUILT_IN = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"


@lru_cache
def _built_in_text() -> str:
    return BUILT_IN.read_text(encoding="utf-8")


def built_in() -> dict[str, Any]:
    return json.loads(_built_in_text())


def both(text: str) -> dict[str, str]:
    return {"ja": f"{text}です", "en": text}


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"code": code, "label": both(label)} for code, label in enumerate(labels, start=1)]


DONT_KNOW = {"code": 98, "label": both("do not know"), "kind": "dont_know", "anchor": "last"}
ORDINAL = {
    "id": "Q1",
    "type": "single_ordinal",
    "stem": both("How good"),
    "required": "soft",
    "options": [*options("bad", "so so", "good"), DONT_KNOW],
    "randomise": {"mode": "reverse_half", "store_as": "direction"},
}
FOLLOW_UP = {
    "id": "Q1L",
    "type": "single_ordinal",
    "stem": both("Which way"),
    "options": options("rather bad", "rather good"),
    "shown_if": {"item": "Q1", "equals": 2},
    "counts_as_item": False,
}
PAIRED = {
    "id": "Q2",
    "type": "paired_ab",
    "stem": both("Which is closer"),
    "poles": {"A": both("fast"), "B": both("careful")},
    "options": [*options("close to B", "rather B", "rather A", "close to A")[::-1], DONT_KNOW],
    "randomise": {"mode": "swap_poles_half", "store_as": "sides"},
}
NOMINAL = {
    "id": "Q3",
    "type": "single_nominal",
    "stem": both("Which one"),
    "options": [
        *options("one", "two", "three"),
        {"code": 7, "label": both("another"), "opens_text": 20, "anchor": "last"},
        DONT_KNOW,
    ],
    "randomise": {"mode": "shuffle", "store_as": "order_q3"},
}
ROWS = {
    "id": "Q4",
    "type": "item_by_item",
    "stem": both("How much of each"),
    "required": "soft",
    "rows": [{"code": "a", "label": both("hope")}, {"code": "b", "label": both("fear")}],
    "options": [*options("none", "some", "much"), DONT_KNOW],
    "randomise": {"mode": "rows_shuffle", "store_as": "rows_q4"},
}
RANKING = {
    "id": "Q5",
    "type": "rank_top_k",
    "stem": both("What matters most"),
    "k": 3,
    "options": [*options("price", "speed", "care", "trust"), DONT_KNOW | {"exclusive": True}],
    "randomise": {"mode": "shuffle", "store_as": "order_q5"},
}
MULTIPLE = {
    "id": "Q6",
    "type": "multiple",
    "stem": both("Which of these"),
    "options": [
        *options("tea", "coffee", "water"),
        {"code": 9, "label": both("nothing"), "exclusive": True, "anchor": "last"},
    ],
    "randomise": {"mode": "shuffle", "store_as": "order_q6"},
}
SCALE = {
    "id": "Q7",
    "type": "scale",
    "stem": both("From 0 to 10"),
    "low_label": both("never"),
    "high_label": both("always"),
    "options": [DONT_KNOW],
}
WORDS = {
    "id": "Q8",
    "type": "open_text",
    "stem": both("Why"),
    "help": both("No names please"),
    "max_chars": 30,
    "secondary": {"id": "Q8c", "type": "checkbox", "label": both("may be quoted")},
}
NUMBER = {
    "id": "Q9",
    "type": "number",
    "stem": both("How many"),
    "minimum": 0,
    "maximum": 120,
    "step": 0.5,
    "unit": both("times"),
}
DATE = {"id": "Q10", "type": "date", "stem": both("Since when"), "minimum": "2020-01-01", "maximum": "2026-12-31"}
EVERY_KIND = (ORDINAL, FOLLOW_UP, PAIRED, NOMINAL, ROWS, RANKING, MULTIPLE, SCALE, WORDS, NUMBER, DATE)


def document(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A whole document with these questions, each on a screen of its own."""
    made = {
        "slug": "small",
        "title": both("Small"),
        "languages": ["ja", "en"],
        "default_language": "ja",
        "items": copy.deepcopy(list(items)),
        "pages": [[item["id"]] for item in items],
        "consent": {
            "version": "1",
            "title": both("Please answer"),
            "short": [both("It is voluntary")],
            "buttons": {"agree": both("Agree"), "decline": both("Leave")},
        },
    }
    return made | changes


def every_kind_document(**changes: Any) -> dict[str, Any]:
    """All kinds; the follow-up stands on the screen of its question."""
    pages = [["Q1", "Q1L"], *([item["id"]] for item in EVERY_KIND[2:])]
    return document(*EVERY_KIND, pages=pages, **changes)


@lru_cache
def every_kind() -> Definition:
    return parse(every_kind_document())


def question(item: dict[str, Any], **changes: Any) -> Question:
    """One question as a document with nothing else holds it."""
    return parse(document({**item, **changes})).questions[0]
