"""How often every code occurs: what `rebuild_counts.py` makes again from the CSV file, byte for byte."""

import json
from typing import Any

import numpy as np

from apps.reports.exports.columns import Column
from apps.reports.exports.responses import Responses
from apps.responses.export_records import NONE

FORMAT = "toikake-counts/1"


def counts(responses: Responses) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "inquiry": responses.inquiry.slug,
        "responses": len(responses),
        "simulated": responses.simulated,
        "columns": {
            column.name: counted(responses, column)
            for column in responses.columns
            if column.type == "code" and column.question
        },
    }


def counted(responses: Responses, column: Column) -> dict[str, Any]:
    found = np.bincount(responses.codes[:, responses.places[column.name]], minlength=256)
    return {
        "codes": {str(code): int(found[code]) for code in sorted(column.values)},
        "not_shown": int(found[NONE]),
    }


def as_json(responses: Responses) -> bytes:
    return (json.dumps(counts(responses), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
