"""The questions as the list shows them: screen by screen, with what is still to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.desk.editor.bilingual import IN_THEMSELVES
from apps.desk.items.forms import who_chose
from apps.desk.items.keeping import Desk
from apps.desk.items.words import kind_name
from apps.surveys.editing.finding import item_called, options_of, repeated_items, resting_items, resting_on, screens
from apps.surveys.neutrality import hints


@dataclass(frozen=True)
class Line:
    """`missing`: languages, by their own names, in which something is not written yet."""

    id: str
    kind: str
    kind_name: str
    stems: list[tuple[str, str]]
    missing: list[str]
    hints: int
    condition: str
    retired: int
    published: bool
    background: bool
    rests: bool  # others rest on it, so it cannot be taken out
    steps: tuple[bool, bool] = (False, False)  # whether it can go up, and down, on its screen


@dataclass(frozen=True)
class Screen:
    number: int
    lines: list[Line]
    first: bool
    last: bool

    @property
    def name(self) -> str:
        """The question by which its buttons name it."""
        return self.lines[0].id


@dataclass(frozen=True)
class Listing:
    screens: list[Screen]
    repeated: list[Line] = field(default_factory=list)
    resting: list[Line] = field(default_factory=list)

    @property
    def questions(self) -> int:
        return sum(len(screen.lines) for screen in self.screens)


def listing(desk: Desk) -> Listing:
    document, found = desk.document, []
    shown = screens(document)
    asked = {item["id"] for item in document["items"]} | {name for page in shown for name in page}
    for number, page in enumerate(shown, start=1):
        names = [name for name in page if name in asked and desk.item(name)]
        lines = [line(desk, name, steps=(place > 0, place < len(names) - 1)) for place, name in enumerate(names)]
        found.append(Screen(number, lines, first=number == 1, last=number == len(shown)))
    return Listing(
        [screen for screen in found if screen.lines],
        [line(desk, item["id"]) for item in repeated_items(document)],
        [line(desk, item["id"]) for item in resting_items(document)],
    )


def line(desk: Desk, name: str, *, steps: tuple[bool, bool] = (False, False)) -> Line:
    document, languages = desk.document, desk.languages
    item = item_called(document, name)
    options = options_of(document, item)
    condition = item.get("shown_if")
    return Line(
        id=name,
        kind=item["type"],
        kind_name=kind_name(item["type"]),
        stems=[(language, text_in(item.get("stem"), language)) for language in languages],
        missing=[IN_THEMSELVES[language] for language in languages if lacks(item, language)],
        hints=len(hints(item, languages, options)),
        condition=who_chose(desk, condition["item"], condition["equals"]) if condition else "",
        retired=sum(bool(option.get("retired")) for option in options),
        published=desk.past.asked(name),
        background=item.get("phase") == "background",
        rests=bool(resting_on(document, name)),
        steps=steps,
    )


def text_in(text: Any, language: str) -> str:
    return str(text.get(language) or "") if isinstance(text, Mapping) else ""


def lacks(item: Mapping[str, Any], language: str) -> bool:
    """Whether a text that it has, or needs, is not written in this language."""
    optional = [
        item[key] for key in ("help", "page_lead", "skip_label", "low_label", "high_label", "unit") if item.get(key)
    ]
    options = item["options"] if isinstance(item.get("options"), list) else []
    labels = [each["label"] for each in [*options, *item.get("rows", [])]]
    consent = [item["secondary"]["label"]] if item.get("secondary") else []
    return any(
        not text_in(text, language)
        for text in [item.get("stem"), *optional, *labels, *(item.get("poles") or {}).values(), *consent]
    )
