"""Questionnaires as JSON, as far as counting needs them, and back. Pure: it goes along in the bundle."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from apps.surveys.definition import Coin, Condition, Consent, Definition, Option, Order, Question, Row, Slot

NOT_COUNTED = ("consent", "document", "report_templates", "context", "context_pair")
Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A version as whoever counts knows it."""

    number: int
    sha256: str
    definition: Definition


def as_json(number: int, sha256: str, definition: Definition) -> Json:
    whole = {name: each for name, each in asdict(definition).items() if name not in NOT_COUNTED}
    return {"number": number, "sha256": sha256, "definition": whole}


def from_json(document: Json) -> Asked:
    return Asked(document["number"], document["sha256"], definition_of(document["definition"]))


def definition_of(raw: Json) -> Definition:
    return Definition(
        **{
            **raw,
            "languages": tuple(raw["languages"]),
            "questions": tuple(map(question_of, raw["questions"])),
            "later": tuple(map(question_of, raw["later"])),
            "screens": tuple(map(tuple, raw["screens"])),
            "coins": tuple(Coin(**each) for each in raw["coins"]),
            "slots": tuple(Slot(**each) for each in raw["slots"]),
            "again": tuple(raw["again"]),
            "arms": tuple(raw["arms"]),
            "numbers": tuple(raw["numbers"]),
            "context": (),
            "context_pair": (),
            "consent": Consent("", {}, (), {}, {}),
            "report_templates": NOTHING,
            "document": NOTHING,
        }
    )


NOTHING: Mapping[str, Any] = MappingProxyType({})


def question_of(raw: Json) -> Question:
    return Question(
        **{
            **raw,
            "options": tuple(Option(**each) for each in raw["options"]),
            "rows": tuple(Row(**each) for each in raw["rows"]),
            "shown_if": Condition(**raw["shown_if"]) if raw["shown_if"] else None,
            "order": Order(**raw["order"]),
            "consent": tuple(raw["consent"]) if raw["consent"] else None,
        }
    )
