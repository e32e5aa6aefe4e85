"""Two questions on the same themes, hopes against worries: which of their options stand for the same theme."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from apps.reports.report.material import Material
from apps.surveys.definition import Definition, Question


def content(material: Material) -> dict[str, Any] | None:
    """By the codes of both questions. The numbers are those of the questions; nothing is counted anew."""
    shown = {entry["id"] for entry in material.epoch["questions"] if not entry["hidden"]}
    pairs = [pair for pair in mirrored(material.definition) if shown.issuperset(pair["questions"])]
    return {"pairs": pairs} if pairs else None


def mirrored(definition: Definition) -> Iterator[dict[str, Any]]:
    """Neighbours of one kind whose options point at each other by their codes."""
    nominal = [question for question in definition.questions if question.kind == "single_nominal"]
    for one, other in pairwise(nominal):
        if themes := shared(one, other):
            yield {"questions": [one.id, other.id], "themes": themes}


def shared(one: Question, other: Question) -> list[list[int]]:
    """Pairs of codes of the same theme; both options say so."""
    there = {option.code: option.mirror for option in other.options if option.mirror is not None}
    return [
        [option.code, option.mirror]
        for option in one.options
        if option.mirror is not None and there.get(option.mirror) == option.code
    ]
