"""Small questionnaires and readers for tests about numbers."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django.utils import timezone

from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import PROFILES
from apps.reports.actions import publish_epoch
from apps.reports.content import EpochMaterial, epoch_content
from apps.reports.models import ResultEpoch
from apps.reports.tallies import Tally, tally
from apps.responses.queries import AnswerColumns
from apps.surveys.actions import publish_version
from apps.surveys.codes import pack_codes
from apps.surveys.definition import Definition
from apps.surveys.queries import Instrument
from apps.surveys.reading import parse
from apps.surveys.schema import answer_status
from tests.responses.factories import built_in_document, make_identity, make_inquiry, record

DAY = date(2026, 11, 24)


def both(text: str) -> dict[str, str]:
    return {"ja": text, "en": text}


def options(*labels: str, **extra: Any) -> list[dict[str, Any]]:
    return [{"code": code, "label": both(label)} for code, label in enumerate(labels, start=1)]


DONT_KNOW = {"code": 98, "label": both("?"), "kind": "dont_know", "anchor": "last"}
OTHER_KINDS = [
    {
        "id": "M",
        "type": "multiple",
        "stem": both("Which?"),
        "options": [*options("a", "b", "c"), DONT_KNOW | {"exclusive": True}],
    },
    {"id": "S", "type": "scale", "stem": both("How much?"), "options": [DONT_KNOW], "minimum": 0, "maximum": 10},
    {"id": "N", "type": "number", "stem": both("How many?"), "minimum": 0, "maximum": 50},
    {"id": "D", "type": "date", "stem": both("When?")},
    {"id": "A", "type": "number", "stem": both("Age?"), "phase": "background", "minimum": 16, "maximum": 90},
]


def every_kind_document() -> dict[str, Any]:
    """The built-in inquiry with the kinds that it does not use. Whoever changes it changes no one else's."""
    document = built_in_document()
    document["items"] += deepcopy(OTHER_KINDS)
    document["pages"].insert(-1, [item["id"] for item in OTHER_KINDS])
    return document


def every_kind() -> Definition:
    return parse(every_kind_document())


def parse_items(*items: dict[str, Any]) -> Definition:
    """A questionnaire of these questions only, on one screen."""
    document = built_in_document()
    document["items"] = [{"stem": both("?"), **item} for item in items]
    document["pages"] = [[item["id"] for item in items]]
    for name in ("context_card", "experiments", "post_items", "optional_modules"):
        document.pop(name, None)
    return parse(document)


def make_inquiry_of_every_kind(slug: str = "one-founder-ai") -> Inquiry:
    inquiry = make_inquiry(slug)
    publish_version(inquiry=inquiry, document=every_kind_document())
    return inquiry


def tally_of(definition: Definition, readers: Iterable[Mapping[str, Any]]) -> Tally:
    given = list(readers)
    columns = AnswerColumns(
        version_id=1,
        readers=len(given),
        codes=b"".join(pack_codes(definition, answers) for answers in given),
        statuses="".join(answer_status(definition, answers)[0] for answers in given).encode(),
        first_day=DAY,
        last_day=DAY,
    )
    return tally([columns], {1: Instrument(1, 1, "hash", definition)})


def content_of(definition: Definition, readers: Iterable[Mapping[str, Any]], **material: Any) -> dict[str, Any]:
    profile = PROFILES[material.pop("profile", "standard")]
    return epoch_content(
        EpochMaterial(definition=definition, tally=tally_of(definition, readers), profile=profile, **material)
    )


def answer_as(inquiry: Inquiry, reader: int, answers: dict[str, Any], **changes: Any) -> None:
    """One reader's answers through the real way in."""
    record(inquiry, answers, identity=make_identity(inquiry, f"reader {reader:08}".encode()), **changes)


def publish(inquiry: Inquiry, **changes: Any) -> ResultEpoch | None:
    return publish_epoch(inquiry=inquiry, **{"now": timezone.now(), **changes})
