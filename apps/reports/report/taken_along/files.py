"""What a bundle holds of the report: the report itself, what lies beside the answers, a script, and its code."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from apps.inquiries.models import Inquiry
from apps.reports.report.document import report_content, with_inputs
from apps.reports.report.gathering import gather
from apps.reports.report.material import Material
from apps.reports.report.parts import PARTS, Part
from apps.reports.report.settings import FROZEN
from apps.reports.report.taken_along.questionnaires import as_json
from apps.surveys.definition import Slot, canonical

ROOT = Path(__file__).parents[4]
SCRIPT = Path(__file__).with_name("rebuild_report.py")
BEGIN = "apps.reports.report.taken_along.rebuilding"
ABOUT = ("version", "status", "finished", "simulated", "language", "device", "screen", "day")
Json = dict[str, Any]
Columns = Mapping[Slot | str | tuple[str, ...], str]


def report_files(inquiry: Inquiry, columns: Columns) -> dict[str, bytes]:
    """By their place in the bundle; `columns`: what the columns of responses.csv are called, by where they come from.
    Call it where one moment is seen, the one of the answers."""
    found = gather(inquiry, seed=FROZEN.seed)
    if found is None:
        return {}
    material = with_inputs(inquiry, found)
    content = report_content(material, FROZEN)
    return {
        "report/report.json": canonical(content),
        "report/beside.json": canonical(beside(material, content, columns)),
        "report/rebuild_report.py": SCRIPT.read_bytes(),
        **{f"report/code/{name}": (ROOT / name).read_bytes() for name in code_files()},
    }


def beside(material: Material, content: Json, columns: Columns) -> Json:
    """Everything but the answers. Of parts that cannot be worked out again, what they told; nothing they rest on."""
    again = {part.name for part in PARTS if part.from_answers}
    return {
        "settings": FROZEN.as_json(),
        "header": material.inputs["header"],
        "inputs": {name: each for name, each in material.inputs.items() if name in again},
        "carried": {name: each for name, each in content["parts"].items() if name not in again},
        "questionnaires": [as_json(each.number, each.sha256, each.definition) for each in material.instruments],
        "columns": [*about_columns(columns), *slot_columns(material, columns)],
        "languages": list(material.languages),
        "last_day": material.last_day.isoformat() if material.last_day else None,
        "compared": material.compared,
    }


def about_columns(columns: Columns) -> Iterator[Json]:
    for name in ABOUT:
        yield {"name": name, "column": columns[name]}
    if "coin arm" in columns:
        yield {"name": "arm", "column": columns["coin arm"]}


def slot_columns(material: Material, columns: Columns) -> Iterator[Json]:
    for slot in material.slots:
        told = {"question": slot.question, "part": slot.part, "option": slot.option}
        yield {"name": f"slot {slot.question} {slot.part} {slot.option}", "column": columns[slot], "slot": told}


@lru_cache(maxsize=1)
def code_files() -> tuple[str, ...]:
    """Every module that the script imports, and the packages they stand in. None of them knows Django."""
    waiting, found = [BEGIN, *map(module_of, filter(counts_again, PARTS))], set[str]()
    while waiting:
        name = waiting.pop()
        path = path_of(name)
        if path is None or path in found or needs_django(ROOT / path):
            continue
        found.add(path)
        waiting += [*imported_by(ROOT / path), *packages_of(name)]
    return tuple(sorted(found))


def counts_again(part: Part) -> bool:
    return part.from_answers


def module_of(part: Part) -> str:
    return part.content.partition(":")[0]


def packages_of(module: str) -> list[str]:
    names = module.split(".")
    return [".".join(names[:end]) for end in range(1, len(names))]


def path_of(module: str) -> str | None:
    place = module.replace(".", "/")
    return next((each for each in (f"{place}.py", f"{place}/__init__.py") if (ROOT / each).is_file()), None)


def needs_django(path: Path) -> bool:
    """Then the script does not come there: it is asked for by whoever collects the answers."""
    return any(name.partition(".")[0] in {"django", "psycopg"} for name in imported_by(path))


def imported_by(path: Path) -> Iterator[str]:
    """Also what is imported only when it is needed."""
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.ImportFrom):
            yield statement.module or ""
            yield from (f"{statement.module}.{each.name}" for each in statement.names)
