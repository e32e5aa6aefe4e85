"""Signs of haste and machines as columns beside the answers: those of the nine rules that rest on no votes.

A sign that follows from votes would lead from a row of answers to a row of votes, which nothing may (decisions 40, 52).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from django.utils.translation import override

from apps.common.punctuation import named
from apps.inquiries.models import Inquiry
from apps.reports.exports.columns import Column
from apps.reports.exports.wording import SIGN, SIGNS, TOO_MANY_FOR_SIGNS, YES_OR_NO, joined
from apps.reports.quality.manners import manners_of
from apps.reports.quality.rules import RULES
from apps.reports.quality.words import NOTES as WHY_NOT
from apps.reports.quality.words import RULES as WORDS
from apps.reports.report.gathering import gather
from apps.reports.report.material import NOBODY, Material
from apps.responses.export_records import NONE
from apps.responses.models import Response
from apps.surveys.definition import Text

Bytes = npt.NDArray[np.uint8]
LANGUAGES = ("ja", "en")
TOLD = ("speed_total", "speed_floor", "contradict", "bot", "text_junk")
MOST_LOOKED_AT = 100_000
"""Readers. To look at how a million answered takes as long as to write their answers."""


@dataclass(frozen=True)
class Signs:
    """`marks` (rules, readers of the material): 1 marked, 0 not, 255 where the rule can say nothing of anybody.
    `notes`: what is to be known of them, by language."""

    notes: Mapping[str, Sequence[str]]
    material: Material | None = None
    marks: Bytes = field(default_factory=lambda: np.empty((0, 0), dtype=np.uint8))

    @property
    def columns(self) -> tuple[Column, ...]:
        return () if self.material is None else tuple(column(rule) for rule in TOLD)

    def of(self, pseudonyms: Bytes) -> Bytes:
        """Of these readers (n, 16) in their order: (n, rules)."""
        if self.material is None:
            return np.empty((len(pseudonyms), 0), dtype=np.uint8)
        place = self.material.aligned(np.ascontiguousarray(pseudonyms))
        return np.where(place == NOBODY, np.uint8(NONE), self.marks[:, place]).T


def signs_of(inquiry: Inquiry) -> Signs:
    """Of the same moment as the answers where the caller sees to that."""
    if Response.objects.filter(inquiry=inquiry)[: MOST_LOOKED_AT + 1].count() > MOST_LOOKED_AT:
        return Signs(in_both_languages(TOO_MANY_FOR_SIGNS))
    material = gather(inquiry)
    if material is None or not len(material):
        marks = np.empty((len(TOLD), 0), dtype=np.uint8)
        return Signs(in_both_languages(SIGNS), material, marks)
    manners = manners_of(inquiry, material, with_votes=False)
    found = {name: RULES[name](material, manners) for name in TOLD}
    marks = np.stack([np.where(rule.base, rule.mask, NONE).astype(np.uint8) for rule in found.values()])
    why_not = {name: rule.note for name, rule in found.items() if rule.note}
    return Signs(in_both_languages(SIGNS, why_not), material, marks)


def in_both_languages(text: Text, why_not: Mapping[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """A note, and behind it why a rule could say nothing, or what it cannot see."""
    told = [(f"flag_{rule}", said_everywhere(WHY_NOT[note])) for rule, note in (why_not or {}).items()]
    return {name: (text[name], *(named(rule, said[name], name) for rule, said in told)) for name in LANGUAGES}


def column(rule: str) -> Column:
    """In the words of the desk's own page."""
    return Column(
        name=f"flag_{rule}",
        type="code",
        label=joined(SIGN, said_everywhere(WORDS[rule])),
        source=f"sign {rule}",
        values=YES_OR_NO,
    )


def said_everywhere(words: object) -> Text:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(words)
    return found
