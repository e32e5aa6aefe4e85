"""Answers as CSV: what is in it, what is not, and that it says what was answered."""

import re

import pytest
from django.core.management import CommandError
from django.utils import timezone

from apps.accounts.models import AuditEntry
from apps.reports.exports import runs
from apps.responses import export_records, json_columns
from apps.responses.actions import erase_response
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from tests.reports.exports.factories import export, run, small_inquiry, table
from tests.reports.factories import answer_as, every_kind_document
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

ABOUT = ("version", "language", "day", "status", "device", "finished", "screen", "simulated", "arm", "order_dir_main")


def row_of(rows, **wanted):
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def test_a_row_holds_every_closed_answer_with_its_label(tmp_path):
    rows = table(export(small_inquiry(), tmp_path, "csv", "--lang", "en"))

    full = row_of(rows, Q1="4")
    today = timezone.localdate().isoformat()
    assert len(rows) == 3
    assert {name: full[name] for name in ABOUT} == {
        "version": "2", "language": "ja", "day": today, "status": "complete", "device": "phone", "finished": "1",
        "screen": full["screen"], "simulated": "0", "arm": "1", "order_dir_main": "0",
    }  # fmt: skip
    answers = {
        "Q1": "4", "Q1_label": "Somewhat desirable", "Q2_a": "3", "Q2_b": "98", "Q4": "98", "Q5": "97",
        "Q5_label": "Seen and left blank", "Q7": "7", "Q9_1": "3", "Q9_2": "1", "Q9_3": "", "Q9_3_label": "",
        "M_1": "1", "M_2": "0", "M_3": "1", "M_98": "0", "S": "0", "N_given": "1", "N": "7", "D": "2026-04-01",
        "Q3_given": "1", "Q1L": "", "A_given": "", "A": "",
    }  # fmt: skip
    assert {name: full[name] for name in answers} == {**answers, "Q1_label": full["Q1_label"]}
    assert full["Q1_label"].lower().endswith("desirable")


def test_left_blank_and_not_shown_are_told_apart(tmp_path):
    rows = table(export(small_inquiry(), tmp_path))

    blank, short = row_of(rows, Q1="97"), row_of(rows, Q1="3")
    assert [each["arm"] for each in (blank, short)] == ["", ""]
    names = ("Q1L", "Q2_a", "Q2_b", "Q9_1", "Q9_3", "M_1", "N_given", "N", "D_given", "D", "Q3_given", "Q4")
    assert [blank[name] for name in names] == ["", *["97"] * 6, "", "97", "", "97", ""]
    assert [short[name] for name in names] == ["1", *[""] * 11]


def test_bytes_are_quoted_marked_and_ended_as_spreadsheets_like_it(tmp_path):
    written = export(small_inquiry(), tmp_path).read_bytes()

    lines = written.decode("utf-8-sig").split("\r\n")
    assert written.startswith(b'\xef\xbb\xbf"response_id"')
    assert len(lines) == 5
    assert lines[-1] == ""
    assert all(re.fullmatch(r'"[^"]*"(,"[^"]*")*', line) for line in lines[:-1])


def test_words_stay_out_unless_they_are_asked_for(tmp_path):
    inquiry = small_inquiry()

    without = export(inquiry, tmp_path).read_text()
    with_words = table(export(inquiry, tmp_path, "csv", "--raw-text", "--reason", "coding of answers"))

    assert "思う" not in without
    assert '期待"' not in without
    full = row_of(with_words, Q1="4")
    assert (full["Q3"], full["Q3c"], full["Q7_text"]) == ("'=1+1と、\n思う", "yes", "'＋期待")
    assert list(
        AuditEntry.objects.filter(action="responses.exported").order_by("pk").values_list("target", "detail")
    ) == [
        ("one-founder-ai", {"format": "csv", "responses": 3, "raw_text": raw, "reason": why})
        for raw, why in ((False, ""), (True, "coding of answers"))
    ]


def test_nothing_leads_to_a_reader_or_to_another_export(tmp_path):
    inquiry = small_inquiry()
    one = export(inquiry, tmp_path).read_text()
    again = table(export(inquiry, tmp_path, "csv", "--seed", 2))

    ids = [row["response_id"] for row in table(tmp_path / "responses.csv")]
    assert all(bytes(who).hex() not in one for who in Response.objects.values_list("pk", flat=True))
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in ids)
    assert len({*ids}) == 3
    assert not {*re.findall("[0-9a-f]{16}", one)} & {row["response_id"] for row in again}


def test_the_order_of_rows_says_nothing_of_who_came_first(tmp_path):
    inquiry = small_inquiry()
    before = export(inquiry, tmp_path).read_bytes()
    Response.objects.filter(answers__Q1=4).update(screen=1)
    Response.objects.filter(answers__Q1=97).update(screen=1)

    assert export(inquiry, tmp_path).read_bytes() == before


def test_erased_readers_are_not_there(tmp_path):
    inquiry = small_inquiry()
    erase_response(pseudonym=make_identity(inquiry, b"reader 00000002").pseudonym)

    rows = table(export(inquiry, tmp_path))

    assert sorted(row["Q1"] for row in rows) == ["4", "97"]


def test_versions_are_merged_by_code_and_retired_options_keep_their_label(tmp_path):
    inquiry = small_inquiry()
    document = every_kind_document()
    q6 = next(item for item in document["items"] if item["id"] == "Q6")
    q6["options"][0] |= {"retired": True}
    publish_version(inquiry=inquiry, document=document)
    answer_as(inquiry, 4, {"Q1": 5, "Q6": 2})

    rows = table(export(inquiry, tmp_path, "csv", "--lang", "en"))

    assert sorted((row["version"], row["Q6"], row["Q6_label"] != "") for row in rows) == [
        ("2", "", False), ("2", "", False), ("2", "1", True), ("3", "2", True),
    ]  # fmt: skip


def test_simulated_answers_are_marked(tmp_path):
    inquiry = small_inquiry(simulated=True)
    Response.objects.update(simulated=True)

    path = tmp_path / "r.csv"
    said = run("export_responses", inquiry.slug, "--format", "csv", "--out", path)

    assert said == f"one-founder-ai: 3 responses written to {path}, simulated answers among them.\n"
    assert {row["simulated"] for row in table(path)} == {"1"}


def test_an_inquiry_without_answers_gives_a_head_without_rows(tmp_path):
    inquiry = small_inquiry()
    Response.objects.all().delete()

    path = export(inquiry, tmp_path)

    assert table(path) == []
    assert b'"Q1","Q1_label"' in path.read_bytes()


def test_a_file_that_is_there_is_kept(tmp_path):
    inquiry = small_inquiry()
    path = tmp_path / "mine.csv"
    path.write_text("mine")

    with pytest.raises(CommandError) as refused:
        run("export_responses", inquiry.slug, "--format", "csv", "--out", path)

    assert (refused.value.returncode, path.read_text()) == (1, "mine")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    ("slug", "options", "sentence"),
    [
        ("nothing", [], "There is no inquiry 'nothing' with a published questionnaire."),
        ("one-founder-ai", ["--raw-text"], "--raw-text needs a --reason"),
        ("one-founder-ai", ["--raw-text", "--reason", " "], "--raw-text needs a --reason"),
        ("one-founder-ai", ["--seed", "-1"], "--seed takes a whole number from 0."),
        ("one-founder-ai", ["--reason", "x" * 301], "--reason takes 300 characters at most."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_leaves_nothing(tmp_path, slug, options, sentence):
    small_inquiry()

    with pytest.raises(CommandError, match=re.escape(sentence)) as refused:
        run("export_responses", slug, "--format", "csv", "--out", tmp_path / "r.csv", *options)

    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []
    assert not AuditEntry.objects.filter(action="responses.exported").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    inquiry = small_inquiry()

    with pytest.raises(CommandError, match="cannot be written: No such file") as refused:
        run("export_responses", inquiry.slug, "--format", "csv", "--out", tmp_path / "no" / "r.csv")

    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (export_records, "RECORDS_AT_ONCE"),
        (export_records, "RECORDS_IN_A_PIECE"),
        (runs, "MOST_COMBINATIONS"),
        (json_columns, "LONGEST_COLUMN"),
    ],
)
def test_how_it_is_made_changes_no_byte(tmp_path, monkeypatch, module, name):
    """A few large pieces or many; cells looked up together or one by one; coins as columns or one by one."""
    inquiry = make_inquiry()
    for number in range(12):
        coins = {"dir_main": number % 2, "ctx_order": number % 3 % 2}
        answers = {"Q1": 1 + number % 5, "Q4": 1 + number % 4, "Q9": [1 + number % 3]}
        record(inquiry, answers, identity=make_identity(inquiry, bytes([number])), coins=coins)
    usual = export(inquiry, tmp_path).read_bytes()

    monkeypatch.setattr(module, name, 1)

    assert export(inquiry, tmp_path).read_bytes() == usual
    assert len(usual.splitlines()) == 13
