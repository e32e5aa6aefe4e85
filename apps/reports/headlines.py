"""What a figure says in one sentence, made by rule: never more than the numbers carry.

Groups of answers closer to each other than the width of the Goodman interval are about level.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.punctuation import with_unit
from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import count_text, fraction_text, value_text
from apps.reports.sides import ORDERED_KINDS, sides
from apps.surveys.definition import Question

Entry = Mapping[str, Any]


def headline(question: Question, entry: Entry, language: str, counts_to: int = 1) -> str:
    """The finding of one distribution. Nothing where there is none, or several rows have their own: then the question
    stands above the figure."""
    found = entry.get("finding")
    if found:
        return capfirst(sentence(question, found, language))
    if question.kind == "open_text":
        return capfirst(writers_sentence(entry["base"], counts_to))
    if "mean" in entry:
        unit = in_language(question.unit, language)
        values = {name: with_unit(value_text(entry[name]), unit, language) for name in ("mean", "median")}
        return _("{mean} on average, {median} in the middle").format(**values)
    return ""


def page_headline(question: Question, entry: Entry, language: str, counts_to: int = 1) -> str:
    """The finding with the number of readers that it rests on."""
    found, number = entry.get("finding"), count_text(entry["base"], counts_to)
    if found:
        finding = sentence(question, found, language)
        return _("Of {number} people who answered, {finding}").format(number=number, finding=finding)
    answered = ngettext("{number} person answered", "{number} people answered", entry["base"])
    return capfirst(answered.format(number=number))


def writers_sentence(readers: int, counts_to: int) -> str:
    """So many wrote; what they wrote is another matter."""
    number = count_text(readers, counts_to)
    return ngettext("{number} person wrote an answer", "{number} people wrote an answer", readers).format(number=number)


def sentence(question: Question, found: Entry, language: str) -> str:
    groups, shares = found["groups"], found["shares"]
    if len(groups) > 2:
        return _("answers are divided, and none is clearly ahead")
    if len(groups) == 2:
        first, second = (named(question, group, language) for group in groups)
        return _("about as many chose {first} as {second}").format(first=first, second=second)
    return leading(question, groups[0], shares[0], language)


def leading(question: Question, group: Sequence[int], share: float, language: str) -> str:
    values = {"fraction": fraction_text(share), "answer": named(question, group, language)}
    if question.kind == "rank_top_k":
        return _("{answer} came into the first {top} most often, for {fraction}").format(top=question.top, **values)
    if question.kind == "paired_ab" and is_side(question, group):
        return _("{fraction} were closer to {answer}").format(**values)
    if is_wide_side(question, group):
        return _("{fraction} were on {answer}").format(**values)
    if question.kind in ORDERED_KINDS:
        return _("{fraction} chose {answer}").format(**values)
    return _("{answer} was chosen most often, by {fraction}").format(**values)


def named(question: Question, group: Sequence[int], language: str) -> str:
    """A group of answers in words: a pole, a side by its outermost answer, or the answers themselves."""
    labels = {option.code: in_language(option.label, language) for option in question.options}
    if is_side(question, group):
        high = max(group) == max(sides(question).steps)
        if question.kind == "paired_ab" and question.poles:
            return quoted(in_language(question.poles["A" if high else "B"], language))
        if is_wide_side(question, group):
            return _("the side of {answer}").format(answer=quoted(labels[max(group) if high else min(group)]))
        ordered = sorted(group, reverse=high)
        return _(" or ").join(quoted(labels[code]) for code in ordered)
    return quoted(labels[group[0]])


def is_side(question: Question, group: Sequence[int]) -> bool:
    both = sides(question)
    return question.kind in ORDERED_KINDS and tuple(sorted(group)) in (both.low, both.high)


def is_wide_side(question: Question, group: Sequence[int]) -> bool:
    """Several answers on the same side of a midpoint."""
    return is_side(question, group) and sides(question).two_poled and len(group) > 1


def quoted(text: str) -> str:
    return _("“{text}”").format(text=text)
