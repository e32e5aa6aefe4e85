"""An answer in the words that the reader saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from apps.common.punctuation import named, remark, with_unit
from apps.common.templatetags.toikake import in_language
from apps.surveys.definition import BLANK, Definition, Question
from apps.surveys.kinds import kind_of
from apps.surveys.orders import Coins, ordered_options, ordered_poles
from apps.surveys.schema import applies


@dataclass(frozen=True, slots=True)
class Given:
    """One question, what was asked and what was answered; no lines where it was left blank.

    `quotable`: its writer agreed to be quoted.
    """

    question: Question
    step: int
    asked: str
    lines: tuple[str, ...]
    quotable: bool = False

    @property
    def ranked(self) -> bool:
        return self.question.kind == "rank_top_k"


def given_answers(definition: Definition, answers: Mapping[str, Any], coins: Coins, language: str) -> list[Given]:
    """Every question that applies to this reader, in the order of the screens; what is asked once more, if it was."""
    return [
        Given(
            question=question,
            step=number,
            asked=in_language(question.stem, language),
            lines=tuple(answer_lines(question, answers.get(question.id), coins, language)),
            quotable=question.consent is not None and answers.get(question.consent[0]) is True,
        )
        for number, screen in enumerate((*definition.screens, definition.again), 1)
        for question in map(definition.question, screen)
        if applies(question, answers) and (number != definition.again_step or question.id in answers)
    ]


def answer_lines(question: Question, answer: Any, coins: Coins, language: str) -> list[str]:
    if kind_of(question).is_blank(answer):
        return []
    question = question.open_to(answer)
    if question.rows:
        given = [(row, answer.get(row.code, BLANK)) for row in question.rows]
        return [
            named(in_language(row.label, language), label(question, code, coins, language), language)
            for row, code in given
            if code != BLANK
        ]
    if isinstance(answer, list):
        return [label(question, code, coins, language) for code in answer]
    return [one_line(question, answer, coins, language)]


def one_line(question: Question, answer: Any, coins: Coins, language: str) -> str:
    if isinstance(answer, Mapping):
        return named(label(question, answer["code"], coins, language), answer["text"], language)
    if question.poles:
        return paired_line(question, answer, coins, language)
    if question.kind == "date":
        return date_format(date.fromisoformat(answer), "DATE_FORMAT")
    return with_unit(label(question, answer, coins, language), in_language(question.unit, language), language)


def label(question: Question, code: object, coins: Coins, language: str) -> str:
    """The option's label; a value that is no option, such as a number or a text, stands for itself."""
    for option in ordered_options(question, coins):
        if option.code == code:
            return in_language(option.label, language)
    return str(code)


def paired_line(question: Question, code: object, coins: Coins, language: str) -> str:
    """A and B change places from reader to reader, so the letter alone says nothing later."""
    free = [option.code for option in ordered_options(question, coins) if not option.anchored]
    said = label(question, code, coins, language)
    if code not in free:
        return said
    side = 0 if free.index(int(str(code))) * 2 < len(free) else 1
    return said + remark(in_language(ordered_poles(question, coins)[side], language), language)
