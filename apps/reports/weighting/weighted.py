"""Weights by raking, what they cost, and every question with them and without. JSON without a word; for the worker."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from apps.analysis.raking import BOUNDS, Margin, Raked, Refusal, rake
from apps.analysis.tabulation import VALUES
from apps.analysis.weights import Numbers, shares_of_sums
from apps.inquiries.privacy import Profile
from apps.reports.crosstables.disclosed import Published, published_table
from apps.reports.crosstables.fields import Field, fields_of
from apps.reports.disclosure import cells_to_hide
from apps.reports.report.material import Bytes, Material
from apps.reports.weighting.margins import categories, margin_fields

DIGITS, ERROR_DIGITS = 3, 4

Json = dict[str, Any]
Margins = Sequence[Mapping[str, Any]]


def weighted(material: Material, margins: Margins, epoch: Published) -> Json:
    """`margins` as they were entered; `epoch`: the newest one, whose hidden cells stay hidden."""
    told: Json = {"margins": [dict(margin) for margin in margins], "bounds": list(BOUNDS)}
    fields = margin_fields(material.definition)
    gone = [margin["field"] for margin in margins if not same_categories(fields.get(margin["field"]), margin)]
    if gone:
        return {**told, "refusal": {"reason": "gone", "field": gone[0]}}
    found = rake([margin_of(material, fields[margin["field"]], margin) for margin in margins])
    if isinstance(found, Refusal):
        return {**told, "refusal": refusal_out(found, margins)}
    return {**told, "refusal": None, **costs(found, margins), "questions": questions(material, found.weights, epoch)}


def same_categories(field: Field | None, margin: Mapping[str, Any]) -> bool:
    return field is not None and set(categories(field)) == set(margin["shares"])


def margin_of(material: Material, field: Field, entered: Mapping[str, Any]) -> Margin:
    assert field.question is not None
    keys = categories(field)
    place = np.full(VALUES, -1, dtype=np.int64)
    place[[int(key) for key in keys]] = np.arange(len(keys))
    targets = np.array([entered["shares"][key] for key in keys], dtype=float) / 100
    return Margin(field.name, place[material.column(field.question.id, field.part)], targets)


def refusal_out(found: Refusal, margins: Margins) -> Json:
    """Where it is wrong, by the field's name and the category's key."""
    keys = next((list(margin["shares"]) for margin in margins if margin["field"] == found.margin), [])
    key = keys[found.category] if found.category is not None and found.category < len(keys) else None
    return {"reason": found.reason.value, "field": found.margin, "category": key, "value": round(found.value, DIGITS)}


def costs(found: Raked, margins: Margins) -> Json:
    return {
        "readers": len(found.weights),
        "design_effect": round(found.design_effect, DIGITS),
        "effective": round(found.effective, 1),
        "smallest": round(found.smallest, DIGITS),
        "largest": round(found.largest, DIGITS),
        "largest_before": round(found.largest_before, DIGITS),
        "trimmed": found.trimmed,
        "residuals": {
            margin["field"]: dict(
                zip(margin["shares"], (found.residuals[margin["field"]].round(4) + 0.0).tolist(), strict=True)
            )
            for margin in margins
        },
    }


def questions(material: Material, weights: Numbers, epoch: Published) -> list[Json]:
    """Opinions with one answer to a reader, the first question first."""
    fields = [field for field in fields_of(material.definition).values() if field.opinion and not field.several]
    found = (with_and_without(field, column_of(material, field), weights, material.profile, epoch) for field in fields)
    return [each for each in found if each]


def column_of(material: Material, field: Field) -> Bytes:
    assert field.question is not None
    return material.column(field.question.id, field.part)


def with_and_without(field: Field, column: Bytes, weights: Numbers, profile: Profile, epoch: Published) -> Json | None:
    """Shares of those who answered, and the linearised standard errors of the weighted ones; None for too few."""
    codes = [int(key) for key in field.keys]
    readers, summed, squared = (np.bincount(column, of, VALUES)[codes] for of in (None, weights, np.square(weights)))
    base = int(readers.sum())
    if base < profile.smallest_base:
        return None
    hidden = cells_to_hide(
        field.keys,
        readers.astype(np.int64),
        base,
        profile=profile,
        smallest=profile.smallest_cell,
        before=published_table(field, epoch),
    )
    shares = shares_of_sums(readers.astype(np.int64), summed.astype(float), squared.astype(float))
    digits = profile.share_digits
    return {
        "field": field.name,
        "base": base // profile.counts_to * profile.counts_to,
        "keys": list(field.keys),
        "unweighted": shown((readers / base).round(digits), hidden),
        "weighted": shown(shares.shares.round(digits), hidden),
        "errors": shown(shares.errors.round(ERROR_DIGITS), hidden),
    }


def shown(values: np.ndarray, hidden: np.ndarray) -> list[float | None]:
    return [None if cell else value for value, cell in zip(values.tolist(), hidden.tolist(), strict=True)]
