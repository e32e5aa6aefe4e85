"""The content of an epoch: the same numbers for page, API and desk, without a word of any language.

Which answers count: every answer given, under its own question, whether its giver went on to the end or not. `n` are
the readers who answered at least half of what they were asked; who broke off before is told apart. Don't-know and
prefer-not are answers and belong to the base; a question that was seen and left blank is counted beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.inquiries.privacy import SMALL_BASE, Profile
from apps.reports.disclosure import about, table
from apps.reports.entries import Values, entry
from apps.reports.tallies import BREAK_OFF, COMPLETE, PARTIAL, Tally
from apps.reports.twice.pairs import Twice, prepost
from apps.surveys.definition import Definition


@dataclass(frozen=True)
class EpochMaterial:
    """What an epoch is made of.

    `values`: answers that are not codes, by question. `before`: the content of the last epoch.
    """

    definition: Definition
    tally: Tally
    profile: Profile
    values: Mapping[str, Values] = field(default_factory=dict)
    devices: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    simulated: bool = False
    twice: Twice | None = None


def epoch_content(material: EpochMaterial) -> dict[str, Any]:
    """Everything but the number of the epoch and the time at which it was made."""
    tally, profile = material.tally, material.profile
    complete, partial, broken = (tally.statuses[status] for status in (COMPLETE, PARTIAL, BREAK_OFF))
    return {
        "answered": about(tally.readers, profile),
        "n": about(complete + partial, profile),
        "complete": about(complete, profile),
        "partial": about(partial, profile),
        "break_off": about(broken, profile),
        "small_base": tally.readers < SMALL_BASE,
        "simulated": material.simulated,
        "dates": {"first": iso(min(tally.days, default=None)), "last": iso(max(tally.days, default=None))},
        "versions": sorted(tally.versions),
        "questions": questions(material),
        "prepost": prepost(material.twice, profile, material.before.get("prepost") or {}) if material.twice else None,
        "method": method(material),
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def questions(material: EpochMaterial) -> list[dict[str, Any]]:
    earlier = {each["id"]: each for each in material.before.get("questions", [])}
    return [
        entry(
            question,
            tally=material.tally,
            profile=material.profile,
            values=material.values.get(question.id, ()),
            before=earlier.get(question.id, {}),
        )
        for question in material.definition.questions
        if question.id not in material.definition.again  # what changed is told by pairs, not as one more question
    ]


def method(material: EpochMaterial) -> dict[str, Any]:
    profile, before = material.profile, material.before.get("method", {})
    return {
        "strategy": "self_selected_web",
        "weighting": "none",
        "counted": "all_answers_given",
        "smallest_base": profile.smallest_base,
        "smallest_cell": profile.smallest_cell,
        "smallest_group": profile.smallest_group,
        "counts_to": profile.counts_to,
        "share_digits": profile.share_digits,
        "devices": breakdown(material.devices, profile, before.get("devices")),
        "languages": breakdown(material.languages, profile, before.get("languages")),
    }


def breakdown(readers: Mapping[str, int], profile: Profile, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """How the readers who answered divide by something that was noted about them."""
    names = sorted(readers)
    return table(
        names,
        [readers[name] for name in names],
        sum(readers.values()),
        profile=profile,
        smallest=profile.smallest_group,
        before=before,
    )
