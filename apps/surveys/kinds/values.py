"""Kinds answered by writing: words, a number, a date."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.surveys.definition import Question, Slot
from apps.surveys.kinds.base import Kind, Refused, folded, words

LARGEST_NUMBER = 10**12
PLAIN_NUMBER = re.compile(r"[+-]?([0-9]{1,20}|[0-9]{1,3}(,[0-9]{3}){1,6})(\.[0-9]{1,15})?")  # 1234.5 or 1,234.5
WRITTEN_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
        return {"type": "string", "minLength": 1, "maxLength": question.text_limit, "pattern": r"\S"}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        found = super().fields(question)
        if question.consent:
            found[question.consent[0]] = forms.BooleanField(required=False)
        return found


class Number(Written):
    """A number. Left blank it is stored as null, since 97 is a number like any other here."""

    template = "toikake/kinds/number.html"
    blank = None

    def check(self, question: Question, raw: Any) -> Any:
        if type(raw) not in {int, float} or not abs(raw) <= LARGEST_NUMBER:  # so written, NaN is refused, too
            raise Refused("number_expected", _("A number is expected here."))
        low, high = question.minimum, question.maximum
        if (low is not None and raw < low) or (high is not None and raw > high):
            raise Refused("out_of_range", self.range_sentence(low, high))
        if question.step and Decimal(str(raw)) % Decimal(str(question.step)):
            raise Refused("wrong_step", _("Please give it in steps of %(step)s.") % {"step": question.step})
        return int(raw) if float(raw).is_integer() else raw

    def range_sentence(self, low: float | None, high: float | None) -> str:
        if low is None:
            return _("Please give a number up to %(high)s.") % {"high": high}
        if high is None:
            return _("Please give a number from %(low)s.") % {"low": low}
        return _("Please give a number from %(low)s to %(high)s.") % {"low": low, "high": high}

    def json_schema(self, question: Question) -> dict[str, Any]:
        low = -LARGEST_NUMBER if question.minimum is None else question.minimum
        high = LARGEST_NUMBER if question.maximum is None else question.maximum
        bounds = {"type": "number", "minimum": low, "maximum": high}
        return bounds | {"multipleOf": question.step} if question.step else bounds

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """What does not read as a number stays text, which `check` refuses; so "1,5" is not taken for fifteen."""
        text = super().raw(question, data)
        plain = folded(text or "")
        if not PLAIN_NUMBER.fullmatch(plain):
            return text
        number = Decimal(plain.replace(",", ""))
        return int(number) if number == number.to_integral_value() else float(number)

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        return {question.id: format(Decimal(str(answer)), "f")}


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
        return {"type": "string", "format": "date", "pattern": f"^{ISO_DAY.pattern}$"}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """Where a browser has no calendar of its own, a day may be typed as people write it: 2026/4/1, 2026年4月1日."""
        text = super().raw(question, data)
        written = WRITTEN_DAY.fullmatch(folded(text or ""))
        return "-".join(part.zfill(2) for part in written.groups()) if written else text


def read_day(raw: Any) -> date | None:
    """A day as ISO 8601 writes it in full; weeks and days of the year are not meant here."""
    if not isinstance(raw, str) or not ISO_DAY.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
