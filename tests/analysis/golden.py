"""Test vectors with provenance that several implementations agree on; where they are absent the test is skipped."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PLACES = (os.environ.get("GOLDEN_VECTORS", ""), str(Path(__file__).parents[3] / "shared/data/golden_vectors.json"))


@cache
def vectors() -> dict[str, dict[str, Any]]:
    place = next((Path(place) for place in PLACES if place and Path(place).exists()), None)
    if place is None:
        pytest.skip("golden_vectors.json is not here; GOLDEN_VECTORS may name it")
    return {vector["id"]: vector for vector in json.loads(place.read_text(encoding="utf-8"))["vectors"]}


def golden(name: str) -> dict[str, Any]:
    return vectors()[name]
