"""What was published of a questionnaire: every id and code that answers may hold by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from apps.surveys.definition import Definition, Question


@dataclass(frozen=True)
class Past:
    """`definitions`: all published versions, the oldest first."""

    definitions: tuple[Definition, ...] = ()

    @cached_property
    def questions(self) -> Mapping[str, tuple[Question, ...]]:
        """Each id with the question as every version asked it."""
        found: dict[str, tuple[Question, ...]] = {}
        for definition in self.definitions:
            for question in definition.questions:
                found[question.id] = (*found.get(question.id, ()), question)
        return found

    @cached_property
    def quotations(self) -> Mapping[str, str]:
        """Questions by the name of their consent to be quoted."""
        return {
            question.consent[0]: question.id
            for states in self.questions.values()
            for question in states
            if question.consent
        }

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset({*self.questions, *self.quotations})

    @cached_property
    def statements(self) -> frozenset[str]:
        """Codes of the editors' statements; readers may have voted on them."""
        return frozenset(
            entry["id"] for definition in self.definitions for entry in definition.document.get("statements", [])
        )

    def asked(self, name: str) -> bool:
        return name in self.questions

    def options(self, name: str) -> frozenset[int]:
        return frozenset(option.code for question in self.questions.get(name, ()) for option in question.options)

    def rows(self, name: str) -> frozenset[str]:
        return frozenset(row.code for question in self.questions.get(name, ()) for row in question.rows)

    def places(self, name: str) -> int:
        """As many places as a ranking asked for at most."""
        return max((question.top for question in self.questions.get(name, ())), default=0)
