"""The closed answers of a reader, one byte per slot in the version's stated order: what numbers are made from."""

from collections.abc import Mapping
from typing import Any

from apps.surveys.definition import Definition
from apps.surveys.kinds import kind_of
from apps.surveys.kinds.base import NOTHING


def pack_codes(definition: Definition, answers: Mapping[str, Any]) -> bytes:
    """As many bytes as the definition has slots; 255 where nothing is there, 97 where it was left blank."""
    packed: list[int] = []
    for question in definition.questions:
        answer, width = answers.get(question.id), definition.widths[question.id]
        packed += [NOTHING] * width if answer is None or not width else kind_of(question).pack(question, answer)
    return bytes(packed)


def unpack_codes(definition: Definition, codes: bytes) -> dict[str, Any]:
    """The answers as far as bytes can tell them: without words, numbers and dates."""
    if len(codes) != len(definition.slots):
        raise ValueError(f"{len(codes)} codes do not fit {len(definition.slots)} slots")
    answers, start = {}, 0
    for question in definition.questions:
        width = definition.widths[question.id]
        answer = kind_of(question).unpack(question, list(codes[start : start + width])) if width else None
        start += width
        if answer is not None:
            answers[question.id] = answer
    return answers
