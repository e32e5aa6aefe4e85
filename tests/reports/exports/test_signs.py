"""Signs of haste and machines leave beside the answers, in every format alike; those that rest on votes do not."""

import json
import zipfile
from xml.etree import ElementTree as Xml

import pyarrow.parquet as pq
import pyreadstat
import pytest

from apps.reports.exports import signs
from apps.reports.exports.signs import TOLD
from apps.responses.signals import Signal
from tests.reports.exports.factories import export, table
from tests.reports.quality.readers import CLOSED, MAIN, came, debated
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

FLAGS = [f"flag_{rule}" for rule in TOLD]


@pytest.fixture
def inquiry():
    """By their age: an ordinary reader who agrees to everything, one who races, a machine, and one who writes nothing
    that means anything."""
    made = make_inquiry("bridge")
    debated(made)
    came(made, 1, {**CLOSED, "Q3": "力が集まるのは心配です。", "B1": 1}, votes="+" * 24)
    came(made, 2, {**CLOSED, "B1": 2}, visible_ms=dict.fromkeys(MAIN, 300))
    came(made, 3, {**CLOSED, "B1": 3}, signals=Signal.TRAP)
    came(made, 4, {**CLOSED, "Q3": "ああああああああ", "B1": 4})
    return made


def marked(rows):
    return {str(row["B1"]): [row[name] for name in FLAGS] for row in rows}


def test_each_sign_is_a_column_and_none_rests_on_votes(inquiry, tmp_path):
    rows = table(export(inquiry, tmp_path))

    assert [name for name in rows[0] if name.startswith("flag_")] == FLAGS
    assert marked(rows) == {
        "1": ["", "0", "", "0", "0"],
        "2": ["", "1", "", "0", "0"],
        "3": ["", "0", "", "1", "0"],
        "4": ["", "0", "", "0", "1"],
    }


def test_typed_files_know_what_the_signs_mean(inquiry, tmp_path):
    parquet = pq.read_table(export(inquiry, tmp_path, "parquet")).to_pylist()
    _data, sav = pyreadstat.read_sav(export(inquiry, tmp_path, "sav"), output_format="dict")

    assert marked(parquet)["2"] == [None, 1, None, 0, 0]
    assert sav.column_names_to_labels["flag_speed_total"] == "回答のしかたの印 — 表示時間がふつうの3分の1未満"
    assert sav.variable_value_labels["flag_bot"] == {0: "いいえ", 1: "はい"}


def test_codebook_and_ddi_tell_what_a_sign_is_and_what_it_cannot_see(inquiry, tmp_path):
    with zipfile.ZipFile(export(inquiry, tmp_path, "bundle")) as bundle:
        book, ddi = json.loads(bundle.read("codebook.json")), Xml.fromstring(bundle.read("ddi.xml"))

    (haste,) = [column for column in book["columns"] if column["name"] == "flag_speed_total"]
    assert haste["label"]["en"] == "Sign in how it was answered — In view for less than a third of the usual time"
    assert "flag_speed_total：判定なし（表示時間を測れた人が足りません）" in book["notes"]["ja"]
    assert "they would join answers with votes" in " ".join(book["notes"]["en"])
    assert {var.get("name") for var in ddi.iter("{ddi:codebook:2_5}var")} >= set(FLAGS)


def test_of_too_many_readers_answers_leave_without_signs_and_the_file_says_so(inquiry, tmp_path, monkeypatch):
    before = table(export(inquiry, tmp_path))
    monkeypatch.setattr(signs, "MOST_LOOKED_AT", 3)

    with zipfile.ZipFile(export(inquiry, tmp_path, "bundle")) as bundle:
        bundle.extract("responses.csv", tmp_path)
        notes = json.loads(bundle.read("codebook.json"))["notes"]["en"]

    without = [{name: value for name, value in row.items() if name not in FLAGS} for row in before]
    ids = [row.pop("response_id") for row in without]
    after = table(tmp_path / "responses.csv")
    assert len(ids) == 4
    assert [{name: value for name, value in row.items() if name != "response_id"} for row in after] == without
    assert notes[-1].startswith("More than 100,000 answers")
