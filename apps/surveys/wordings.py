"""Which texts differ between two versions, each as it was and as it will be: for whoever publishes the next one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from apps.surveys.definition import Definition, Question, Text
from apps.surveys.problems import in_words


@dataclass(frozen=True, slots=True)
class Rewording:
    """`place`: where the text stands, in words. `question` is empty where it belongs to the whole."""

    question: str
    place: str
    language: str
    before: str
    after: str


def rewordings(old: Definition, new: Definition) -> list[Rewording]:
    """Texts that both versions have, in the languages that both have, in the order of the new one."""
    earlier = dict(texts_of(old))
    languages = [code for code, _name in settings.LANGUAGES if code in old.languages and code in new.languages]
    return [
        Rewording(str(place[0]), told(place), language, earlier[place][language], text[language])
        for place, text in texts_of(new)
        for language in languages
        if place in earlier and text[language] != earlier[place][language]
    ]


Place = tuple[str | int, ...]  # the question, then names, codes, and numbers from 0


def told(place: Place) -> str:
    return " · ".join(in_words(list(place[1:])))


def texts_of(definition: Definition) -> Iterator[tuple[Place, Text]]:
    yield ("", "title"), definition.title
    for number, text in enumerate(definition.context):
        yield ("", "context_card", "parts", number), text
    for number, text in enumerate(definition.context_pair):
        yield ("", "context_card", "balanced_pair", number), text
    for question in definition.questions:
        yield from texts_of_question(question)
    for statement in definition.document.get("statements", []):
        yield ("", "statements", statement["id"]), {each: statement[each] for each in definition.languages}


def texts_of_question(question: Question) -> Iterator[tuple[Place, Text]]:
    own = {
        "page_lead": question.lead,
        "stem": question.stem,
        "help": question.help,
        "low_label": question.low_label,
        "high_label": question.high_label,
        "unit": question.unit,
        "skip_label": question.skip_label,
    }
    yield from (((question.id, name), text) for name, text in own.items() if text)
    for side, text in (question.poles or {}).items():
        yield (question.id, "poles", side), text
    for row in question.rows:
        yield (question.id, "rows", row.code), row.label
    for option in question.options:
        yield (question.id, "options", str(option.code)), option.label
