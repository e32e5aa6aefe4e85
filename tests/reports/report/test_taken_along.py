"""The report in a bundle: made again from the answers, without us, to the last byte."""

import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.maps.making import draw_map
from apps.inquiries.actions import compare_arms
from apps.inquiries.models import Inquiry
from apps.reports.report.taken_along.files import ROOT, code_files
from apps.surveys.actions import publish_version
from tests.debates.planting import drawn, plant_ballots
from tests.reports.exports.factories import export
from tests.reports.factories import answer_as, every_kind_document, make_inquiry, publish
from tests.reports.report.factories import a_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(rows_of_the_module):
    """Two versions, all kinds, arms, votes with a map, an epoch before."""
    import numpy as np

    inquiry = compare_arms(inquiry=make_inquiry(), expected=300)
    a_crowd(inquiry, 40)
    publish_version(inquiry=inquiry, document=every_kind_document())
    for number in range(100, 200):
        coins = {"arm": number % 3, "dir_main": number % 2}
        answers = {
            "Q1": number % 5 + 1,
            "S": number % 11,
            "N": number % 40,
            "M": [number % 3 + 1],
            "P1": number % 5 + 1,
        }
        answer_as(inquiry, number, {**answers, "D": "2026-04-01", "B1": number % 6 + 1}, coins=coins, finished=True)
    publish(inquiry, force=True)
    plant_ballots(open_debate(inquiry=inquiry), drawn(np.outer(np.linspace(-2, 2, 40), np.linspace(2, -2, 24))))
    assert draw_map(debate=inquiry.debate, now=timezone.now())
    return inquiry.pk


@pytest.fixture
def rich(made, db):
    return Inquiry.objects.get(pk=made)


@pytest.fixture(scope="module")
def bundle(made, tmp_path_factory):
    return unpacked(Inquiry.objects.get(pk=made), tmp_path_factory.mktemp("bundle"))


def unpacked(inquiry, tmp_path):
    with zipfile.ZipFile(export(inquiry, tmp_path, "bundle")) as packed:
        packed.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def run(folder, *words):
    """As somebody runs it who has the file and nothing of ours: no path, no settings, no working folder."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "report" / "rebuild_report.py"), *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        timeout=300,
        check=False,
    )


def test_the_script_makes_the_same_report_of_the_answers_byte_for_byte(bundle):
    done, printed = run(bundle), run(bundle, "--print")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"report.json is what the answers give.\n", b"")
    assert printed.stdout == (bundle / "report" / "report.json").read_bytes()
    told = json.loads(printed.stdout)["parts"]
    assert [name for name in ("questions", "rankings", "twice", "arrival", "ways", "map") if not told[name]] == []


def test_another_answer_makes_another_report(bundle, tmp_path):
    folder = shutil.copytree(bundle, tmp_path / "another")
    lines = (folder / "responses.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "responses.csv").write_text("".join(lines[:-1]), encoding="utf-8")

    done = run(folder)

    assert (done.returncode, done.stderr) == (1, b"report.json is not what the answers give.\n")


def test_an_inquiry_with_few_answers_has_a_bundle_too(tmp_path):
    inquiry = make_inquiry("few")
    answer_as(inquiry, 1, {"Q1": 3})

    assert run(unpacked(inquiry, tmp_path)).returncode == 0


def test_nobody_s_words_times_or_pseudonyms_go_along(rich, tmp_path):
    answer_as(rich, 999, {"Q1": 3, "Q3": "ひみつの言葉"})

    folder = unpacked(rich, tmp_path)

    for file in (folder / "report").glob("*.json"):
        text = file.read_text(encoding="utf-8")
        assert "ひみつの言葉" not in text
        assert "pseudonym" not in text


def test_the_code_that_goes_along_knows_neither_django_nor_a_database():
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in code_files()}

    assert "apps/analysis/intervals.py" in texts
    assert [name for name, text in texts.items() if re.search(r"^\s*(from|import) (django|psycopg)", text, re.M)] == []
