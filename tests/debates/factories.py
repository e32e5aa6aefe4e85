"""Real rows for tests about debates: an open inquiry with statements, readers, votes."""

from hashlib import sha256
from itertools import count
from typing import Any
from uuid import uuid4

from apps.accounts.models import Publication, User
from apps.common.writing import today
from apps.debates.actions import Proposed, Voted, cast_vote, propose_statement, undo_vote
from apps.debates.choices import Choice
from apps.debates.models import Debate, Origin, Statement, StatementState
from apps.debates.wording import folded
from apps.inquiries.models import Inquiry, State
from apps.participants.queries import Identity, identify

AGREE, DISAGREE, NEITHER, UNSURE = Choice.AGREE, Choice.DISAGREE, Choice.NEITHER, Choice.UNSURE
TEXTS = (
    "速さより安全を先に考えるべきだ。",
    "一人が決めるほうが責任がはっきりする。",
    "国が口を出すと開発は遅れる。",
    "使う人の声を聞く場がほしい。",
    "競争があるから良いものができる。",
    "止める仕組みのない開発は危うい。",
)
tokens = (number.to_bytes(16) for number in count(1))


def make_debate(slug: str = "debate", statements: int = 6, **fields: Any) -> Debate:
    """An open inquiry, with so many published statements of the editors."""
    publication, _ = Publication.objects.get_or_create(slug="toikake", defaults={"name": "Toikake"})
    inquiry = Inquiry.objects.create(
        **{"publication": publication, "slug": slug, "title": {"ja": "問い"}, "state": State.OPEN, **fields}
    )
    debate = Debate.objects.create(inquiry=inquiry)
    for number in range(1, statements + 1):
        make_statement(debate, number, seed=f"S{number:02}")
    return debate


def make_statement(debate: Debate, number: int, text: str = "", **fields: Any) -> Statement:
    words = text or f"{TEXTS[(number - 1) % len(TEXTS)]}（{number}）"
    given = {"origin": Origin.SEED, "language": "ja", "state": StatementState.APPROVED, "day": today(), **fields}
    return Statement.objects.create(debate=debate, number=number, text=words, folded=folded(words), **given)


def make_reader(debate: Debate) -> Identity:
    return identify(inquiry_id=debate.pk, token=next(tokens))


def make_moderator(email: str = "moderator@example.org") -> User:
    return User.objects.create_user(email)


def vote(debate: Debate, reader: Identity, number: int, choice: Choice = AGREE, **changes: Any) -> Voted:
    call = {"key": uuid4(), "body_sha256": sha256(f"{number} {choice.word}".encode()).digest(), **changes}
    return cast_vote(inquiry=debate.inquiry, identity=reader, number=number, choice=choice, **call)


def undo(debate: Debate, reader: Identity, number: int, **changes: Any) -> Voted:
    call = {"key": uuid4(), "body_sha256": sha256(f"{number}".encode()).digest(), **changes}
    return undo_vote(inquiry=debate.inquiry, identity=reader, number=number, **call)


def vote_on_all(debate: Debate, reader: Identity, choices: str) -> None:
    """One sign per statement: + agree, - disagree, 0 neither, ? unsure, . no vote."""
    for number, sign in enumerate(choices, start=1):
        if sign != ".":
            vote(debate, reader, number, {"+": AGREE, "-": DISAGREE, "0": NEITHER, "?": UNSURE}[sign])


def propose(debate: Debate, reader: Identity, text: object, language: str = "ja", **changes: Any) -> Proposed:
    call = {"key": uuid4(), "body_sha256": sha256(repr(text).encode()).digest(), **changes}
    return propose_statement(inquiry=debate.inquiry, identity=reader, text=text, language=language, **call)
