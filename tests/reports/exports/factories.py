"""A small inquiry with an answer of every kind, and files read as a stranger would."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management import call_command

from apps.inquiries.models import Inquiry
from tests.reports.factories import answer_as, make_inquiry_of_every_kind

FULL: dict[str, Any] = {
    "Q1": 4, "Q2": {"a": 3, "b": 98}, "Q3": "=1+1と、\n思う", "Q3c": True, "Q4": 98, "Q5": None, "Q6": 1,
    "Q7": {"code": 7, "text": "＋期待"}, "Q8": 2, "Q9": [3, 1], "M": [1, 3], "S": 0, "N": 7, "D": "2026-04-01",
}  # fmt: skip


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def export(inquiry: Inquiry, folder: Path, kind: str = "csv", *options: Any) -> Path:
    path = folder / f"responses.{kind}"
    run("export_responses", inquiry.slug, "--format", kind, "--out", path, "--seed", 1, "--replace", *options)
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def small_inquiry(**fields: Any) -> Inquiry:
    """Three readers: everything, almost nothing, and one who left blank what was asked."""
    inquiry = make_inquiry_of_every_kind()
    for name, value in fields.items():
        setattr(inquiry, name, value)
    inquiry.save()
    answer_as(inquiry, 1, FULL, finished=True, coins={"dir_main": 0, "arm": 1})
    answer_as(inquiry, 2, {"Q1": 3, "Q1L": 1}, language="en", device="computer")
    answer_as(inquiry, 3, {"Q1": None, "Q2": None, "Q9": None, "M": None, "N": None, "D": None, "Q3": None})
    return inquiry
