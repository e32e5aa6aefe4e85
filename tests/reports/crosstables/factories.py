"""Answers as arrays, as if they had been read from the database."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from apps.analysis.tabulation import NOT_SHOWN
from apps.inquiries.privacy import PROFILES
from apps.reports.crosstables.asked import asked
from apps.reports.crosstables.crosstable import crosstable
from apps.reports.crosstables.fields import fields_of
from apps.reports.crosstables.known import Known
from apps.reports.report.material import NO_ARM, Material
from apps.surveys.definition import Definition, Slot
from apps.surveys.queries import Instrument
from tests.reports.factories import both, parse_items

STEPS = [{"code": code, "label": both(f"step {code}")} for code in range(1, 4)]
DONT_KNOW = {"code": 98, "label": both("?"), "kind": "dont_know", "anchor": "last"}
PLACES = [{"code": code, "label": both(f"place {code}")} for code in range(1, 4)]
BANDS = [{"code": code, "label": both(f"band {code}")} for code in range(1, 4)]
ITEMS = (
    {"id": "Q", "type": "single_ordinal", "options": [*STEPS, DONT_KNOW]},
    {"id": "T", "type": "item_by_item", "options": STEPS, "rows": [{"code": "a", "label": both("a")}]},
    {"id": "N", "type": "single_nominal", "options": PLACES},
    {"id": "M", "type": "multiple", "options": PLACES},
    {"id": "R", "type": "rank_top_k", "k": 2, "options": PLACES},
    {"id": "S", "type": "scale", "options": [DONT_KNOW], "minimum": 0, "maximum": 10},
    {"id": "W", "type": "open_text", "max_chars": 80},
    {"id": "A", "type": "single_ordinal", "phase": "background", "options": BANDS},
    {"id": "B", "type": "single_nominal", "phase": "background", "options": PLACES},
)

Column = Sequence[int]


def small_questionnaire() -> Definition:
    return parse_items(*ITEMS)


def material_of(columns: Mapping[Any, Column], definition: Definition | None = None, **noted: Any) -> Material:
    """`columns`: codes of all readers by question, or by (question, part, option); what is missing was not shown."""
    known = definition or small_questionnaire()
    readers = len(next(iter(columns.values())))
    given = {Slot(*((name,) if isinstance(name, str) else name)): column for name, column in columns.items()}
    nothing = np.full(readers, NOT_SHOWN, dtype=np.uint8)
    codes = np.stack([np.array(given.get(slot, nothing), dtype=np.uint8) for slot in known.slots], axis=1)
    zeros = np.zeros(readers, dtype=np.uint8)
    values: dict[str, Any] = {
        "instruments": [Instrument(1, 1, "hash", known)],
        "profile": PROFILES[noted.pop("profile", "standard")],
        "slots": known.slots,
        "codes": codes,
        "version": zeros.astype(np.uint16),
        "status": zeros,
        "finished": zeros.astype(bool),
        "simulated": zeros.astype(bool),
        "language": zeros,
        "device": zeros,
        "arm": np.full(readers, NO_ARM, dtype=np.uint8),
        "screen": zeros,
        "day": np.full(readers, 20_000, dtype=np.int32),
        "languages": ("ja", "en"),
        "last_day": None,
    }
    return Material(**{**values, **noted})


def spread_out(table: Any, row_codes: Column, column_codes: Column) -> tuple[np.ndarray, np.ndarray]:
    """A reader for each count of a table: their codes in its row and in its column."""
    counts = np.asarray(table)
    rows, columns = np.meshgrid(row_codes, column_codes, indexing="ij")
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def table_of(material: Material, rows: str, columns: str, *chips: str, **known: Any) -> dict[str, Any]:
    fields = fields_of(material.definition)
    wanted = asked(fields, rows, columns, chips)
    return crosstable(material, fields, wanted, Known(**{"epoch": {}, **known}))


def recovered(content: Mapping[str, Any]) -> np.ndarray:
    """Counts with totals as they are shown, -1 where hidden."""
    return np.array([[-1 if cell is None else cell for cell in line] for line in content["counts"]])
