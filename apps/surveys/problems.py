"""Why a draft cannot be published yet: every reason as a sentence that names its place in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from apps.surveys.definition import Definition, DefinitionError
from apps.surveys.reading import parse
from apps.surveys.rules import compatibility

STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
QUESTIONS = ("items", "optional_modules", "post_items")
SEPARATOR = " · "
NAMES = {
    "title": pgettext_lazy("in a questionnaire", "title"),
    "languages": pgettext_lazy("in a questionnaire", "languages"),
    "context_card": pgettext_lazy("in a questionnaire", "lines about the article"),
    "parts": pgettext_lazy("in a questionnaire", "what happened"),
    "balanced_pair": pgettext_lazy("in a questionnaire", "two voices"),
    "consent": pgettext_lazy("in a questionnaire", "consent"),
    "pages": pgettext_lazy("in a questionnaire", "screens"),
    "stem": pgettext_lazy("in a questionnaire", "question text"),
    "help": pgettext_lazy("in a questionnaire", "explanation"),
    "page_lead": pgettext_lazy("in a questionnaire", "lines before the question"),
    "options": pgettext_lazy("in a questionnaire", "options"),
    "rows": pgettext_lazy("in a questionnaire", "rows"),
    "poles": pgettext_lazy("in a questionnaire", "poles"),
    "label": pgettext_lazy("in a questionnaire", "label"),
    "skip_label": pgettext_lazy("in a questionnaire", "words for leaving it out"),
    "max_chars": pgettext_lazy("in a questionnaire", "longest text"),
    "minimum": pgettext_lazy("in a questionnaire", "lower end"),
    "maximum": pgettext_lazy("in a questionnaire", "upper end"),
    "low_label": pgettext_lazy("in a questionnaire", "words at the lower end"),
    "high_label": pgettext_lazy("in a questionnaire", "words at the upper end"),
    "unit": pgettext_lazy("in a questionnaire", "unit"),
    "shown_if": pgettext_lazy("in a questionnaire", "whom it is asked"),
    "randomise": pgettext_lazy("in a questionnaire", "order"),
    "statements": pgettext_lazy("in a questionnaire", "statements"),
}
VOICES: dict[str | int, Any] = {
    0: pgettext_lazy("in a questionnaire", "hopeful voice"),
    1: pgettext_lazy("in a questionnaire", "worried voice"),
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
    """Places are counted from 1, languages and the two voices have their names."""
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    found: list[str] = []
    for before, step in zip([None, *steps], steps, strict=False):
        if before == "balanced_pair" and step in VOICES:
            found[-1] = str(VOICES[step])
        elif isinstance(step, int):
            found.append(f"{step + 1}")
        else:
            found.append(str(languages.get(step) or NAMES.get(step, step)))
    return found
