"""Why a draft cannot be published yet: every reason as a sentence that names its place in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.surveys.definition import Definition, DefinitionError
from apps.surveys.reading import parse
from apps.surveys.rules import compatibility

STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
QUESTIONS = ("items", "optional_modules", "post_items")
SEPARATOR = " · "
NAMES = {
    "title": gettext_lazy("title"),
    "languages": gettext_lazy("languages"),
    "context_card": gettext_lazy("lines about the article"),
    "parts": gettext_lazy("what happened"),
    "balanced_pair": gettext_lazy("two voices"),
    "consent": gettext_lazy("consent"),
    "pages": gettext_lazy("screens"),
    "stem": gettext_lazy("question text"),
    "help": gettext_lazy("explanation"),
    "page_lead": gettext_lazy("lines before the question"),
    "options": gettext_lazy("options"),
    "rows": gettext_lazy("rows"),
    "poles": gettext_lazy("poles"),
    "label": gettext_lazy("label"),
    "skip_label": gettext_lazy("words for leaving it out"),
    "max_chars": gettext_lazy("longest text"),
    "minimum": gettext_lazy("lower end"),
    "maximum": gettext_lazy("upper end"),
    "low_label": gettext_lazy("words at the lower end"),
    "high_label": gettext_lazy("words at the upper end"),
    "unit": gettext_lazy("unit"),
    "shown_if": gettext_lazy("whom it is asked"),
    "randomise": gettext_lazy("order"),
    "statements": gettext_lazy("statements"),
}


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """`question`: the id of the question at fault, or empty. `part`: the part of the document, such as "items"."""

    question: str
    part: str
    sentence: str


def draft_problems(document: Any, published: Iterable[Definition]) -> list[DraftProblem]:
    """In the language of this moment; empty where the document can be the next version after all those published."""
    try:
        definition = parse(document)
    except DefinitionError as error:
        return [faulty(document, path, message) for path, message in error.problems]
    found = [problem for before in published for problem in compatibility(before, definition)]
    return [DraftProblem(each.question, "items", each.sentence) for each in dict.fromkeys(found)]


def faulty(document: Any, path: str, message: str) -> DraftProblem:
    steps = [name or int(number) for name, number in STEP.findall(path)]
    question = question_at(document, steps)
    if question:
        steps = steps[1:] if steps[0] == question else steps[2:]
    place = SEPARATOR.join([*([question] if question else []), *in_words(steps)])
    sentence = _("%(place)s: %(fault)s") % {"place": place, "fault": message} if place else message
    return DraftProblem(question, part_of(path, document, question), sentence)


def question_at(document: Any, steps: list[str | int]) -> str:
    """The id of the question that the path leads into; its number where it has no id."""
    if not steps or not isinstance(document, Mapping):
        return ""
    if steps[0] not in QUESTIONS:
        return str(steps[0]) if steps[0] in ids_in(document) else ""
    questions = document.get(str(steps[0]))
    if len(steps) < 2 or not isinstance(steps[1], int) or not isinstance(questions, list):
        return ""
    question = questions[steps[1]] if steps[1] < len(questions) else None
    name = question.get("id") if isinstance(question, Mapping) else None
    return name if isinstance(name, str) and name else f"#{steps[1] + 1}"


def ids_in(document: Mapping[str, Any]) -> set[str]:
    lists = [document.get(part) for part in QUESTIONS]
    items = [item for found in lists if isinstance(found, list) for item in found if isinstance(item, Mapping)]
    return {item["id"] for item in items if isinstance(item.get("id"), str)}


def part_of(path: str, document: Any, question: str) -> str:
    part = path.partition(".")[0].partition("[")[0]
    return "items" if question else part


def in_words(steps: list[str | int]) -> list[str]:
    """Places are counted from 1, languages have their names."""
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    return [
        f"{step + 1}" if isinstance(step, int) else str(languages.get(step) or NAMES.get(step, step)) for step in steps
    ]
