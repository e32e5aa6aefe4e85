"""Several choices: any number of them, or the first ones in order."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Question, Slot
from apps.surveys.kinds.base import NOTHING, Kind, Refused, one_of, refuse_choice, whole

NO_RANK, ALONE = 0, "x"  # what a list of places sends for an option without one, and for one that excludes the others


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
