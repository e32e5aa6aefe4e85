"""Themes that people saw in texts leave beside the words: in every format alike, and only when a book is finished."""

import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from xml.etree import ElementTree as Xml

import pyarrow.parquet as pq
import pyreadstat
import pytest

from apps.accounts.models import Role, User
from apps.inquiries.models import Inquiry
from apps.responses.code_books import add_codes, book_of, open_book
from apps.responses.coding import code_text, next_text, settle_text
from apps.responses.models import CodeBook
from tests.accounts.cast import member, publication
from tests.reports.exports.factories import export, table
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

SPEED, DUTY = "Q3_code_1", "Q3_code_2"
REASON = ("--raw-text", "--reason", "a test")
SEEN = {"速い": ([1], [1]), "だれが": ([2], [2]), "両方": ([1, 2], [1]), "なし": ([], []), "分かれる": ([1], [2])}
"""Words, and the themes that one and the other saw in them."""
FINAL = {"速い": ("1", "0"), "だれが": ("0", "1"), "両方": ("1", "1"), "なし": ("0", "0"), "分かれる": ("", "")}


@pytest.fixture
def people():
    return [member(Role.ANALYST, named=name) for name in ("ann", "ben")]


@pytest.fixture
def inquiry() -> Inquiry:
    made = make_inquiry("bridge", publication=publication())
    for reader, words in enumerate(SEEN):
        answer_as(made, reader, {"Q1": 4, "Q3": words})
    answer_as(made, 9, {"Q1": 4})
    return made


@pytest.fixture
def book(inquiry, people) -> CodeBook:
    open_book(inquiry=inquiry, question="Q3", by=people[0])
    found = book_of(inquiry.pk, "Q3")
    codes = [({"ja": "速さ", "en": "Speed"}, ""), ({"ja": "責任", "en": "Responsibility"}, "")]
    add_codes(book=found, codes=codes, by=people[0])
    return book_of(inquiry.pk, "Q3")


def code_all(book: CodeBook, coder: User, place: int, **also: tuple[list[int], list[int]]) -> dict[str, str]:
    """Whatever waits for this coder, as `SEEN` says; returns the handles of the texts."""
    handles = {}
    while text := next_text(book, coder):
        code_text(book=book, handle=text.handle, codes={**SEEN, **also}[text.words][place], by=coder)
        handles[text.words] = text.handle
    return handles


@pytest.fixture
def coded(book, people) -> CodeBook:
    """Everything by two; about one of the texts on which they differ they have agreed since."""
    handles = code_all(book, people[0], 0)
    code_all(book, people[1], 1)
    settle_text(book=book, handle=handles["両方"], codes=[1, 2], by=people[0])
    return book


def themes(rows: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    return {row["Q3"]: (row[SPEED], row[DUTY]) for row in rows}


def shown(code: float | None) -> str:
    return "" if code is None else str(int(code))


def test_each_theme_is_a_column_of_what_holds(inquiry, coded, tmp_path):
    rows = table(export(inquiry, tmp_path, "csv", *REASON))

    assert themes(rows) == {**FINAL, "": ("", "")}
    assert list(rows[0])[-2:] == [SPEED, DUTY]


def test_every_format_says_the_same(inquiry, coded, tmp_path):
    parquet = pq.read_table(export(inquiry, tmp_path, "parquet", *REASON)).to_pylist()
    columns, told = pyreadstat.read_sav(export(inquiry, tmp_path, "sav", *REASON, "--lang", "en"), output_format="dict")
    spss = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    for rows in (parquet, spss):
        said = {row["Q3"] or "": tuple(shown(row[name]) for name in (SPEED, DUTY)) for row in rows}
        assert said == {**FINAL, "": ("", "")}
    with zipfile.ZipFile(export(inquiry, tmp_path, "xlsx", *REASON)) as workbook:
        sheets = b"".join(workbook.read(name) for name in workbook.namelist()).decode(errors="ignore")
    assert all(name in sheets for name in (SPEED, DUTY, "このテーマがある", "コーエンのκ"))
    assert told.variable_value_labels[SPEED] == {0.0: "Theme not seen in the text", 1.0: "Theme seen in the text"}
    assert told.column_names_to_labels[DUTY].endswith("— Responsibility")


def test_codebooks_name_the_codes_and_how_far_two_agree(inquiry, coded, tmp_path):
    with zipfile.ZipFile(export(inquiry, tmp_path, "bundle", *REASON)) as bundle:
        files = {name.partition("/")[2] or name: bundle.read(name) for name in bundle.namelist()}

    book = json.loads(files["codebook.json"])
    (duty,) = [column for column in book["columns"] if column["name"] == DUTY]
    assert (duty["question"], [value["code"] for value in duty["values"]]) == (None, [0, 1])
    assert duty["label"]["en"].endswith("— Responsibility")
    note = book["notes"]["en"][-1]
    assert (
        "Of 5 texts that two people read without knowing of each other, 60% were seen alike. Cohen's kappa is" in note
    )
    assert note in files["codebook.en.md"].decode()
    assert book["notes"]["ja"][-1] in files["codebook.ja.md"].decode()
    variables = {each.get("name") for each in Xml.fromstring(files["ddi.xml"]).iter("{ddi:codebook:2_5}var")}
    assert {SPEED, DUTY} < variables
    assert DUTY not in json.loads(files["counts.json"])["columns"]


def test_the_same_codings_make_the_same_bundle_which_counts_again_as_before(inquiry, coded, tmp_path):
    first, again = (sha256(export(inquiry, tmp_path, "bundle", *REASON).read_bytes()).hexdigest() for _once in range(2))

    assert first == again
    with zipfile.ZipFile(tmp_path / "responses.bundle") as bundle:
        bundle.extractall(tmp_path)
    (script,) = tmp_path.rglob("rebuild_counts.py")
    assert subprocess.run([sys.executable, "-I", str(script)], capture_output=True, check=False).returncode == 0


def test_without_words_or_before_a_book_is_finished_no_theme_leaves(inquiry, book, people, tmp_path):
    code_all(book, people[0], 0)
    unfinished = table(export(inquiry, tmp_path, "csv", *REASON))
    code_all(book, people[1], 1)
    without_words = table(export(inquiry, tmp_path, "csv"))

    assert [name for rows in (unfinished, without_words) for name in rows[0] if "_code_" in name] == []


def test_of_words_that_were_changed_nothing_is_known_until_they_are_coded_again(inquiry, coded, people, tmp_path):
    answer_as(inquiry, 0, {"Q3": "もっと"})
    before = table(export(inquiry, tmp_path, "csv", *REASON))
    for place, coder in enumerate(people):
        code_all(coded, coder, place, もっと=([2], [2]))

    after = table(export(inquiry, tmp_path, "csv", *REASON))

    assert SPEED not in before[0]
    assert themes(after)["もっと"] == ("0", "1")
