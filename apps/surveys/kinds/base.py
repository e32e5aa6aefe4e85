"""What a kind of question can do, and the words in which it refuses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, Question, Slot
from apps.surveys.texts import TextRefused, clean_text

NOTHING = 255  # not shown, or not there
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，＋－−／", "0123456789.,+--/")


class Refused(Exception):
    """An answer that cannot be kept, with the part of the question that is at fault (a row, a rank)."""

    def __init__(self, code: str, message: str, part: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.part = code, message, part


class Kind:
    """Stateless. `raw` is an answer as JSON brings it; a checked answer is in the form that is stored."""

    template = "toikake/kinds/choice.html"
    blank: int | None = BLANK  # how an answer that was left blank is stored

    def check(self, question: Question, raw: Any) -> Any:
        """The answer as it is stored; raises Refused."""
        raise NotImplementedError

    def slots(self, question: Question) -> list[Slot]:
        return [Slot(question.id)]

    def pack(self, question: Question, answer: Any) -> list[int]:
        """One byte per slot."""
        return [answer]

    def unpack(self, question: Question, codes: list[int]) -> Any:
        """What the bytes say of the answer; None where nothing is there. Words are not in the bytes."""
        return None if codes[0] == NOTHING else codes[0]

    def is_blank(self, answer: Any) -> bool:
        return answer is None or answer == self.blank

    def is_answered(self, question: Question, answer: Any) -> bool:
        return not self.is_blank(answer)

    def json_schema(self, question: Question) -> dict[str, Any]:
        raise NotImplementedError

    def fields(self, question: Question) -> dict[str, forms.Field]:
        """Form fields by name; their values are strings that `raw` puts together."""
        raise NotImplementedError

    def raw(self, question: Question, data: Mapping[str, Any]) -> Any:
        """The cleaned fields of the form as a raw answer; None where everything was left blank."""
        return data[question.id] or None

    def initial(self, question: Question, answer: Any) -> dict[str, Any]:
        """A stored answer as values of the fields."""
        return {question.id: answer}


def refuse_choice(part: str = "") -> Refused:
    return Refused("unknown_option", _("This is not one of the options."), part)


def one_of(question: Question, raw: Any, part: str = "") -> int:
    if not is_whole(raw) or raw not in question.codes:
        raise refuse_choice(part)
    return int(raw)


def is_whole(raw: Any) -> bool:
    """A whole number that JSON wrote as one; true and false are none."""
    return type(raw) is int


def whole(text: Any) -> Any:
    """A form's text as the number it shows; anything else stays what it is and is refused later."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else text


def folded(text: str) -> str:
    """Full-width digits and signs are what a Japanese keyboard gives first; they mean the same."""
    return text.translate(HALF_WIDTH)


def words(raw: Any, limit: int, part: str = "") -> str:
    try:
        return clean_text(raw, limit)
    except TextRefused as refused:
        raise Refused(refused.code, refused.message, part) from None
