"""SPSS, Parquet and Excel files, read again by libraries: labels, types, missing values, and no formula."""

import json
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as Xml

import pyarrow.parquet as pq
import pyreadstat
import pytest
from django.core.management import CommandError
from django.utils import timezone

from apps.reports.exports import workbook
from apps.reports.exports.spss import shortened
from tests.reports.exports.factories import export, run, small_inquiry, table
from tests.reports.factories import answer_as

pytestmark = pytest.mark.django_db


def test_spss_has_labels_missing_values_and_levels(tmp_path):
    path = export(small_inquiry(), tmp_path, "sav", "--lang", "en")

    columns, told = pyreadstat.read_sav(path, user_missing=True, output_format="dict")

    rows = sorted(zip(columns["Q1"], columns["Q1L"], columns["Q2_b"], columns["N"], columns["D"], strict=True), key=str)
    assert rows == [
        (3.0, 1.0, None, None, None),
        (4.0, None, 98.0, 7.0, date(2026, 4, 1)),
        (97.0, None, 97.0, None, None),
    ]
    assert told.missing_ranges["Q1"] == [{"lo": 97.0, "hi": 98.0}]
    assert told.missing_ranges["M_1"] == [{"lo": 97.0, "hi": 97.0}]
    assert told.variable_value_labels["Q5"][97.0] == "Seen and left blank"
    measures = {name: told.variable_measure[name] for name in ("Q1", "Q6", "N", "M_1", "language", "day")}
    assert measures == {
        "Q1": "ordinal", "Q6": "nominal", "N": "scale", "M_1": "nominal", "language": "nominal", "day": "scale",
    }  # fmt: skip
    assert set(columns["day"]) == {timezone.localdate()}


def test_spss_leaves_missing_values_out_by_itself(tmp_path):
    path = export(small_inquiry(), tmp_path, "sav")

    columns, _told = pyreadstat.read_sav(path, output_format="dict")

    assert sorted(value for value in columns["Q1"] if value is not None) == [3.0, 4.0]


def test_long_labels_are_cut_between_characters():
    assert shortened("あ" * 10, 30) == "あ" * 10
    assert shortened("あ" * 10, 29) == "あ" * 8 + "…"
    assert len(shortened("あ" * 100, 120).encode()) <= 120


def test_parquet_has_types_and_carries_its_codebook(tmp_path):
    path = export(small_inquiry(), tmp_path, "parquet")

    read = pq.read_table(path)

    types = {name: str(read.schema.field(name).type) for name in ("Q1", "day", "N", "D", "version", "response_id")}
    assert types == {
        "Q1": "int16", "day": "date32[day]", "N": "double", "D": "date32[day]", "version": "int16",
        "response_id": "string",
    }  # fmt: skip
    assert sorted(read.select(["Q1", "Q1L", "N", "language"]).to_pylist(), key=lambda row: row["Q1"]) == [
        {"Q1": 3, "Q1L": 1, "N": None, "language": "en"},
        {"Q1": 4, "Q1L": None, "N": 7.0, "language": "ja"},
        {"Q1": 97, "Q1L": None, "N": None, "language": "ja"},
    ]
    assert json.loads(read.schema.metadata[b"toikake"])["responses"] == 3
    told = json.loads(read.schema.field("Q1").metadata[b"toikake"])
    assert {value["code"] for value in told["values"]} == {5, 4, 3, 2, 1, 97, 98}


def test_parquet_and_csv_say_the_same(tmp_path):
    inquiry = small_inquiry()
    rows = table(export(inquiry, tmp_path))

    typed = pq.read_table(export(inquiry, tmp_path, "parquet")).to_pylist()

    plain = [{name: "" if value is None else str(value) for name, value in row.items()} for row in typed]
    for row in plain:
        row["N"] = row["N"].removesuffix(".0")
    assert plain == [{name: row[name] for name in plain[0]} for row in rows]


def sheets(path):
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}


def test_workbook_has_three_sheets_a_frozen_head_and_no_formula(tmp_path):
    path = export(small_inquiry(), tmp_path, "xlsx", "--lang", "en", "--raw-text", "--reason", "coding")

    files = sheets(path)
    data = files["xl/worksheets/sheet1.xml"]
    assert re.findall(r'<sheet name="(.*?)"', files["xl/workbook.xml"]) == ["Responses", "Codebook", "About"]
    assert '<pane xSplit="1" ySplit="1"' in data
    assert data.count("<row ") == 4
    assert re.search(r'<dimension ref="A1:[A-Z]+4"/>', data)
    assert all("<f>" not in text for text in files.values())
    assert ">=1+1と、\n思う<" in data
    assert "Somewhat desirable" in data or "desirable" in data
    assert "Seen and left blank" in files["xl/worksheets/sheet2.xml"]


SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells(path):
    """Rows of the first sheet by column letters, as a program reads them that knows nothing of us."""
    found = []
    for row in Xml.fromstring(sheets(path)["xl/worksheets/sheet1.xml"]).findall("s:sheetData/s:row", SHEET):
        places = [re.fullmatch(r"([A-Z]+)(\d+)", each.get("r")).groups() for each in row]
        assert {number for _letters, number in places} == {row.get("r")}
        assert [letters for letters, _number in places] == sorted(
            [p[0] for p in places], key=lambda each: (len(each), each)
        )
        texts = [each.findtext("s:v", None, SHEET) or each.findtext("s:is/s:t", "", SHEET) for each in row]
        found.append(dict(zip([letters for letters, _number in places], texts, strict=True)))
    return found


def test_workbook_and_csv_say_the_same(tmp_path):
    inquiry = small_inquiry()
    words = ("--raw-text", "--reason", "coding")
    answer_as(inquiry, 4, {"Q1": 2, "Q3": "<b>&amp; _x0041_\r\n=1+1\x07 "})
    rows = table(export(inquiry, tmp_path, "csv", *words))

    first, *others = cells(export(inquiry, tmp_path, "xlsx", *words))

    names = dict(first.items())
    assert list(names.values()) == list(rows[0])
    read = [{names[letters]: unescaped(text) for letters, text in each.items()} for each in others]
    filled = [{name: text.removeprefix("'") for name, text in row.items() if text} for row in rows]
    assert read == filled


def unescaped(text):
    return re.sub("_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), text)


def test_columns_are_lettered_as_in_a_sheet():
    assert [workbook.column_letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_workbook_of_a_simulated_inquiry_says_so(tmp_path):
    files = sheets(export(small_inquiry(simulated=True), tmp_path, "xlsx"))

    assert "模擬回答が含まれます" in files["xl/worksheets/sheet3.xml"]


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_nothing(tmp_path, monkeypatch):
    inquiry = small_inquiry()
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)

    with pytest.raises(CommandError, match="This format holds 2 responses at most") as refused:
        run("export_responses", inquiry.slug, "--format", "xlsx", "--out", tmp_path / "r.xlsx")

    assert refused.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["sav", "parquet", "xlsx", "bundle"])
def test_without_answers_every_format_has_columns_and_no_rows(tmp_path, kind):
    inquiry = small_inquiry()
    inquiry.responses.all().delete()

    path = export(inquiry, tmp_path, kind)

    assert path.stat().st_size > 500
