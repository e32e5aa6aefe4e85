"""The desk's page, the file and the report tell the same of a table, whatever the answers are."""

import csv
import io

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.reports.crosstables.fields import fields_of
from apps.reports.crosstables.figure import figure
from apps.reports.crosstables.file import table_file
from apps.reports.crosstables.told import told
from tests.reports.crosstables.factories import material_of, small_questionnaire, spread_out, table_of

tables = arrays(np.int64, (5, 4), elements=st.one_of(st.integers(0, 14), st.integers(0, 60)))
FIELDS = fields_of(small_questionnaire())


def content_of(table, profile):
    rows, columns = spread_out(table, (1, 2, 3, 98, 97), (1, 2, 3, 97))
    if len(rows) < 50:
        return None
    return table_of(material_of({"Q": rows, "A": columns}, profile=profile), "Q", "A", draws=2000)


@pytest.mark.parametrize(("profile", "step", "language"), [("standard", 1, "en"), ("strict", 5, "ja")])
@settings(max_examples=25)
@given(table=tables)
def test_page_file_and_report_tell_the_same(profile, step, language, table):
    content = content_of(table, profile)
    if content is None:
        return

    with override(language):
        page = told(content, FIELDS, language, step)
        in_report = figure(content, FIELDS, language, step).table
        file = list(csv.reader(io.StringIO(table_file(content, FIELDS, language, step).removeprefix("\ufeff"))))

    cells = [cell for line in page.lines for cell in line.cells]
    assert [tuple(line[4:7]) for line in file[1 : len(cells) + 1]] == [
        (cell.count, cell.share, cell.row_share) for cell in cells
    ]
    texts = [text for line in in_report.rows[:-1] for text in line[1:]]
    assert [text.partition(" ")[0] for text in texts] == [cell.share for cell in cells]
    assert [head.base for head in page.heads] == list(in_report.rows[-1][1:])
    hidden = [cell is None for line in content["counts"][: len(page.lines)] for cell in line]
    assert [cell.count == "x" for cell in cells] == hidden
    for count, cell in zip((c for line in content["counts"][: len(page.lines)] for c in line), cells, strict=True):
        assert count is None or count % step == 0
        assert count is None or f"{count:,}" in cell.count


def test_a_formula_in_a_label_stays_a_text_in_the_file():
    definition = small_questionnaire()
    option = definition.question("Q").options[0]
    option.label["en"] = "=1+1"
    content = content_of(np.full((5, 4), 30), "standard")

    lines = list(csv.reader(io.StringIO(table_file(content, fields_of(definition), "en", 1))))

    assert lines[1][1] == "'=1+1"
