"""One choice: a step of a scale, one of several, a point between two ends."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.surveys.definition import Question
from apps.surveys.kinds.base import Kind, Refused, is_whole, one_of, refuse_choice, whole, words


class SingleOrdinal(Kind):
    def check(self, question: Question, raw: Any) -> Any:
        return one_of(question, raw)

    def json_schema(self, question: Question) -> dict[str, Any]:
        return {"type": "integer", "enum": sorted(question.codes)}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        return {question.id: forms.CharField(required=False)}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        return whole(data[question.id]) if data[question.id] else None

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        return {question.id: str(answer)}


class SingleNominal(SingleOrdinal):
    """One of some options; an option may open a line for words of one's own."""

    def check(self, question: Question, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return one_of(question, raw)
        if set(raw) - {"code", "text"}:
            raise Refused(
                "unknown_key", _("Only “code” and “text” are known here."), sorted(set(raw) - {"code", "text"})[0]
            )
        code = one_of(question, raw.get("code"), "code")
        limit = next((option.text_limit for option in question.options if option.code == code), None)
        if raw.get("text") is None:
            return code
        if not limit:
            raise Refused(
                "no_text_here",
                _("Words of your own belong to the option that asks for them. Choose that one, or remove the words."),
                "text",
            )
        return {"code": code, "text": words(raw["text"], limit, "text")}

    def pack(self, question: Question, answer: Any) -> list[int]:
        return [answer["code"] if isinstance(answer, dict) else answer]

    def json_schema(self, question: Question) -> dict[str, Any]:
        plain = super().json_schema(question)
        open_codes = sorted(option.code for option in question.offered if option.text_limit)
        if not open_codes:
            return plain
        longest = max(option.text_limit or 0 for option in question.offered)
        spoken = {
            "type": "object",
            "properties": {
                "code": {"type": "integer", "enum": open_codes},
                "text": {"type": "string", "minLength": 1, "maxLength": longest},
            },
            "required": ["code"],
            "additionalProperties": False,
        }
        return {"anyOf": [plain, spoken]}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        found = super().fields(question)
        if any(option.text_limit for option in question.offered):
            found[f"{question.id}-text"] = forms.CharField(required=False, strip=False)
        return found

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """Words typed without choosing their option choose it. Words beside another choice are refused by `check`."""
        code, text = super().raw(question, data), (data.get(f"{question.id}-text") or "").strip()
        if text and code is None:
            code = next(option.code for option in question.offered if option.text_limit)
        return {"code": code, "text": text} if text else code

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        if isinstance(answer, dict):
            return {question.id: str(answer["code"]), f"{question.id}-text": answer["text"]}
        return super().initial(question, answer)


class Scale(SingleOrdinal):
    """A point between two ends, 0 to 10 unless said otherwise; don't-know may stand beside it."""

    template = "toikake/kinds/scale.html"

    def points(self, question: Question) -> range:
        return range(question.minimum, question.maximum + 1)

    def check(self, question: Question, raw: Any) -> Any:
        if not is_whole(raw) or (raw not in self.points(question) and raw not in question.codes):
            raise refuse_choice()
        return raw

    def json_schema(self, question: Question) -> dict[str, Any]:
        return {"type": "integer", "enum": [*self.points(question), *sorted(question.codes)]}
