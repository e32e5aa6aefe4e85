"""What the words of every part rest on beside its numbers: the questions, the language, who stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.reports.maps.rows import Spoken
from apps.reports.numbers import count_text
from apps.reports.pictures import Style
from apps.surveys.definition import Definition, Question


@dataclass(frozen=True)
class About:
    """`content`: the whole report, so that a part may look at another. `intervals`: whether guides of 95 % are told,
    as they always are at the desk. `facts`: printed beside every figure. `statements`: those that may be told today.
    `quotable`: by question and handle, the words that may be quoted today.
    """

    content: Mapping[str, Any]
    definition: Definition
    language: str
    operator: str
    facts: tuple[str, ...] = ()
    intervals: bool = True
    statements: Mapping[int, Spoken] = field(default_factory=dict)
    quotable: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def counts_to(self) -> int:
        """The step to which numbers of readers are rounded."""
        return int(self.content["profile"]["counts_to"])

    @property
    def style(self) -> Style:
        return Style(self.language, self.counts_to)

    @property
    def simulated(self) -> bool:
        return bool(self.content["inquiry"]["simulated"])

    def question(self, name: str) -> Question:
        return self.definition.question(name)

    def count(self, readers: int | None) -> str:
        return count_text(readers, self.counts_to)
