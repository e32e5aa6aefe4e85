"""An export, counted by a stranger, gives the numbers of the page and of the API, and those that readers gave."""

from collections import Counter
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from apps.surveys.definition import Question
from tests.reports.exports.factories import export, table
from tests.reports.factories import answer_as, make_inquiry_of_every_kind, publish
from tests.reports.test_same_numbers import BINS, DEFINITION, crowds, plainly_counted, tables_of

pytestmark = pytest.mark.django_db

NUMBER = count(1)


def counted(question: Question, rows: list[dict[str, str]]) -> dict[str, Counter[str]]:
    """By the same names as `plainly_counted`, from the cells alone."""
    name = question.id
    if question.kind == "item_by_item":
        return {
            f"{name}.{row.code}": given_codes([each[f"{name}_{row.code}"] for each in rows]) for row in question.rows
        }
    if question.kind == "rank_top_k":
        places = [[each[f"{name}_{place}"] for each in rows] for place in range(1, question.top + 1)]
        return {f"{name}.first": given_codes(places[0]), f"{name}.any": given_codes([*chain(*places)])}
    if question.kind == "multiple":
        ticks = {str(option.code): [each[f"{name}_{option.code}"] for each in rows] for option in question.options}
        return {name: +Counter({code: cells.count("1") for code, cells in ticks.items()})}
    cells = [each[name] for each in rows if each[name]]
    if question.kind == "date":
        return {name: Counter(cell[: len("2026-04")] for cell in cells)}
    if question.kind == "number":
        return {name: Counter(str(int(cell) // BINS[name] * BINS[name]) for cell in cells)}
    return {name: given_codes(cells)}


def given_codes(cells: list[str]) -> Counter[str]:
    return Counter(cell for cell in cells if cell not in {"", "97"})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_the_file_holds_what_readers_answered_and_what_was_published(crowd):
    inquiry = make_inquiry_of_every_kind(f"export-{next(NUMBER)}")
    for reader, answers in enumerate(crowd):
        answer_as(inquiry, reader, answers)
    published = tables_of(publish(inquiry).content)

    with TemporaryDirectory() as folder:
        rows = table(export(inquiry, Path(folder)))

    asked = [question for question in DEFINITION.questions if question.kind != "open_text"]
    found = {name: codes for question in asked for name, codes in counted(question, rows).items()}
    truth = plainly_counted(DEFINITION, crowd)
    assert found == {name: truth[name] for name in found}
    assert len(rows) == len(crowd)
    for name, shown in published.items():
        if name in found and not shown["hidden"]:
            visible = {code: number for code, number in shown["counts"].items() if number is not None}
            assert visible == {code: found[name][code] for code in visible}, name
