"""What a form brought besides its answers."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

INTENTS = ("next", "back", "save", "carry")
LONGEST_LIST = 2000
TRAP = "homepage"


@dataclass(frozen=True, slots=True)
class Sent:
    """Hidden fields are filled by the page, but anybody can fill them otherwise: what makes no sense is dropped."""

    intent: str
    seen: frozenset[str]
    prompted: bool
    touched: frozenset[str]
    visible_ms: dict[str, int]
    key: UUID | None
    cookieless: bool  # the browser itself said so; it is not asked to answer twice
    trapped: bool = False  # the field that nobody sees was filled in

    @classmethod
    def of(cls, request: HttpRequest) -> "Sent":
        intent = request.POST.get("intent", "next")
        return cls(
            intent=intent if intent in INTENTS else "next",
            seen=names(request.POST.get("seen", "")),
            prompted="prompted" in request.POST,
            touched=names(request.POST.get("touched", "")),
            visible_ms=times(request.POST.get("visible", "")),
            key=uuid_or_none(request.POST.get("key", "")),
            cookieless=request.POST.get("cookies") == "none",
            trapped=bool(request.POST.get(TRAP)),
        )


def names(text: str) -> frozenset[str]:
    return frozenset(text[:LONGEST_LIST].split(",")) - {""}


def times(text: str) -> dict[str, int]:
    """`Q1:5300,Q1L:1200`: how long each question was in view, in milliseconds."""
    pairs = (part.partition(":") for part in text[:LONGEST_LIST].split(","))
    return {name: int(value) for name, _, value in pairs if value.isascii() and value.isdigit() and len(value) < 10}


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def renewed(response: HttpResponse, pass_text: str) -> HttpResponse:
    """For a page's script: the same form, sent again with this pass, would be taken. Foreign pages cannot read it."""
    response.headers["X-Toikake-Pass"] = pass_text
    return response


def body_hash(step: int, answers: dict[str, Any], *, finished: bool) -> bytes:
    """Of what is said, not of the bytes that say it: times and hidden fields differ between two taps of one button."""
    said = json.dumps([step, answers, finished], sort_keys=True, ensure_ascii=False, default=str)
    return sha256(said.encode()).digest()
