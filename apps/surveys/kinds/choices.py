"""Kinds answered by choosing: one, one per row, several, some in order, a point on a scale."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Question, Slot
from apps.surveys.kinds.base import NOTHING, Kind, Refused, is_whole, refuse_choice, whole
from apps.surveys.texts import TextRefused, clean_text

NO_RANK, ALONE = 0, "x"  # what a list of places sends for an option without one, and for one that excludes the others


def one_of(question: Question, raw: Any, part: str = "") -> int:
    if not is_whole(raw) or raw not in question.codes:
        raise refuse_choice(part)
    return int(raw)


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


class Rows(Kind):
    """The same scale for some rows, each a question of its own; never a grid."""

    template = "toikake/kinds/rows.html"

    def check(self, question: Question, raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise Refused("rows_expected", _("This question is answered row by row."))
        known = [row.code for row in question.rows]
        for code in raw:
            if code not in known:
                raise Refused("unknown_row", _("This question has no such row."), str(code))
        return {code: self._row(question, raw[code], code) for code in known if code in raw} or self.blank

    def _row(self, question: Question, raw: Any, code: str) -> int:
        return BLANK if raw is None or (is_whole(raw) and raw == BLANK) else one_of(question, raw, code)

    def slots(self, question: Question) -> list[Slot]:
        return [Slot(question.id, row.code) for row in question.rows]

    def pack(self, question: Question, answer: Any) -> list[int]:
        if answer == BLANK:
            return [BLANK] * len(question.rows)
        return [answer.get(row.code, NOTHING) for row in question.rows]

    def unpack(self, question: Question, codes: list[int]) -> Any:
        given = {row.code: code for row, code in zip(question.rows, codes, strict=True) if code != NOTHING}
        return given or None

    def is_answered(self, question: Question, answer: Any) -> bool:
        return isinstance(answer, dict) and all(answer.get(row.code, BLANK) != BLANK for row in question.rows)

    def json_schema(self, question: Question) -> dict[str, Any]:
        one = {"anyOf": [{"type": "integer", "enum": sorted({*question.codes, BLANK})}, {"type": "null"}]}
        return {
            "type": "object",
            "properties": {row.code: one for row in question.rows},
            "additionalProperties": False,
        }

    def fields(self, question: Question) -> dict[str, forms.Field]:
        return {f"{question.id}-{row.code}": forms.CharField(required=False) for row in question.rows}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        given = {row.code: data[f"{question.id}-{row.code}"] for row in question.rows}
        return {code: whole(text) if text else None for code, text in given.items()} if any(given.values()) else None

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        given = answer if isinstance(answer, dict) else {}
        return {f"{question.id}-{code}": str(value) for code, value in given.items()}


class Multiple(Kind):
    """Any number of options; an exclusive one stands alone."""

    template = "toikake/kinds/multiple.html"

    def check(self, question: Question, raw: Any) -> Any:
        chosen = several(question, raw)
        return sorted(chosen, key=[option.code for option in question.options].index) or BLANK

    def slots(self, question: Question) -> list[Slot]:
        return [Slot(question.id, option=option.code) for option in question.options]

    def pack(self, question: Question, answer: Any) -> list[int]:
        if answer == BLANK:
            return [BLANK] * len(question.options)
        return [int(option.code in answer) for option in question.options]

    def unpack(self, question: Question, codes: list[int]) -> Any:
        if codes[0] in {NOTHING, BLANK}:
            return None if codes[0] == NOTHING else BLANK
        return [option.code for option, code in zip(question.options, codes, strict=True) if code == 1]

    def json_schema(self, question: Question) -> dict[str, Any]:
        item = {"type": "integer", "enum": sorted(question.codes)}
        return {"type": "array", "items": item, "uniqueItems": True, "maxItems": len(question.codes)}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        return {question.id: ListField(required=False)}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        return [whole(text) for text in data[question.id]] or None

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        return {question.id: [str(code) for code in answer] if isinstance(answer, list) else []}


class Ranking(Kind):
    """Up to k options in order of importance. Without JavaScript each option has a list of places to choose from."""

    template = "toikake/kinds/ranking.html"

    def check(self, question: Question, raw: Any) -> Any:
        ranked = several(question, raw)
        if len(ranked) > question.top:
            raise Refused("too_many", _("Choose at most %(count)d.") % {"count": question.top})
        return ranked or BLANK

    def slots(self, question: Question) -> list[Slot]:
        return [Slot(question.id, str(place)) for place in range(1, question.top + 1)]

    def pack(self, question: Question, answer: Any) -> list[int]:
        if answer == BLANK:
            return [BLANK] * question.top
        return [*answer, *[NOTHING] * question.top][: question.top]

    def unpack(self, question: Question, codes: list[int]) -> Any:
        if codes[0] in {NOTHING, BLANK}:
            return None if codes[0] == NOTHING else BLANK
        return [code for code in codes if code != NOTHING]

    def json_schema(self, question: Question) -> dict[str, Any]:
        item = {"type": "integer", "enum": sorted(question.codes)}
        return {"type": "array", "items": item, "uniqueItems": True, "maxItems": question.top}

    def fields(self, question: Question) -> dict[str, forms.Field]:
        return {f"{question.id}-{option.code}": forms.CharField(required=False) for option in question.offered}

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """From a place per option to options in order; an exclusive option is a place of its own kind ("x")."""
        alone: list[int] = []
        ranked: dict[int, int] = {}
        for option in question.offered:
            place = whole(data[f"{question.id}-{option.code}"])
            if place == ALONE and option.exclusive:
                alone.append(option.code)
            elif place in ranked.values():
                raise Refused(
                    "same_place",
                    _("Two options share one place. Give each place to one option only."),
                    str(option.code),
                )
            elif place in range(1, question.top + 1):
                ranked[option.code] = place
            elif place not in {"", NO_RANK}:
                raise refuse_choice(str(option.code))
        return [*alone, *sorted(ranked, key=ranked.__getitem__)] or None

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        ranked = answer if isinstance(answer, list) else []
        exclusive = {option.code for option in question.options if option.exclusive}
        return {
            f"{question.id}-{code}": ALONE if code in exclusive else str(place)
            for place, code in enumerate(ranked, start=1)
        }


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


class ListField(forms.Field):
    """Every value of a repeated name, as it came."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [str(item) for item in value or []]


def several(question: Question, raw: Any) -> list[int]:
    if not isinstance(raw, list):
        raise Refused("list_expected", _("This question is answered with a list of options."))
    chosen = [one_of(question, item) for item in raw]
    if len(set(chosen)) < len(chosen):
        raise Refused("repeated_option", _("An option can be chosen only once."))
    alone = {option.code for option in question.options if option.exclusive}
    if len(chosen) > 1 and alone.intersection(chosen):
        raise Refused("exclusive_option", _("One of these options can only be chosen alone."))
    return chosen


def words(raw: Any, limit: int, part: str = "") -> str:
    try:
        return clean_text(raw, limit)
    except TextRefused as refused:
        raise Refused(refused.code, refused.message, part) from None
