"""The report once more, from the answers in a bundle and what lies beside them. Pure: it goes along in the bundle."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np

from apps.common.device_classes import DEVICES
from apps.inquiries.privacy import profile_of
from apps.reports.report.document import assembled, parts_of
from apps.reports.report.material import EPOCH, NO_ARM, STATUSES, Material
from apps.reports.report.settings import Settings
from apps.reports.report.taken_along.questionnaires import from_json
from apps.surveys.definition import Slot, canonical

NOT_SHOWN = 255
Json = dict[str, Any]


def rebuilt(folder: Path) -> bytes:
    """What report.json must hold. `folder`: that of the bundle."""
    beside = json.loads((folder / "report" / "beside.json").read_text(encoding="utf-8"))
    settings = Settings(**beside["settings"])
    material = material_in(folder / "responses.csv", beside, settings)
    return canonical(assembled(beside["header"], parts_of(material, settings, beside["carried"]), settings))


def material_in(path: Path, beside: Json, settings: Settings) -> Material:
    told = read(path, beside["columns"])
    instruments = [from_json(each) for each in beside["questionnaires"]]
    slots = [Slot(**each["slot"]) for each in beside["columns"] if "slot" in each]
    numbers = {str(each.number): place for place, each in enumerate(instruments)}
    return Material(
        instruments=cast(Any, instruments),  # they have all that is asked of them
        profile=profile_of(beside["header"]["profile"]["name"]),
        slots=tuple(slots),
        codes=np.stack([codes_of(told[each["name"]]) for each in beside["columns"] if "slot" in each], axis=1),
        version=np.array([numbers[each] for each in told["version"]], dtype=np.uint16),
        status=places_of(told["status"], STATUSES),
        finished=np.array([each == "1" for each in told["finished"]]),
        simulated=np.array([each == "1" for each in told["simulated"]]),
        language=places_of(told["language"], beside["languages"]),
        device=places_of(told["device"], DEVICES),
        arm=codes_of(told["arm"], NO_ARM) if "arm" in told else np.full(len(told["day"]), NO_ARM, dtype=np.uint8),
        screen=codes_of(told["screen"]),
        day=np.array([(date.fromisoformat(each) - EPOCH) // timedelta(days=1) for each in told["day"]], dtype=np.int32),
        languages=tuple(beside["languages"]),
        last_day=date.fromisoformat(beside["last_day"]) if beside["last_day"] else None,
        compared=beside["compared"],
        seed=settings.seed,
        inputs=beside["inputs"],
    )


def read(path: Path, columns: list[Json]) -> dict[str, list[str]]:
    """What stands in the columns that are counted, by the name under which this knows them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        kept: dict[str, list[str]] = {each["name"]: [] for each in columns}
        wanted = [(head.index(each["column"]), kept[each["name"]]) for each in columns]
        for row in rows:
            for place, told in wanted:
                told.append(row[place])
    return kept


def codes_of(told: list[str], nothing: int = NOT_SHOWN) -> np.ndarray:
    return np.array([int(each) if each else nothing for each in told], dtype=np.uint8)


def places_of(told: list[str], names: tuple[str, ...] | list[str]) -> np.ndarray:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[each] for each in told], dtype=np.uint8)
