"""Texts whose writers agreed to be quoted: what was decided about each, and deciding it."""
# ruff: noqa: S608 - only constants of this file are joined into a statement

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.common.punctuation import remark
from apps.common.recent import recent
from apps.inquiries.models import Inquiry
from apps.participants.seals import keys_for
from apps.responses.models import QuoteRefusal, QuoteReview, QuoteState, Response
from apps.responses.texts import HANDLE, HANDLES, TEXTS, fetched, values

MASK = "■■■"
MOST_MASKS = 50
# A review counts for the words that were looked at, and for no others.
OFFERED = f"""
WITH text AS ({TEXTS}),
offered AS (
    SELECT text.*, coalesce(review.state, 'waiting') AS state, coalesce(review.reason, '') AS reason,
        coalesce(review.masks, '[]'::jsonb) AS masks, review.by_id, review.at
    FROM text LEFT JOIN LATERAL (
        SELECT * FROM responses_quotereview AS review
        WHERE review.response_id = text.pseudonym AND review.question = %(question)s
            AND review.words_sha256 = text.digest
        ORDER BY review.id DESC LIMIT 1
    ) AS review ON TRUE
    WHERE text.answers->%(consent)s = 'true'
)
"""

Masks = tuple[tuple[int, int], ...]

DECIDED = {
    QuoteState.APPROVED: "quote.approved",
    QuoteState.REFUSED: "quote.refused",
    QuoteState.WAITING: "quote.waiting",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that may be quoted as far as its writer is concerned."""

    handle: str
    words: str
    language: str
    state: str
    reason: str
    masks: Masks
    by: int | None
    at: datetime | None

    @property
    def shown(self) -> str:
        """As it would be printed."""
        return masked(self.words, self.masks)


@dataclass(frozen=True, slots=True)
class Decision:
    state: str
    reason: str
    by: str
    at: datetime

    @property
    def told(self) -> str:
        """In words: what was decided, and why."""
        told = str(QuoteState(self.state).label)
        return told + (remark(QuoteRefusal(self.reason).label) if self.reason else "")


class QuoteGone(Exception):
    """The text was changed or deleted, or its consent was taken back, since the page showed it."""


class Overtaken(Exception):
    """Somebody else has decided since the page showed it; `state` is what they decided."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def masked(words: str, masks: Sequence[Sequence[int]]) -> str:
    """Blacked out from each place to the other; the length of what stood there is not told."""
    for start, end in reversed(joined(masks, len(words))):
        words = words[:start] + MASK + words[end:]
    return words


def joined(masks: Sequence[Sequence[int]], length: int) -> Masks:
    """Within the text, in order, and none into another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in masks):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def asked_for(inquiry_id: int, question: str, consent: str) -> dict[str, Any]:
    return values(inquiry_id, question) | {"consent": consent}


def offered_texts(
    inquiry_id: int, question: str, consent: str, *, state: str, most: int = 20, after: str = ""
) -> list[Offered]:
    """In the order of their handles, which is drawn by lot and stays."""
    rows = fetched(
        f"{OFFERED} SELECT handle, words, language, state, reason, masks, by_id, at FROM offered"
        " WHERE state = %(state)s AND handle > %(after)s ORDER BY handle LIMIT %(most)s",
        asked_for(inquiry_id, question, consent) | {"state": state, "after": after, "most": most},
    )
    return [offered(row) for row in rows]


def offered_text(inquiry_id: int, question: str, consent: str, handle: str) -> Offered | None:
    rows = fetched(
        f"{OFFERED} SELECT handle, words, language, state, reason, masks, by_id, at FROM offered"
        " WHERE handle = %(handle)s",
        asked_for(inquiry_id, question, consent) | {"handle": handle},
    )
    return offered(rows[0]) if rows else None


def offered(row: Sequence[Any]) -> Offered:
    handle, words, language, state, reason, masks, by, at = row
    return Offered(handle, words, language, state, reason, joined(json.loads(masks), len(words)), by, at)


def count_offered(inquiry_id: int, question: str, consent: str) -> Mapping[str, int]:
    """How many there are in each state."""
    rows = fetched(
        f"{OFFERED} SELECT state, count(*) FROM offered GROUP BY state", asked_for(inquiry_id, question, consent)
    )
    return {str(state): 0 for state in QuoteState.values} | dict(rows)


def past_decisions(inquiry_id: int, question: str, handles: Sequence[str]) -> dict[str, list[Decision]]:
    """Of each text everything that was decided, the newest first; also about words that were changed since."""
    rows = fetched(
        f"""
        WITH text AS ({TEXTS})
        SELECT text.handle, review.state, review.reason, coalesce(nullif(who.name, ''), who.email), review.at
        FROM text JOIN responses_quotereview AS review ON review.response_id = text.pseudonym
        JOIN accounts_user AS who ON who.id = review.by_id
        WHERE review.question = %(question)s AND text.handle = ANY(%(handles)s) ORDER BY review.id DESC
        """,
        values(inquiry_id, question) | {"handles": list(handles)},
    )
    found: dict[str, list[Decision]] = {}
    for handle, *decision in rows:
        found.setdefault(handle, []).append(Decision(*decision))
    return found


@transaction.atomic
def decide_quote(
    *,
    inquiry: Inquiry,
    question: str,
    consent: str,
    handle: str,
    seen: str,
    state: QuoteState,
    by: User,
    reason: QuoteRefusal | None = None,
    masks: Sequence[Sequence[int]] = (),
) -> QuoteReview:
    """Say whether a text may be quoted, and what of it is blacked out. `seen`: the state in which the page showed it.

    Raises QuoteGone or Overtaken. The log keeps the decision, never the words.
    """
    pseudonym, digest, words, now = _held(asked_for(inquiry.pk, question, consent) | {"handle": handle})
    if now != seen:
        raise Overtaken(now)
    review = QuoteReview.objects.create(
        response_id=bytes(pseudonym),
        question=question,
        words_sha256=bytes(digest),
        state=state,
        reason=reason or "",
        masks=[list(span) for span in joined(masks, len(words))] if state == QuoteState.APPROVED else [],
        by=by,
    )
    detail: dict[str, object] = {"question": question, "from": now, "to": str(state), "reason": str(reason or "")}
    record_audit(action=DECIDED[state], by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)
    return review


def _held(asked: dict[str, Any]) -> tuple[bytes, bytes, str, str]:
    """Whose text it is, its hash, its words and its state, as they stay until the surrounding transaction ends."""
    found = fetched(f"{OFFERED} SELECT pseudonym FROM offered WHERE handle = %(handle)s", asked)
    if not found or not Response.objects.select_for_update().filter(pk=found[0][0]).exists():
        raise QuoteGone
    rows = fetched(f"{OFFERED} SELECT pseudonym, digest, words, state FROM offered WHERE handle = %(handle)s", asked)
    if not rows:
        raise QuoteGone
    return rows[0]


# From the decisions, not from the texts: a report asks for what was cleared among a million answers.
CLEARED = f"""
SELECT handle, words, language, state, reason, masks, by_id, at FROM (
    SELECT DISTINCT ON (review.response_id) review.*, answer.pseudonym, answer.language,
        answer.answers->>%(question)s AS words,
        {HANDLE} AS handle
    FROM responses_quotereview AS review JOIN responses_response AS answer ON answer.pseudonym = review.response_id
    WHERE answer.inquiry_id = %(inquiry)s AND review.question = %(question)s
        AND answer.answers->%(consent)s = 'true' AND jsonb_typeof(answer.answers->%(question)s) = 'string'
        AND review.words_sha256 = sha256(convert_to(answer.answers->>%(question)s, 'UTF8'))
    ORDER BY review.response_id, review.id DESC
) AS latest WHERE state = 'approved' AND words <> ''
ORDER BY sha256(convert_to(%(seed)s::text, 'UTF8') || pseudonym)
"""


def quotable(inquiry_id: int, question: str, consent: str, *, seed: int) -> list[Offered]:
    """What may be quoted, in an order drawn by `seed`."""
    return [offered(row) for row in fetched(CLEARED, asked_for(inquiry_id, question, consent) | {"seed": seed})]


@recent
def quotable_by_handle(inquiry_id: int, question: str, consent: str) -> dict[str, str]:
    """Handle → words as they are printed, of all that may be quoted at this moment. A handle that was made before the
    secret was changed leads there, too."""
    asked = asked_for(inquiry_id, question, consent) | {"seed": 1}
    rows = [row for key in keys_for(HANDLES) for row in fetched(CLEARED, asked | {"key": key})]
    return {text.handle: text.shown for text in map(offered, rows)}
