"""Which question of a questionnaire is asked twice, and where both answers stand in the packed codes."""

from dataclasses import dataclass

from apps.surveys.definition import Definition, Question, Slot

PAIRED_KINDS = ("single_ordinal", "paired_ab")
"""One answer on a scale with two sides: only of those a shift can be told."""


@dataclass(frozen=True)
class Repetition:
    """The first question and the one that asks it again."""

    first: Question
    again: Question

    def places(self, definition: Definition) -> tuple[int, int] | None:
        """Slots of both; None in a version that asks it once."""
        slots = {slot: place for place, slot in enumerate(definition.slots)}
        first, again = slots.get(Slot(self.first.id)), slots.get(Slot(self.again.id))
        return None if first is None or again is None else (first, again)


def repetition_in(definition: Definition) -> Repetition | None:
    for name in definition.again:
        again = definition.question(name)
        if again.repeats and again.kind in PAIRED_KINDS:
            return Repetition(definition.question(again.repeats), again)
    return None
