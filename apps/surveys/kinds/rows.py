"""One choice for each of some rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Question, Slot
from apps.surveys.kinds.base import NOTHING, Kind, Refused, is_whole, one_of, whole


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
