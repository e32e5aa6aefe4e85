"""The one way in for votes and statements, used by page, frame and API; and the one way out, erasure."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from apps.common.writing import Busy, KeyReused, Unconfirmed, confirmed, today
from apps.debates import ledger
from apps.debates.choices import Choice, number_of_votes
from apps.debates.exposures import waiting
from apps.debates.models import Ballot, Debate, Exposure, Origin, Statement, StatementState, VoteKey, VoteLog
from apps.debates.personal import kinds_in
from apps.debates.queries import same_statement
from apps.debates.rules import (
    MOST_STATEMENTS,
    VOTES_BEFORE_WRITING,
    DebateFull,
    SaidAlready,
    StatementNotServed,
    StatementUnknown,
    TooFewVotes,
    TooManyStatements,
)
from apps.debates.seeds import seeds_in
from apps.debates.wording import folded, statement_text
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed
from apps.participants.actions import spend_proof, take_from_bucket
from apps.participants.crowds import Crowd, TooManyVotes, crowd_around
from apps.participants.limits import UNCOUNTED, Sender
from apps.participants.queries import Identity
from apps.participants.seals import mac
from apps.surveys.queries import newest_version

ATTEMPTS = 3
WRITING_LIMITS = {"statements of an hour": (3, 60 * 60), "statements of a day": (10, 24 * 60 * 60)}
VOTING_PACE = {"rate": 1.0, "burst": 10.0}  # votes per second of one reader, and at once
BUCKET_KEY = 8


@dataclass(frozen=True, slots=True)
class Voted:
    """`created`: there was no vote of this reader on this statement before; `choice` NONE: it was taken back."""

    number: int
    choice: Choice
    created: bool
    revision: int
    replayed: bool


def cast_vote(
    *,
    inquiry: Inquiry,
    identity: Identity,
    number: int,
    choice: Choice,
    key: UUID,
    body_sha256: bytes,
    sender: Sender = UNCOUNTED,
) -> Voted:
    """Record or change one reader's vote; the map task notices by the log, so no shared row is touched.

    Raises KeyReused, InquiryClosed, StatementUnknown, StatementNotServed, TooManyVotes, ProofNeeded or Busy; when it
    returns, the vote is committed. Sent again under the same key, the same reply comes back, whatever the limits say.
    """
    if not 1 <= number <= MOST_STATEMENTS:
        raise StatementUnknown
    values = {
        "inquiry": inquiry.pk,
        "slug": inquiry.slug,
        "pseudonym": identity.pseudonym,
        "number": number,
        "choice": int(choice),
        "key": key,
        "body": body_sha256,
        "day": today(),
        "bucket": mac(identity.pseudonym, b"votes")[:BUCKET_KEY],
        **VOTING_PACE,
    }
    crowd = crowd_around(sender, identity)
    try:
        with confirmed():
            for _number in range(ATTEMPTS):
                if voted := _attempt(inquiry, choice, values, crowd, sender):
                    return voted
    except (OperationalError, InterfaceError, Unconfirmed) as error:
        raise Busy from error
    raise Busy


def undo_vote(
    *,
    inquiry: Inquiry,
    identity: Identity,
    number: int,
    key: UUID,
    body_sha256: bytes,
    sender: Sender = UNCOUNTED,
) -> Voted:
    """Take a vote back, also one on a statement that is no longer shown; `cast_vote` for the rest."""
    return cast_vote(
        inquiry=inquiry,
        identity=identity,
        number=number,
        choice=Choice.NONE,
        key=key,
        body_sha256=body_sha256,
        sender=sender,
    )


def _attempt(
    inquiry: Inquiry, choice: Choice, values: dict[str, Any], crowd: Crowd | None, sender: Sender
) -> Voted | None:
    """One write where the crowd lets it in, or the reply of the first time; None where another write came between."""
    let_in = crowd is None or _lets_in(crowd, sender)
    if let_in and (written := ledger.cast(values)):
        if crowd:
            crowd.count()
        return _voted(values["number"], choice, written.revision, written.replaced, replayed=False)
    if replay := _replay(inquiry, choice, values):
        return replay
    if crowd and not let_in:
        raise crowd.refusal()
    return None


def _lets_in(crowd: Crowd, sender: Sender) -> bool:
    """Work is looked at only where it is asked for, and is good for some votes."""
    if not crowd.lets_in() and spend_proof(proof=sender.proof, identity=crowd.identity):
        crowd.credit()
    return crowd.lets_in()


def _replay(inquiry: Inquiry, choice: Choice, values: dict[str, Any]) -> Voted | None:
    """The reply of the first time, or why there is none; None where nothing speaks against another attempt."""
    found = ledger.read(values)
    if found and found.used_body is not None:
        if found.used_body != values["body"] or "replaced" not in found.used_reply:
            raise KeyReused
        reply = found.used_reply
        return _voted(values["number"], choice, reply["revision"], reply["replaced"], replayed=True)
    if found is None or not found.open:
        raise InquiryClosed(inquiry)
    if not found.state:
        raise StatementUnknown
    if choice and found.state != StatementState.APPROVED:
        raise StatementNotServed(found.state)
    if found.seconds:
        raise TooManyVotes(found.seconds)
    return None


def _voted(number: int, choice: Choice, revision: int, replaced: int, *, replayed: bool) -> Voted:
    return Voted(number, choice, created=bool(choice) and not replaced, revision=revision, replayed=replayed)


@transaction.atomic
def open_debate(*, inquiry: Inquiry) -> Debate:
    """The debate of an inquiry, made when first asked for, with the editors' statements of the newest version."""
    Debate.objects.get_or_create(pk=inquiry.pk)
    debate = Debate.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    version = newest_version(inquiry.pk)
    planted = set(Statement.objects.filter(debate=debate, origin=Origin.SEED).values_list("seed", flat=True))
    seeds = list(seeds_in(version.definition if version else {}))
    if version:
        _follow(debate, {seed.code for seed in seeds})
    for seed in seeds:
        if seed.code not in planted:
            _add(
                debate,
                origin=Origin.SEED,
                state=StatementState.APPROVED,
                seed=seed.code,
                texts=seed.texts,
                language=seed.language,
                text=seed.texts[seed.language],
                anchor=seed.anchor,
                stance=seed.stance,
            )
    return debate


def _follow(debate: Debate, named: set[str]) -> None:
    """What the editors no longer name is withdrawn by its authors, and comes back with its name. Votes stay."""
    sown = Statement.objects.filter(debate=debate, origin=Origin.SEED).exclude(seed="")
    sown.filter(state=StatementState.APPROVED).exclude(seed__in=named).update(state=StatementState.WITHDRAWN)
    sown.filter(state=StatementState.WITHDRAWN, seed__in=named).update(state=StatementState.APPROVED)


@dataclass(frozen=True, slots=True)
class Proposed:
    number: int
    state: str
    replayed: bool


def propose_statement(
    *,
    inquiry: Inquiry,
    identity: Identity,
    text: object,
    language: str,
    key: UUID,
    body_sha256: bytes,
    anchor: str = "",
) -> Proposed:
    """Take a reader's statement in; it waits for a moderator.

    Raises KeyReused, InquiryClosed, TooFewVotes, TextRefused, SaidAlready, TooManyStatements,
    DebateFull or Busy.
    """
    try:
        with confirmed(), transaction.atomic():
            return _propose(inquiry, identity, text, language, key, body_sha256, anchor)
    except (OperationalError, InterfaceError, Unconfirmed) as error:
        raise Busy from error


def _propose(
    inquiry: Inquiry, identity: Identity, text: object, language: str, key: UUID, body_sha256: bytes, anchor: str
) -> Proposed:
    """The debate's row is held meanwhile: numbers are given out one by one, and nothing is said twice."""
    debate = Debate.objects.select_for_update(of=("self",)).filter(pk=inquiry.pk).first()
    used = VoteKey.objects.filter(pseudonym=identity.pseudonym, key=key).first()
    if used:
        if bytes(used.body_sha256) != body_sha256 or "number" not in used.reply:
            raise KeyReused
        return Proposed(**used.reply, replayed=True)
    present = Inquiry.objects.filter(pk=inquiry.pk, slug=inquiry.slug).first()
    if present is None or not present.is_open(timezone.now()):
        raise InquiryClosed(inquiry)
    if debate is None:
        raise TooFewVotes(0)
    votes = Ballot.objects.filter(pk=identity.pseudonym).values_list("votes", flat=True).first()
    if (cast := number_of_votes(bytes(votes or b""))) < VOTES_BEFORE_WRITING:
        raise TooFewVotes(cast)
    line = statement_text(text, language)
    if same := same_statement(debate, folded(line)):
        raise SaidAlready(same.number)
    _take_a_turn(identity.pseudonym)
    statement = _add(
        debate,
        origin=Origin.READER,
        author=identity.pseudonym,
        text=line,
        held=kinds_in(line),
        language=language,
        anchor=anchor,
    )
    reply: dict[str, Any] = {"number": statement.number, "state": statement.state}
    VoteKey.objects.create(
        pseudonym=identity.pseudonym, key=key, body_sha256=body_sha256, reply=reply, day=statement.day
    )
    return Proposed(**reply, replayed=False)


def _take_a_turn(pseudonym: bytes) -> None:
    """A few in an hour and some more in a day; what was refused for another reason costs nothing."""
    for name, (most, seconds) in WRITING_LIMITS.items():
        rate = most / seconds
        if not take_from_bucket(mac(pseudonym, name.encode())[:BUCKET_KEY], rate=rate, burst=most):
            raise TooManyStatements(round(1 / rate))


def _add(debate: Debate, *, text: str, **fields: Any) -> Statement:
    last = Statement.objects.filter(debate=debate).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_STATEMENTS:
        raise DebateFull
    return Statement.objects.create(
        debate=debate, number=last + 1, text=text, folded=folded(text), day=today(), **fields
    )


@transaction.atomic
def erase_ballot(*, pseudonym: bytes) -> bool:
    """Delete everything a reader left in a debate. Others may have voted on their statements: those lose words and
    author, their numbers stay empty; what they stood for waits again. False: there was nothing."""
    stood_for = Statement.objects.filter(merged_into__author=pseudonym)
    stood_for.update(state=StatementState.WAITING, merged_into=None)
    written = Statement.objects.filter(author=pseudonym).update(
        state=StatementState.WITHDRAWN,
        text="",
        texts={},
        folded="",
        reason="",
        merged_into=None,
        author=None,
        anchor="",
    )
    deleted, _ = Ballot.objects.filter(pk=pseudonym).delete()
    if deleted:  # of a first vote that is cast at this moment not only the ballot may stay
        for kept in (VoteLog, VoteKey):
            kept.objects.filter(pseudonym=pseudonym).delete()
    waiting.forget(pseudonym)
    Exposure.objects.filter(pseudonym=pseudonym).delete()
    return bool(deleted or written)
