"""What an answer is made of on its way to the one writer: what was said, the letter it came in, what began with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Checked `answers` (`surveys.schema.check_answers`), how far the reader is, and how long each item was in view."""

    answers: Answers
    finished: bool
    screen: int = 1
    visible_ms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`key` and `body_sha256` know a second copy; in what language, from what device; `signals`: bits of
    `signals.Signal`."""

    key: UUID
    body_sha256: bytes
    language: str
    device: str
    signals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """What counts with the first answer only, and is kept from it: the hash of the `consent` text (empty: none was
    given) and the `coins`. `newcomer`: the caller thinks that it is the first, which saves a round trip where true."""

    consent: str = ""
    coins: Mapping[str, int] = field(default_factory=dict)
    newcomer: bool = False
