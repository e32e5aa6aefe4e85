"""The crispy form of one screen. What it reads goes through the same strict check as the API's answers."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.translation import override

from apps.surveys.arms import Arm
from apps.surveys.definition import Definition, Question
from apps.surveys.kinds import Refused, kind_of
from apps.surveys.layout import QuestionBlock
from apps.surveys.orders import Coins, ordered_questions
from apps.surveys.queries import Instrument, definition_in
from apps.surveys.schema import applies, check_answer, check_consent


class ScreenForm(forms.Form):
    """`answers` fill the screen as the reader left it; `data` is what the browser sent.

    After `is_valid`, `answers` holds every question of the screen that applies, None where it was left blank.
    """

    def __init__(
        self,
        definition: Definition,
        screen: int,
        coins: Coins,
        language: str,
        answers: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.definition, self.language = definition, language
        self.given = dict(answers or {})
        questions = ordered_questions(definition, screen, coins)
        self.questions = tuple(question.open_to(self.given.get(question.id)) for question in questions)
        super().__init__(data=data, initial=initial_values(self.questions, self.given))
        for question in self.questions:
            self.fields.update(kind_of(question).fields(question))
        self.helper = helper_for(blocks(self.questions, coins))
        self.answers: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for question in self.questions:
            names = kind_of(question).fields(question)
            if any(name in self.errors for name in names) or not applies(question, {**self.given, **self.answers}):
                continue
            try:
                self.answers |= self._checked(question, {name: values.get(name) or "" for name in names})
            except Refused as refused:
                self.add_error(field_at_fault(question, refused.part), refused.message)
        return values

    def _checked(self, question: Question, values: Mapping[str, Any]) -> dict[str, Any]:
        kind = kind_of(question)
        raw = kind.raw(question, values)
        answer = check_answer(self.definition, question.id, raw, self.given.get(question.id))
        checked = {question.id: None if kind.is_blank(answer) else answer}
        if question.consent:
            consent = question.consent[0]
            checked[consent] = check_consent(bool(values[consent])) and not kind.is_blank(answer)
        return checked

    @property
    def at_fault(self) -> list[str]:
        """Questions with something in them that cannot be kept."""
        return [
            question.id
            for question in self.questions
            if any(name in self.errors for name in kind_of(question).fields(question))
        ]

    @property
    def unanswered(self) -> list[str]:
        """Questions with a gentle prompt that were shown, apply and were left blank."""
        return [
            question.id
            for question in self.questions
            if question.prompt
            and question.id in self.answers
            and not kind_of(question).is_answered(question, self.answers[question.id])
        ]

    @property
    def follow_ups(self) -> list[str]:
        """Conditional questions of this screen that are visible with the answers as they stand."""
        return [question.id for question in self.questions if question.shown_if and self.shows(question)]

    def shows(self, question: Question) -> bool:
        condition = question.shown_if
        if condition is None or condition.question not in self.fields:
            return applies(question, self.given)
        return str(self[condition.question].value()) == str(condition.equals)


def initial_values(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        kind, answer = kind_of(question), answers.get(question.id)
        if not kind.is_blank(answer):
            found |= kind.initial(question, answer)
        if question.consent:
            found[question.consent[0]] = answers.get(question.consent[0], False)
    return found


def field_at_fault(question: Question, part: str) -> str:
    names = list(kind_of(question).fields(question))
    wanted = f"{question.id}-{part}"
    return wanted if wanted in names else names[0]


def blocks(questions: Iterable[Question], coins: Coins) -> list[QuestionBlock]:
    """The first question carries the page's main heading; a lead that two questions share is said once."""
    found, lead = [], None
    for place, question in enumerate(questions):
        found.append(QuestionBlock(question, coins, first=place == 0, with_lead=question.lead != lead))
        lead = question.lead
    return found


def helper_for(parts: Iterable[QuestionBlock]) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*parts)
    return helper


def screen_html(used: Instrument, screen: int, coins: Coins, language: str, arm: Arm = Arm.A) -> str:
    """The blank screen. Each question is drawn once per version, arm, language and order, and kept."""
    questions = ordered_questions(definition_in(used.version_id, arm), screen, coins)
    return "".join(
        _blank_question(
            used.version_id,
            arm,
            screen,
            question.id,
            coins.get(question.order.coin or "", 0),
            language,
            first=place == 0,
            with_lead=place == 0 or question.lead != questions[place - 1].lead,
        )
        for place, question in enumerate(questions)
    )


@lru_cache(maxsize=2048)
def _blank_question(
    version_id: int, arm: Arm, screen: int, name: str, side: int, language: str, *, first: bool, with_lead: bool
) -> str:
    definition = definition_in(version_id, arm)
    question = definition.question(name)
    coins = {question.order.coin: side} if question.order.coin else {}
    with override(language):
        form = ScreenForm(definition, screen, coins, language)
        part = QuestionBlock(question, coins, first=first, with_lead=with_lead)
        return render_crispy_form(form, helper=helper_for([part]))
