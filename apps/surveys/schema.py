"""The one strict way in for answers, shared by the page's form and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Definition, Question, chosen_code
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
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    field: str
    code: str
    message: str


class AnswersInvalid(Exception):
    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in problems))
        self.problems = problems


def check_answers(definition: Definition, raw: Any, earlier: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """The answers as they are stored, or AnswersInvalid with every problem in the active language.

    `null` and 97 say that a question was seen and left blank. `earlier`: what this reader answered before; it opens
    retired options to who chose them, and is needed only where the definition has some.
    """
    if not isinstance(raw, Mapping):
        raise AnswersInvalid([FieldProblem("answers", "object_expected", _("Answers are given question by question."))])
    checked, problems = {}, []
    for name, value in raw.items():
        try:
            checked[name] = check_answer(definition, name, value, earlier.get(name))
        except Refused as refused:
            problems.append(FieldProblem(named(name, refused.part), refused.code, refused.message))
    if problems:
        raise AnswersInvalid(problems)
    return checked


def check_answer(definition: Definition, name: Any, value: Any, earlier: Any = None) -> Any:
    question = definition.by_id.get(name)
    if question is None:
        if name in consents(definition):
            return check_consent(value)
        raise Refused("unknown_question", _("This inquiry has no such question."))
    kind = kind_of(question)
    if value is None or (type(value) is int and value == kind.blank):
        return kind.blank
    return kind.check(question.open_to(earlier), value)


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
    return condition is None or chosen_code(answers.get(condition.question)) == condition.equals


def merge_answers(definition: Definition, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept after a write: question by question, row by row; no answer to a question that does not apply.

    A consent to be quoted is given to one text: it goes when the text goes, or changes without being given anew.
    """
    merged = {**old, **{name: blank_of(definition, name) if answer is None else answer for name, answer in new.items()}}
    for question in definition.questions:
        name = question.id
        if name not in merged:
            continue
        if not applies(question, merged):
            del merged[name]
        elif question.rows and isinstance(old.get(name), dict) and isinstance(merged[name], dict):
            merged[name] = {**old[name], **merged[name]}
    for name, question in consents(definition).items():
        rewritten = merged.get(question.id) != old.get(question.id)
        if kind_of(question).is_blank(merged.get(question.id)) or (rewritten and name not in new):
            merged.pop(name, None)
    return merged


def blank_of(definition: Definition, name: str) -> int | None:
    """How a question that was left blank is stored; one that this version no longer asks has no kind to say so."""
    return kind_of(definition.by_id[name]).blank if name in definition.by_id else BLANK


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
    properties: dict[str, Any] = {
        question.id: {"anyOf": [kind_of(question).json_schema(question), *blank_schemas(question)]}
        for question in definition.questions
    }
    properties |= {name: {"type": ["boolean", "null"]} for name in consents(definition)}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def blank_schemas(question: Question) -> list[dict[str, Any]]:
    blank = kind_of(question).blank
    return [{"type": "null"}] if blank is None else [{"type": "null"}, {"const": blank}]
