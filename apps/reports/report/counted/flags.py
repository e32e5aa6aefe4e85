"""Answers that carry signs of haste, repetition or machines: how many, and what changes without them.

Nothing is left out of any other figure. Of very many answers, some are looked at that are drawn by lot: a report must
not wait for signs. What changes is told in whole points, and only where those with signs are
enough not to be known by it.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from apps.reports.disclosure import about
from apps.reports.report.material import Material
from apps.reports.sides import WRITTEN_KINDS, asks_for_opinion

if TYPE_CHECKING:
    from apps.inquiries.models import Inquiry

POINT_DIGITS = 2
MOST_LOOKED_AT = 10_000
Entry = dict[str, Any]


def inputs(inquiry: "Inquiry", material: Material, *, most: int = MOST_LOOKED_AT) -> dict[str, Any]:
    """Signs rest on times and votes as well, which no file holds; so this part is worked out where those are."""
    from apps.reports.quality.flags import quality_of
    from apps.reports.quality.manners import manners_of

    if len(material) < material.profile.smallest_base:
        return {}
    everybody, share = len(material), most / len(material)
    material = material.drawn(share)
    found = quality_of(inquiry, material, manners_of(inquiry, material, share=share))
    flagged = int(found.flagged.sum())
    smallest, enough = material.profile.smallest_group, len(material) - flagged >= material.profile.smallest_base
    return {
        "readers": about(len(material), material.profile),
        **({"by_lot_of": about(everybody, material.profile)} if share < 1 else {}),
        "flagged": shown(flagged, material),
        "rules": [
            {
                "id": name,
                "marked": shown(int(mask.sum()), material),
                "base": about(found.evaluated.get(name, 0), material.profile),
                "note": found.notes.get(name, ""),
            }
            for name, mask in found.rules.items()
        ],
        "changes": changes(material, found.flagged) if flagged >= smallest and enough else None,
    }


def content(material: Material) -> dict[str, Any] | None:
    return material.inputs["flags"] or None


def shown(readers: int, material: Material) -> int | None:
    """None where they are too few to be told of, but some."""
    return about(readers, material.profile) if not 0 < readers < material.profile.smallest_group else None


def changes(material: Material, flagged: np.ndarray) -> list[dict[str, Any]]:
    """By how much any answer's share moves, of each question on the matter, when those with signs are left out."""
    from apps.reports.entries import entry

    without = material.of(~flagged)
    found = []
    for question in material.definition.questions:
        if question.kind in WRITTEN_KINDS or not asks_for_opinion(question) or question.id in material.definition.again:
            continue
        both = [entry(question, tally=each.tally, profile=each.profile) for each in (material, without)]
        if not any(each["hidden"] for each in both):
            found.append({"question": question.id, "most": round(largest(*map(shares, both)), POINT_DIGITS)})
    return found


def shares(entry: Entry) -> dict[str, float | None]:
    """All shares of a question, whatever its kind, under names of their own."""
    tables = {"": entry, **entry.get("rows", {}), **{name: entry[name] for name in ("first", "any") if name in entry}}
    return {f"{name}:{code}": part for name, each in tables.items() for code, part in each.get("shares", {}).items()}


def largest(one: dict[str, float | None], other: dict[str, float | None]) -> float:
    known = [(part, other.get(name)) for name, part in one.items()]
    return max((abs(a - b) for a, b in known if a is not None and b is not None), default=0.0)
