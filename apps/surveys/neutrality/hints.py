"""Which hints a question, or a statement to vote on, gives rise to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from apps.surveys.neutrality import patterns
from apps.surveys.neutrality.ranges import overlapping
from apps.surveys.neutrality.rules import RULES

CLOSED = ("single_ordinal", "single_nominal", "paired_ab", "item_by_item", "multiple", "rank_top_k", "scale")
SCALES = ("single_ordinal", "scale")


@dataclass(frozen=True, slots=True)
class Hint:
    """`field`: stem, options, poles, rows, help, page_lead or statement. `found`: the words that gave rise to it.

    `language`: of the text that it is about, empty where it is about all of them.
    """

    rule: str
    field: str
    language: str
    found: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(RULES[self.rule].title)

    @property
    def why(self) -> str:
        return str(RULES[self.rule].why)

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES).get(self.language, ""))

    @property
    def mending_language(self) -> str:
        """That of the text; of the page where it is about all of them."""
        mendings = RULES[self.rule].mendings
        return next(each for each in (self.language, get_language(), *mendings) if each in mendings)

    @property
    def mending(self) -> tuple[str, str]:
        return RULES[self.rule].mendings[self.mending_language]


def hints(item: Mapping[str, Any], languages: Sequence[str], options: Sequence[Mapping[str, Any]] = ()) -> list[Hint]:
    """Of a question as a document holds it, complete or not. `options`: also those taken over from another."""
    offered = [option for option in options if not option.get("retired")]
    found = list(of_the_choice(item, offered, languages))
    for language in languages:
        if language in patterns.POLES:
            found += of_the_stem(item, language)
            found += of_the_options(item, offered, language)
        found += unfilled(item, offered, language)
    return found


def hints_for_statement(text: str, language: str) -> list[Hint]:
    """A statement takes a side; it may not hold two ideas, or be hard to read."""
    found = list(by_words("placeholder", "statement", text, language, patterns.PLACEHOLDER))
    if language in patterns.JOINED:
        found += by_words("double_barrelled", "statement", text, language, patterns.JOINED[language])
        found += by_words("double_negative", "statement", text, language, patterns.TWICE_NOT[language])
    return found


def of_the_choice(
    item: Mapping[str, Any], offered: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> Iterator[Hint]:
    """Follow-ups and questions about the readers themselves need no "don't know"."""
    asks_for_opinion = item.get("phase", "pre") != "background" and not item.get("shown_if")
    if item["type"] in CLOSED and asks_for_opinion and all(each.get("kind") != "dont_know" for each in offered):
        yield Hint("no_dont_know", "options", languages[0] if len(languages) == 1 else "")


def of_the_stem(item: Mapping[str, Any], language: str) -> Iterator[Hint]:
    stem = text_in(item.get("stem"), language)
    if item["type"] in SCALES:
        yield from one_pole(stem, language)
        yield from by_words(
            "double_barrelled", "stem", stem, language, patterns.JOINED[language], patterns.PERHAPS_JOINED[language]
        )
    else:
        yield from by_words("double_barrelled", "stem", stem, language, patterns.JOINED[language])
    for field in ("stem", "help", "page_lead"):
        yield from by_words("leading", field, text_in(item.get(field), language), language, patterns.LEADING[language])
    if item["type"] != "multiple":
        yield from by_words("absolute", "stem", stem, language, patterns.ABSOLUTE[language])
    yield from by_words("double_negative", "stem", stem, language, patterns.TWICE_NOT[language])
    if length(stem, language) > patterns.LONGEST_STEM[language]:
        yield Hint("long", "stem", language)
    for pole in (item.get("poles") or {}).values():
        yield from by_words("leading", "poles", text_in(pole, language), language, patterns.LEADING[language])
        yield from by_words("absolute", "poles", text_in(pole, language), language, patterns.ABSOLUTE[language])


def of_the_options(item: Mapping[str, Any], offered: Sequence[Mapping[str, Any]], language: str) -> Iterator[Hint]:
    labels = [text_in(option.get("label"), language) for option in offered]
    if item["type"] == "single_ordinal":
        yield from unbalanced(
            [text_in(each.get("label"), language) for each in offered if not each.get("kind")], language
        )
    agreeing = [label for label in labels if patterns.AGREEMENT[language].search(label)]
    if item["type"] in CLOSED and len(agreeing) > 1:
        yield Hint("agree_disagree", "options", language, tuple(agreeing[:2]))
    if item["type"] in {"single_ordinal", "single_nominal"} and (pairs := overlapping(labels)):
        yield Hint("overlap", "options", language, pairs[0])


def one_pole(stem: str, language: str) -> Iterator[Hint]:
    for one, other in patterns.POLES[language]:
        here, there = one.search(stem), other.search(stem)
        if bool(here) != bool(there):
            said = here or there
            yield Hint("one_pole", "stem", language, (said[0],) if said else ())
            return


def unbalanced(labels: Sequence[str], language: str) -> Iterator[Hint]:
    signs = [side_of(label, language) for label in labels]
    if signs.count(1) != signs.count(-1) and len([sign for sign in signs if sign]) > 1:
        yield Hint("unbalanced", "options", language)


def side_of(label: str, language: str) -> int:
    """1: for, -1: against, 0: neither, or both at once."""
    pairs = (*patterns.POLES[language], patterns.EVALUATION[language])
    good = any(one.search(label) and not other.search(label) for one, other in pairs)
    bad = any(other.search(label) and not one.search(label) for one, other in pairs)
    return int(good) - int(bad)


def by_words(rule: str, field: str, text: str, language: str, *lists: re.Pattern[str]) -> Iterator[Hint]:
    found = tuple(dict.fromkeys(word for each in lists for word in every(each, text)))
    if found:
        yield Hint(rule, field, language, found)


def unfilled(item: Mapping[str, Any], offered: Sequence[Mapping[str, Any]], language: str) -> Iterator[Hint]:
    parts = {
        "stem": [item.get("stem")],
        "help": [item.get("help")],
        "page_lead": [item.get("page_lead")],
        "poles": list((item.get("poles") or {}).values()),
        "rows": [row.get("label") for row in item.get("rows") or []],
        "options": [option.get("label") for option in offered],
    }
    for field, texts in parts.items():
        yield from by_words(
            "placeholder", field, "\n".join(text_in(text, language) for text in texts), language, patterns.PLACEHOLDER
        )


def every(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(match[0].strip() for match in pattern.finditer(text) if match[0].strip())


def text_in(text: Any, language: str) -> str:
    found = text.get(language) if isinstance(text, Mapping) else ""
    return found if isinstance(found, str) else ""


def length(stem: str, language: str) -> int:
    """Characters where words are not set apart, words elsewhere."""
    return len(stem) if language == "ja" else len(stem.split())
