"""Numbers that others have printed or several implementations agree on, each with its source."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def vectors() -> dict[str, dict[str, Any]]:
    found = json.loads(Path(__file__).with_name("golden_vectors.json").read_text(encoding="utf-8"))
    return {vector["id"]: vector for vector in found}


def golden(name: str) -> dict[str, Any]:
    return vectors()[name]
