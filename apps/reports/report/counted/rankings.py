"""What readers put before what: points, duels, and a worth for each option from all choices at once."""

from typing import Any

import numpy as np

from apps.analysis.choices import Stages, borda, condorcet_winner, preferences, stages
from apps.analysis.plackett_luce import plackett_luce
from apps.analysis.suppression import rounded_to
from apps.analysis.tabulation import Counts
from apps.reports.disclosure import whole
from apps.reports.report.material import Material
from apps.surveys.definition import Question

DIGITS = 3


def content(material: Material) -> dict[str, Any] | None:
    entries = {entry["id"]: entry for entry in material.epoch["questions"] if entry["kind"] == "rank_top_k"}
    shown = {name: entry for name, entry in entries.items() if not entry["hidden"] and open_to_all(entry)}
    found = {name: ranked(material, material.definition.question(name)) for name in shown}
    told = {name: each for name, each in found.items() if each}
    return {"questions": told} if told else None


def open_to_all(entry: dict[str, Any]) -> bool:
    """What is worked out from whole rankings would tell cells that the two tables hide."""
    return whole(entry["first"]) and whole(entry["any"])


def ranked(material: Material, question: Question) -> dict[str, Any] | None:
    """An option that stands alone (nothing, don't know) is no rank, and is left out here."""
    codes = [option.code for option in question.options if not option.exclusive]
    chosen = stages(material.ranks(question.id), codes)
    worths = plackett_luce(chosen) if len(codes) > 1 else None
    if worths is None:
        return None
    preferred = preferences(chosen)
    duels = shown_duels(preferred, material)
    return {
        "codes": codes,
        "rankers": int(rounded_to(np.array([chosen.first.sum()]), material.profile.counts_to)[0]),
        "points": points(chosen, question, material),
        "worths": worths.worths.round(DIGITS).tolist(),
        "errors": worths.errors.round(DIGITS).tolist(),
        "imagined": worths.prior,
        "duels": duels,
        "winner": winner(preferred, codes),
    }


def points(chosen: Stages, question: Question, material: Material) -> list[int]:
    """Of Borda: 3, 2, 1 where three places are to be filled."""
    return rounded_to(borda(chosen, question.top), material.profile.counts_to).tolist()


def shown_duels(preferred: Counts, material: Material) -> list[list[int]] | None:
    """Who put the option of the row before that of the column. The whole table, or none of it where a profile hides
    small cells: its sums stand in the other tables."""
    apart = ~np.eye(len(preferred), dtype=bool)
    if material.profile.smallest_cell and (preferred[apart] < material.profile.smallest_cell).any():
        return None
    return rounded_to(preferred, material.profile.counts_to).tolist()


def winner(preferred: Counts, codes: list[int]) -> int | None:
    """The option that more readers put before each other one than after it."""
    place = condorcet_winner(preferred)
    return None if place is None else codes[place]
