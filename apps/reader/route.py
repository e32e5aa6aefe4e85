"""The way through the screens. Some only concern readers who gave a certain answer on an earlier one."""

from collections.abc import Mapping
from typing import Any

from apps.surveys.definition import Definition, Question
from apps.surveys.schema import applies


def questions_of(definition: Definition, step: int) -> list[Question]:
    return [definition.question(name) for name in definition.on_screen(step)]


def depends_on_earlier(definition: Definition, step: int) -> bool:
    """Whether what this screen shows rests on an answer given on another one."""
    names = definition.on_screen(step)
    return any(
        question.shown_if and question.shown_if.question not in names for question in questions_of(definition, step)
    )


def concerns(definition: Definition, step: int, answers: Mapping[str, Any]) -> bool:
    """Whether this screen has anything to ask somebody who answered so."""
    return any(applies(question, answers) for question in questions_of(definition, step))
