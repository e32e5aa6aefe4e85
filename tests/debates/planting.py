"""Whole debates at once: ballots and their log as if everybody had voted, statement by statement."""

from itertools import count

import numpy as np
from numpy.typing import NDArray

from apps.common.writing import today
from apps.debates.models import Ballot, Debate, VoteLog
from tests.debates.factories import make_debate

readers = count(1)


def plant_ballots(debate: Debate, votes: NDArray[np.uint8]) -> list[bytes]:
    """A reader for each row of `votes` (readers, statements), bytes as ballots have them; returns their pseudonyms."""
    names = [b"planted" + next(readers).to_bytes(9) for _ in votes]
    ballots = []
    log = []
    for name, row in zip(names, votes, strict=True):
        cast = np.flatnonzero(row)
        ballots.append(Ballot(pk=name, debate=debate, votes=row.tobytes(), revision=len(cast)))
        log += [
            VoteLog(pseudonym=name, debate=debate, number=at + 1, choice=row[at], revision=turn, day=today())
            for turn, at in enumerate(cast.tolist(), start=1)
        ]
    Ballot.objects.bulk_create(ballots)
    VoteLog.objects.bulk_create(log)
    return names


def drawn(opinions: NDArray[np.float64], *, cast: float = 0.9, seed: int = 7) -> NDArray[np.uint8]:
    """Votes of readers who think so: log-odds of agreeing against disagreeing, (readers, statements)."""
    rng = np.random.default_rng(seed)
    agrees = rng.random(opinions.shape) < 1 / (1 + np.exp(-opinions))
    passes = rng.random(opinions.shape) < 0.05
    given = np.where(passes, np.where(agrees, 3, 4), np.where(agrees, 1, 2))
    return np.where(rng.random(opinions.shape) < cast, given, 0).astype(np.uint8)


def leaning_debate(slug: str = "leaning", readers: int = 120, statements: int = 16, **fields: object) -> Debate:
    """One axis: everybody stands somewhere on it."""
    debate = make_debate(slug, statements=statements, **fields)
    rng = np.random.default_rng(3)
    plant_ballots(debate, drawn(np.outer(rng.normal(size=readers), rng.normal(0, 2.5, size=statements))))
    return debate


def camps_debate(slug: str = "camps", readers: int = 160, statements: int = 16, **fields: object) -> Debate:
    """Four camps with a quarter of the statements each that only they agree with: no line holds them."""
    debate = make_debate(slug, statements=statements, **fields)
    camp = np.arange(readers) % 4
    plant_ballots(debate, drawn(np.where(camp[:, None] == np.arange(statements) % 4, 3.0, -3.0)))
    return debate


def habits_debate(slug: str = "habits", readers: int = 60, statements: int = 12, **fields: object) -> Debate:
    """Nobody thinks like anybody else."""
    debate = make_debate(slug, statements=statements, **fields)
    rng = np.random.default_rng(5)
    plant_ballots(debate, drawn(np.tile(rng.normal(0, 0.7, size=statements), (readers, 1))))
    return debate
