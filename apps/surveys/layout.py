"""How a question is laid out: the one place between a question and the templates of our crispy pack."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import LayoutObject
from django.forms import Form
from django.template import Context
from django.template.loader import render_to_string

from apps.surveys.definition import Option, Question, Text
from apps.surveys.kinds import kind_of
from apps.surveys.orders import Coins, ordered_options, ordered_poles, ordered_rows


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text | str
    apart: bool = False
    exclusive: bool = False
    checked: bool = False
    text_limit: int | None = None


class QuestionBlock(LayoutObject):
    """One question as a fieldset. `first` gives it the page's main heading."""

    def __init__(self, question: Question, coins: Coins, *, first: bool, with_lead: bool) -> None:
        self.question, self.coins = question, coins
        self.first, self.with_lead = first, with_lead
        self.fields: list[Any] = list(kind_of(question).fields(question))

    def render(self, form: Form, context: Context, template_pack: str = "toikake", **kwargs: Any) -> str:
        return render_to_string(kind_of(self.question).template, self.parts(form))

    def parts(self, form: Any) -> dict[str, Any]:
        question = self.question
        errors = list(dict.fromkeys(sentence for name in self.fields for sentence in form.errors.get(name, [])))
        condition = question.shown_if
        return {
            "question": question,
            "heading": "h1" if self.first else "h2",
            "lead": question.lead if self.with_lead else None,
            "errors": errors,
            "described_by": " ".join(
                f"{question.id}-{part}" for part, there in (("help", question.help), ("error", errors)) if there
            ),
            "shown_if": f"{condition.question}={condition.equals}" if condition else "",
            "hidden": not form.shows(question),
            "choices": self.choices(form, question.id),
            "rows": self.rows(form),
            "poles": ordered_poles(question, self.coins) if question.poles else None,
            "value": self.value(form, question.id),
            "text_value": self.value(form, f"{question.id}-text"),
            "text_invalid": f"{question.id}-text" in form.errors,
            "consent_checked": bool(question.consent and form[question.consent[0]].value()),
            "places": [str(place) for place in range(1, question.top + 1)],
            "ranks": self.ranks(form),
            "points": self.points(form),
        }

    def value(self, form: Form, name: str) -> Any:
        value = form[name].value() if name in form.fields else None
        return "" if value is None else value

    def choices(self, form: Form, name: str) -> list[Choice]:
        return [self.choice(option, form, name) for option in ordered_options(self.question, self.coins)]

    def choice(self, option: Option, form: Form, name: str) -> Choice:
        standing = self.value(form, name)
        return Choice(
            value=str(option.code),
            label=option.label,
            apart=option.role != "answer",
            exclusive=option.exclusive,
            checked=str(option.code) in (standing if isinstance(standing, list) else [str(standing)]),
            text_limit=option.text_limit,
        )

    def ranks(self, form: Form) -> list[dict[str, Any]]:
        """Each option with the place that it was given ("x": chosen alone)."""
        if not self.question.top:
            return []
        return [
            {
                "option": option,
                "name": name,
                "place": str(self.value(form, name)),
                "apart": option.role != "answer",
                "invalid": name in form.errors,
            }
            for option in ordered_options(self.question, self.coins)
            for name in [f"{self.question.id}-{option.code}"]
        ]

    def rows(self, form: Form) -> list[dict[str, Any]]:
        names = [(row, f"{self.question.id}-{row.code}") for row in ordered_rows(self.question, self.coins)]
        return [
            {"name": name, "label": row.label, "choices": self.choices(form, name), "errors": form.errors.get(name, [])}
            for row, name in names
        ]

    def points(self, form: Form) -> list[Choice]:
        if self.question.kind != "scale":
            return []
        standing = str(self.value(form, self.question.id))
        ends = range(self.question.minimum, self.question.maximum + 1)
        return [Choice(str(point), str(point), checked=standing == str(point)) for point in ends]
