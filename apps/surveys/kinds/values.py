"""Kinds answered by writing: words, a number, a date."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.surveys.definition import Question, Slot
from apps.surveys.kinds.base import Kind, Refused
from apps.surveys.kinds.choices import words

LARGEST_NUMBER = 10**12


class Written(Kind):
    """Answers that are no codes: they take no byte in the packed column."""

    def slots(self, question: Question) -> list[Slot]:
        return []

    def pack(self, question: Question, answer: Any) -> list[int]:
        return []

    def unpack(self, question: Question, codes: list[int]) -> Any:
        return None

    def fields(self, question: Question) -> dict[str, forms.Field]:
        return {question.id: forms.CharField(required=False, strip=False)}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        return data[question.id].strip() or None


class OpenText(Written):
    template = "toikake/kinds/text.html"

    def check(self, question: Question, raw: Any) -> Any:
        return words(raw, question.text_limit)

    def json_schema(self, question: Question) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": question.text_limit}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        found = super().fields(question)
        if question.consent:
            found[question.consent[0]] = forms.BooleanField(required=False)
        return found


class Number(Written):
    template = "toikake/kinds/number.html"

    def check(self, question: Question, raw: Any) -> Any:
        if type(raw) not in {int, float} or not math.isfinite(raw) or abs(raw) > LARGEST_NUMBER:
            raise Refused("number_expected", _("A number is expected here."))
        low, high = question.minimum, question.maximum
        if (low is not None and raw < low) or (high is not None and raw > high):
            raise Refused("out_of_range", self.range_sentence(question))
        if question.step and Decimal(str(raw)) % Decimal(str(question.step)):
            raise Refused("wrong_step", _("Please give it in steps of %(step)s.") % {"step": question.step})
        return int(raw) if float(raw).is_integer() else raw

    def range_sentence(self, question: Question) -> str:
        low, high = question.minimum, question.maximum
        if low is None:
            return _("Please give a number up to %(high)s.") % {"high": high}
        if high is None:
            return _("Please give a number from %(low)s.") % {"low": low}
        return _("Please give a number from %(low)s to %(high)s.") % {"low": low, "high": high}

    def json_schema(self, question: Question) -> dict[str, Any]:
        bounds = {"minimum": question.minimum, "maximum": question.maximum, "multipleOf": question.step}
        return {"type": "number", **{name: value for name, value in bounds.items() if value is not None}}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """Full-width digits are what a Japanese keyboard gives first; they mean the same number."""
        text = super().raw(question, data)
        if text is None:
            return None
        plain = text.translate(str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")).replace(",", "")
        try:
            number = Decimal(plain) if len(plain) < 40 else None
        except InvalidOperation:
            return text
        if number is None or not number.is_finite():
            return text
        return (
            int(number) if number == number.to_integral_value() and abs(number) < LARGEST_NUMBER * 10 else float(number)
        )


class Date(Written):
    template = "toikake/kinds/date.html"

    def check(self, question: Question, raw: Any) -> Any:
        day = read_day(raw)
        if day is None:
            raise Refused("date_expected", _("A date is expected here, such as 2026-04-01."))
        low, high = read_day(question.minimum), read_day(question.maximum)
        if (low and day < low) or (high and day > high):
            raise Refused("out_of_range", self.range_sentence(low, high))
        return day.isoformat()

    def range_sentence(self, low: date | None, high: date | None) -> str:
        shown = {"low": date_format(low) if low else "", "high": date_format(high) if high else ""}
        if low and high:
            return _("Please give a date from %(low)s to %(high)s.") % shown
        return (_("Please give a date from %(low)s.") if low else _("Please give a date up to %(high)s.")) % shown

    def json_schema(self, question: Question) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


def read_day(raw: Any) -> date | None:
    if not isinstance(raw, str) or len(raw) != len("2026-04-01") or not raw.isascii():
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
