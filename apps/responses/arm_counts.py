"""How many readers of each arm answered what: numbers only, for whoever counts without a database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnsweredTwice:
    """How many readers of an arm gave this code to a question and that one when it was asked again. Arm None: none."""

    arm: int | None
    before: int
    after: int
    readers: int


@dataclass(frozen=True, slots=True)
class ArmCounts:
    readers: int
    finished: int
    asked_again: int
