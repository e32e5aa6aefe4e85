"""Stored things in the words of the API."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from apps.debates.choices import Choice
from apps.debates.maps.standing_place import own_place
from apps.debates.models import OpinionMap, Statement
from apps.inquiries.models import Inquiry
from apps.reports.figures import otherwise_in
from apps.reports.maps.sureness import gain_of
from apps.reports.rules import PublicMap, PublicResults, Waiting
from apps.responses.queries import OwnResponse
from apps.surveys.arms import VOTES_BEFORE_AGAIN, Arm
from apps.surveys.definition import Definition, Option, Question
from apps.surveys.queries import Instrument, definition_in
from apps.surveys.schema import json_schema

# Fields of a question that are told as they are.
PLAIN = (
    "id",
    "kind",
    "phase",
    "stem",
    "help",
    "lead",
    "prompt",
    "poles",
    "minimum",
    "maximum",
    "step",
    "unit",
    "low_label",
    "high_label",
)


def inquiry_line(inquiry: Inquiry, instrument: Instrument) -> dict[str, Any]:
    return {
        "slug": inquiry.slug,
        "title": inquiry.title,
        "languages": list(instrument.definition.languages),
        "version": instrument.number,
        "opens_at": inquiry.opens_at,
        "closes_at": inquiry.closes_at,
        "simulated": inquiry.simulated,
    }


def state_of(inquiry: Inquiry, now: datetime) -> str:
    if inquiry.is_open(now):
        return "open"
    return "closed" if inquiry.is_closed(now) else "waiting"


def instrument_out(inquiry: Inquiry, instrument: Instrument, now: datetime) -> dict[str, Any]:
    definition = instrument.definition
    return {
        **inquiry_line(inquiry, instrument),
        "default_language": definition.default_language,
        "state": state_of(inquiry, now),
        "minimum_age": definition.min_age,
        "sha256": instrument.sha256,
        "context": list(definition.context),
        "context_pair": list(definition.context_pair),
        "questions": [question_out(question) for question in definition.questions],
        "screens": [list(screen) for screen in definition.screens],
        "again": list(definition.again),
        "consent": consent_out(definition),
        "answers_schema": json_schema(definition),
    }


def way_out(instrument: Instrument, arm: Arm | None) -> dict[str, Any]:
    """What a participant is asked; `arm` is none where nobody is drawn one."""
    asked = definition_in(instrument.version_id, arm or Arm.A)
    return {
        "arm": None if arm is None else arm.name,
        "version": instrument.number,
        "screens": [list(screen) for screen in asked.screens],
        "again": list(asked.again),
        "votes_before_again": VOTES_BEFORE_AGAIN,
    }


def question_out(question: Question) -> dict[str, Any]:
    return {
        **{name: getattr(question, name) for name in PLAIN},
        "options": [option_out(option) for option in question.options],
        "rows": [asdict(row) for row in question.rows],
        "top": question.top or None,
        "text_limit": question.text_limit or None,
        "quotation_consent": question.consent[0] if question.consent else None,
        "shown_if": asdict(question.shown_if) if question.shown_if else None,
        "order": question.order.mode,
    }


def option_out(option: Option) -> dict[str, Any]:
    return {name: getattr(option, name) for name in ("code", "label", "role", "exclusive", "text_limit", "retired")}


def consent_out(definition: Definition) -> dict[str, Any]:
    consent = definition.consent
    return {
        "version": consent.version,
        "sha256": definition.consent_sha256,
        "title": consent.title,
        "paragraphs": list(consent.paragraphs),
    }


def own_response_out(slug: str, instrument: Instrument, own: OwnResponse) -> dict[str, Any]:
    return {
        "inquiry": slug,
        "version": instrument.number,
        "language": own.language,
        "status": own.status,
        "complete": own.finished,
        "revision": own.revision,
        "answers": own.answers,
    }


def results_out(results: PublicResults) -> dict[str, Any]:
    """The content of the epoch as the page shows it, or why there is none."""
    if results.epoch is None:
        return {"published": False, "reason": results.waiting, "smallest_base": results.smallest_base, "n": None}
    return {
        "published": True,
        "reason": None,
        "smallest_base": results.smallest_base,
        **results.epoch.content,
        "asked_otherwise": otherwise_in(results.epoch),
    }


def card_out(statement: Statement) -> dict[str, Any]:
    """Neither its author nor how others voted: both would sway who is asked."""
    return {
        "id": statement.number,
        "origin": statement.origin,
        "text": words_out(statement),
        "anchor": statement.anchor,
    }


def words_out(statement: Statement) -> dict[str, str]:
    """`und`: the language is not known."""
    return statement.texts or {statement.language or "und": statement.text}


def map_out(public: PublicMap, told: Mapping[int, Statement]) -> dict[str, Any]:
    """As it was stored, without statements that readers are no longer shown; or why there is none."""
    general = {"published": public.stored is not None, "reason": public.waiting, "smallest_base": public.smallest_base}
    if public.stored is None:
        return general
    stored, summary = public.stored, public.stored.summary
    return {
        **general,
        "map": stored.number,
        "made_at": stored.created_at.isoformat(timespec="seconds"),
        "method": stored.method,
        "seed": stored.seed,
        "code_version": stored.code_version,
        "checksum": stored.checksum,
        **summary,
        "gain": gain_of(summary),
        "ends": [renamed(end) for end in summary["ends"] if end["number"] in told],
        "statements": [
            {**renamed(entry), "text": words_out(told[entry["number"]]), "origin": told[entry["number"]].origin}
            for entry in summary["statements"]
            if entry["number"] in told
        ],
    }


def renamed(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The API calls the number of a statement its id."""
    return {"id": entry["number"], **{name: value for name, value in entry.items() if name != "number"}}


def stand_out(public: PublicMap, votes: Mapping[int, Choice]) -> dict[str, Any]:
    """One's own place and what decided it; `state` says why there is none."""
    own = [{"id": number, "choice": choice.word} for number, choice in votes.items()]
    found: dict[str, Any] = {"state": state_of_stand(public), "map": None, "own_votes": own, "votes": 0}
    if public.stored is None:
        return found
    place, told = own_place(public.stored, votes), set(public.telling.numbers)
    if found["state"] == "placed" and not place.votes:
        found["state"] = "no_votes"
    return {
        **found,
        "map": public.stored.number,
        "votes": place.votes,
        "position": [round(part, 4) for part in place.position],
        "spread": [round(part, 4) for part in place.spread],
        "groups": [{"id": group, "probability": round(part, 4)} for group, part in place.probabilities.items()],
        "cell": place.cell,
        "deciding": [{"id": number, "choice": choice.word} for number, choice in place.deciding if number in told],
        "shared": [number for number in place.shared if number in told],
    }


def state_of_stand(public: PublicMap) -> str:
    if public.stored is None:
        return "not_enough_votes" if public.waiting == Waiting.NOT_ENOUGH else str(public.waiting)
    return state_of_map(public.stored)


def state_of_map(stored: OpinionMap) -> str:
    if not stored.summary["enough"]:
        return "not_enough_votes"
    return "nothing_shared" if stored.story == "none" else "placed"
