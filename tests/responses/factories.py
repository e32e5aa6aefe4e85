"""Real rows for tests about answers: the built-in inquiry, a reader, a write."""

import json
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from apps.accounts.models import Publication
from apps.inquiries.models import Inquiry, State
from apps.participants.queries import Identity, identify
from apps.responses.actions import Recorded, record_response
from apps.responses.parts import First, Letter, Said
from apps.surveys.actions import publish_version
from apps.surveys.queries import Instrument, published_instrument
from apps.surveys.schema import check_answers

CONTENT = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"


def built_in_document() -> dict[str, Any]:
    return json.loads(CONTENT.read_text())


def make_inquiry(slug: str = "one-founder-ai", **fields: Any) -> Inquiry:
    """The built-in inquiry, open, with its first version."""
    publication, _ = Publication.objects.get_or_create(slug="toikake", defaults={"name": "Toikake"})
    document = built_in_document()
    inquiry = Inquiry.objects.create(
        **{"publication": publication, "slug": slug, "title": document["title"], "state": State.OPEN, **fields}
    )
    publish_version(inquiry=inquiry, document=document)
    return inquiry


def instrument_of(inquiry: Inquiry) -> Instrument:
    instrument = published_instrument(inquiry.pk)
    assert instrument is not None
    return instrument


def make_identity(inquiry: Inquiry, token: bytes = b"a reader's token") -> Identity:
    return identify(inquiry_id=inquiry.pk, token=token)


def record(inquiry: Inquiry, answers: dict[str, Any], *, identity: Identity | None = None, **changes: Any) -> Recorded:
    """One write through the real path, with everything that a test does not care about filled in."""
    instrument = changes.pop("instrument", None) or instrument_of(inquiry)
    usual: dict[str, Any] = {
        "answers": check_answers(instrument.definition, answers),
        "finished": False,
        "language": "ja",
        "device": "phone",
        "key": uuid4(),
        "body_sha256": sha256(json.dumps(answers, sort_keys=True).encode()).digest(),
        "consent": instrument.definition.consent_sha256,
        "coins": {"dir_main": 1},
    }
    call = {**usual, **changes}
    said, letter, first = (
        part(**{name.name: call.pop(name.name) for name in fields(part) if name.name in call})
        for part in (Said, Letter, First)
    )
    return record_response(
        inquiry=inquiry,
        instrument=instrument,
        identity=identity or make_identity(inquiry),
        said=said,
        letter=letter,
        first=first,
        **call,
    )
