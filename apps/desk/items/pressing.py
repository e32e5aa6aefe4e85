"""What the buttons of the pages do: each names a deed, a part and its code, such as `up:option:5`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.desk.items.keeping import Desk, Document
from apps.surveys.editing import options as parts
from apps.surveys.editing import questions
from apps.surveys.editing.finding import item_called

PRESSED = re.compile(r"(?P<deed>[a-z]{2,8})(?::(?P<part>[a-z_]{0,10}))?(?::(?P<code>[0-9A-Za-z_]{1,40}))?")
STEPS = {"up": -1, "down": 1}
AFTERWARDS = {"retire": "offer", "offer": "retire"}


@dataclass(frozen=True, slots=True)
class Pressed:
    deed: str = "save"
    part: str = ""
    code: str = ""

    def __str__(self) -> str:
        return "-".join(each for each in (self.deed, self.part, self.code) if each)


def pressed(raw: str) -> Pressed:
    """What cannot be read saves, and does nothing else."""
    found = PRESSED.fullmatch(raw)
    return Pressed(found["deed"], found["part"] or "", found["code"] or "") if found else Pressed()


def change_parts(desk: Desk, document: Document, name: str, what: Pressed) -> Document:
    """Options and rows of one question."""
    code = int(what.code) if what.part == "option" and what.code.isdecimal() else -1
    deeds: Mapping[tuple[str, str], Callable[[], Document]] = {
        ("retire", "option"): lambda: parts.retire_option(document, name, code),
        ("offer", "option"): lambda: parts.offer_again(document, name, code),
        ("remove", "option"): lambda: parts.remove_option(document, desk.past, name, code),
        ("remove", "row"): lambda: parts.remove_row(document, desk.past, name, what.code),
        ("add", "row"): lambda: parts.add_row(document, desk.past, name),
        **{("add", role): _adding(desk, document, name, role) for role in parts.ROLES},
    }
    if what.deed in STEPS and what.part == "option":
        return parts.move_option(document, desk.past, name, code, STEPS[what.deed])
    if what.deed in STEPS and what.part == "row":
        return parts.move_row(document, name, what.code, STEPS[what.deed])
    return deeds.get((what.deed, what.part), lambda: document)()


def _adding(desk: Desk, document: Document, name: str, role: str) -> Callable[[], Document]:
    return lambda: parts.add_option(document, desk.past, name, role)


def change_order(desk: Desk, what: Pressed) -> Document:
    """Questions and screens of the list; `code` is the id of a question."""
    document, name = desk.document, what.code
    deeds: Mapping[tuple[str, str], Callable[[], Document]] = {
        ("split", "screen"): lambda: questions.split_screen(document, name),
        ("join", "screen"): lambda: questions.join_screens(document, name),
        ("ask", "question"): lambda: questions.ask_again(document, name),
        ("take", "question"): lambda: questions.take_out(document, desk.past, name),
    }
    if what.deed in STEPS and what.part == "screen":
        return questions.move_screen(document, name, STEPS[what.deed])
    if what.deed in STEPS and what.part == "question":
        return questions.move_question(document, name, STEPS[what.deed])
    return deeds.get((what.deed, what.part), lambda: document)()


def place_after(what: Pressed, after: Document, name: str, language: str, typed: Mapping[str, str]) -> str:
    """Where the focus belongs once it is done: on what was not typed yet, or on the same button, where it went."""
    if what.deed == "add":
        kind, key = ("row", "rows") if what.part == "row" else ("label", "options")
        fields = [f"{kind}_{each['code']}_{language}" for each in item_called(after, name).get(key) or []]
        return next((f"id_{field}" for field in fields if field not in typed), "")
    if what.deed == "remove":
        return f"add-{'row' if what.part == 'row' else 'answer'}"
    return str(Pressed(AFTERWARDS.get(what.deed, what.deed), what.part, what.code))
