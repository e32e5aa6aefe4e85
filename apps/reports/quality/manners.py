"""How everybody answered, as arrays in the order of the material. Imported by the worker only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.debates.ballots_beside import FRAME, HEAD, ballots_beside
from apps.inquiries.models import Inquiry
from apps.reports.report.material import NOBODY, Material
from apps.responses.paradata import PSEUDONYM_BYTES, TIME_BYTES, WITHOUT_COIN, paradata, width, written
from apps.surveys.arms import ARM_COIN

SCALES = ("single_ordinal", "paired_ab", "item_by_item")
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Manners:
    """Of R readers: `times` (R, questions) in milliseconds, 0 where none was measured; `coins`: of each the sides (R,),
    255 where none was thrown; `signals` (R,); `votes` (R, statements) with 0 for none, by the statement's number less
    one; `texts`: of each open question, who wrote what, by row."""

    questions: tuple[str, ...]
    times: NDArray[np.int64]
    coins: Mapping[str, Bytes]
    signals: Bytes
    votes: Bytes
    stances: Mapping[int, str]
    texts: Mapping[str, Mapping[int, str]]

    def time_on(self, questions: frozenset[str]) -> NDArray[np.int64]:
        """(R, of these)."""
        return self.times[:, [place for place, name in enumerate(self.questions) if name in questions]]

    def side(self, coin: str | None) -> Bytes:
        """(R,); the first one where it was not thrown."""
        thrown = self.coins.get(coin or "", np.zeros(len(self.signals), dtype=np.uint8))
        return np.where(thrown == WITHOUT_COIN, np.uint8(0), thrown)

    @property
    def arm(self) -> Bytes:
        return self.side(ARM_COIN)


def manners_of(inquiry: Inquiry, material: Material, *, share: float = 1, with_votes: bool = True) -> Manners:
    """`share`: by which the material was drawn; of the others nothing is read. Without votes it is as if nobody had."""
    asked = [question for each in material.instruments for question in each.definition.questions]
    questions = tuple(dict.fromkeys(question.id for question in asked))
    thrown = [each.order.coin for each in asked if each.order.coin and each.kind in SCALES]
    coins = tuple(dict.fromkeys([ARM_COIN, *thrown]))
    times, sides, signals = read_paradata(inquiry, material, questions, coins, share)
    votes, stances = read_votes(inquiry, material, share) if with_votes else no_votes(material)
    open_texts = dict.fromkeys(question.id for question in asked if question.kind == "open_text")
    texts = {name: read_texts(inquiry, material, name, share) for name in open_texts}
    return Manners(questions, times, sides, signals, votes, stances, texts)


def read_paradata(
    inquiry: Inquiry, material: Material, questions: tuple[str, ...], coins: tuple[str, ...], share: float
) -> tuple[NDArray[np.int64], dict[str, Bytes], Bytes]:
    packed = paradata(inquiry.pk, questions=questions, coins=coins, share=share)
    rows = np.frombuffer(packed, dtype=np.uint8).reshape(-1, width(questions, coins))
    place = material.aligned(np.ascontiguousarray(rows[:, :PSEUDONYM_BYTES]))
    rows, place = rows[place != NOBODY], place[place != NOBODY]
    end = PSEUDONYM_BYTES + TIME_BYTES * len(questions)
    times = np.zeros((len(material), len(questions)), dtype=np.int64)
    times[place] = np.ascontiguousarray(rows[:, PSEUDONYM_BYTES:end]).view(">i4")
    sides = np.full((len(coins), len(material)), WITHOUT_COIN, dtype=np.uint8)
    sides[:, place] = rows[:, end:-1].T
    signals = np.zeros(len(material), dtype=np.uint8)
    signals[place] = rows[:, -1]
    return times, dict(zip(coins, sides, strict=True)), signals


def read_votes(inquiry: Inquiry, material: Material, share: float) -> tuple[Bytes, dict[int, str]]:
    beside = ballots_beside(inquiry.pk, share=share)
    rows = np.frombuffer(beside.stream, dtype=np.uint8, offset=HEAD, count=beside.readers * beside.width)
    rows = rows.reshape(beside.readers, beside.width)[:, FRAME:]
    place = material.aligned(np.ascontiguousarray(rows[:, :PSEUDONYM_BYTES]))
    votes = np.zeros((len(material), beside.statements), dtype=np.uint8)
    votes[place[place != NOBODY]] = rows[place != NOBODY, PSEUDONYM_BYTES:]
    return votes, beside.stances


def no_votes(material: Material) -> tuple[Bytes, dict[int, str]]:
    return np.zeros((len(material), 0), dtype=np.uint8), {}


def read_texts(inquiry: Inquiry, material: Material, question: str, share: float) -> dict[int, str]:
    found = list(written(inquiry.pk, question, share=share))
    places = material.aligned(b"".join(pseudonym for pseudonym, _text in found))
    return {int(place): text for place, (_who, text) in zip(places, found, strict=True) if place != NOBODY}
