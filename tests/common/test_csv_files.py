import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.csv_files import guarded, unguarded, write_csv


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝1+1",
        "+81 90",
        "-1",
        "@name",
        "|calc",
        "%x",
        "\t=1",
        "  =1",
        "\r\n=1",
        "\x01=1",
        "\u3000＋1",
        "\u200b=1",
    ],
)
def test_text_that_a_spreadsheet_could_run_stands_behind_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "AI", "速さより安全を。", "1 = 1", "「=」"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@given(st.text())
def test_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text


def test_file_has_its_mark_and_quotes_everything(tmp_path):
    path = tmp_path / "table.csv"

    written = write_csv(path, ["a", "b"], [[-1, '=x"y'], [None, "二行\nある"]])

    assert written == 2
    assert path.read_bytes() == '\ufeff"a","b"\r\n"-1","\'=x""y"\r\n"","二行\nある"\r\n'.encode()
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b"], ["-1", "'=x\"y"], ["", "二行\nある"]]
