"""The one strict way in for answers, shared by the page's form and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Definition, Question
from apps.surveys.kinds import Refused, kind_of
from apps.surveys.texts import clean_text

__all__ = [
    "AnswersInvalid",
    "FieldProblem",
    "answer_status",
    "applies",
    "check_answers",
    "clean_text",
    "json_schema",
    "merge_answers",
]

# Shares of the applicable items that make an answer complete or partial (AAPOR's example cut-offs).
COMPLETE_FROM, PARTIAL_FROM = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class FieldProblem:
    field: str
    code: str
    message: str


class AnswersInvalid(Exception):
    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in problems))
        self.problems = problems


def check_answers(definition: Definition, raw: Any) -> dict[str, Any]:
    """The answers as they are stored, or AnswersInvalid with every problem in the active language.

    `null` and 97 say that a question was seen and left blank.
    """
    if not isinstance(raw, Mapping):
        raise AnswersInvalid([FieldProblem("answers", "object_expected", _("Answers are given question by question."))])
    checked, problems = {}, []
    for name, value in raw.items():
        try:
            checked[name] = check_answer(definition, name, value)
        except Refused as refused:
            problems.append(FieldProblem(named(name, refused.part), refused.code, refused.message))
    if problems:
        raise AnswersInvalid(problems)
    return checked


def check_answer(definition: Definition, name: Any, value: Any) -> Any:
    question = definition.by_id.get(name)
    if question is None:
        if name in consents(definition):
            return check_consent(value)
        raise Refused("unknown_question", _("This inquiry has no such question."))
    if value is None or (type(value) is int and value == BLANK and BLANK not in question.codes):
        return BLANK
    return kind_of(question).check(question, value)


def check_consent(value: Any) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise Refused("true_or_false_expected", _("Only yes or no (true or false) can be given here."))
    return value


def named(name: Any, part: str) -> str:
    """The field of a problem, short enough for an error and free of anything a reader's words could do there."""
    text = str(name)[:40].encode("utf-8", "replace").decode().replace("\x00", "")
    return f"{text}.{part[:40]}" if part else text


def consents(definition: Definition) -> dict[str, Question]:
    """Questions by the name of their consent to be quoted."""
    return {question.consent[0]: question for question in definition.questions if question.consent}


def applies(question: Question, answers: Mapping[str, Any]) -> bool:
    condition = question.shown_if
    return condition is None or answers.get(condition.question) == condition.equals


def merge_answers(definition: Definition, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept after a write: question by question, row by row; no answer to a question that does not apply."""
    merged = {**old, **{name: BLANK if answer is None else answer for name, answer in new.items()}}
    for question in definition.questions:
        name = question.id
        if name not in merged:
            continue
        if not applies(question, merged):
            del merged[name]
        elif question.rows and isinstance(old.get(name), dict) and isinstance(merged[name], dict):
            merged[name] = {**old[name], **merged[name]}
    for name, question in consents(definition).items():
        if name in merged and merged.get(question.id, BLANK) == BLANK:
            del merged[name]
    return merged


def answer_status(definition: Definition, answers: Mapping[str, Any]) -> str:
    """`complete`, `partial` or `break_off` by the share of applicable items answered; don't-know is an answer."""
    counted = [question for question in definition.questions if question.counts and applies(question, answers)]
    answered = sum(kind_of(question).is_answered(question, answers.get(question.id)) for question in counted)
    share = answered / len(counted) if counted else 1.0
    if share >= COMPLETE_FROM:
        return "complete"
    return "partial" if share >= PARTIAL_FROM else "break_off"


def json_schema(definition: Definition) -> dict[str, Any]:
    """JSON Schema of the `answers` object."""
    blank = [{"type": "null"}, {"const": BLANK}]
    properties: dict[str, Any] = {
        question.id: {"anyOf": [kind_of(question).json_schema(question), *blank]} for question in definition.questions
    }
    properties |= {name: {"type": ["boolean", "null"]} for name in consents(definition)}
    return {"type": "object", "properties": properties, "additionalProperties": False}
