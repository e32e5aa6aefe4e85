"""The bundle: the same bytes again, a codebook that fits the files, a script that counts as we count."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections import Counter
from xml.etree import ElementTree as Xml

import pytest

from apps.debates.models import Ballot, Debate
from apps.reports.actions import gather
from apps.responses.models import Response
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import published_instrument
from tests.debates.factories import make_statement, vote_on_all
from tests.debates.tidy.reading import read_debate
from tests.reports.exports.ddi_structure import faults
from tests.reports.exports.factories import export, small_inquiry, table
from tests.reports.factories import answer_as, publish
from tests.responses.factories import make_identity, make_inquiry

pytestmark = pytest.mark.django_db

DDI = {"d": "ddi:codebook:2_5"}
FILES = [
    "README.md", "checksums.txt", "codebook.en.md", "codebook.ja.md", "codebook.json", "counts.json", "ddi.xml",
    "questionnaire-v2.json", "rebuild_counts.py", "responses.csv", "responses.parquet", "settings.json",
]  # fmt: skip


def unpacked(inquiry, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(export(inquiry, tmp_path, "bundle")) as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return folder


def test_everything_is_there_and_has_its_checksum(tmp_path):
    folder = unpacked(small_inquiry(), tmp_path)

    assert sorted(each.name for each in folder.iterdir() if each.is_file()) == FILES
    sums = dict(line.split("  ")[::-1] for line in (folder / "checksums.txt").read_text().splitlines())
    assert sums == {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.rglob("*")
        if each.is_file() and each.name != "checksums.txt"
    }
    version = SurveyVersion.objects.get(number=2)
    assert sums["questionnaire-v2.json"] == version.sha256


def test_the_same_answers_give_the_same_bytes(tmp_path):
    inquiry = small_inquiry()
    first = export(inquiry, tmp_path, "bundle").read_bytes()

    assert export(inquiry, tmp_path, "bundle").read_bytes() == first
    assert [each.name for each in tmp_path.iterdir()] == ["responses.bundle"]


def debated_inquiry():
    """Two readers answer and vote, a third one only votes."""
    inquiry = small_inquiry()
    debate = Debate.objects.create(inquiry=inquiry)
    for number in (1, 2, 3):
        make_statement(debate, number)
    for token, choices in ((1, "+-?"), (2, "-+"), (9, "00+")):
        vote_on_all(debate, make_identity(inquiry, bytes([token])), choices)
    return inquiry


def test_votes_lie_beside_the_answers_and_lead_to_none_of_them(tmp_path):
    inquiry = debated_inquiry()

    folder = unpacked(inquiry, tmp_path)

    debate = read_debate(folder / "debate")
    assert sorted(Counter(reader for reader, _statement in debate.votes).values()) == [2, 3, 3]
    sums = [line.split("  ")[1] for line in (folder / "checksums.txt").read_text().splitlines()]
    assert sums == sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*.*") if each != folder / "checksums.txt"
    )
    answers = table(folder / "responses.csv")
    of_readers = {name for file in ("votes", "groups") for name in table(folder / "debate" / f"{file}.csv")[0]}
    assert of_readers & set(answers[0]) == set()
    books = json.loads((folder / "debate" / "codebook.json").read_text())["files"]
    assert [name for name, book in books.items() if "day" in book["columns"]] == []
    known = {row["response_id"] for row in answers} | {
        bytes(key).hex() for key in Ballot.objects.values_list("pk", flat=True)
    }
    written = "".join(file.read_text() for file in (folder / "debate").iterdir())
    assert [name for name in known if name in written] == []
    assert "| debate/ |" in (folder / "README.md").read_text()


def test_the_same_votes_give_the_same_bytes(tmp_path):
    inquiry = debated_inquiry()
    first = export(inquiry, tmp_path, "bundle").read_bytes()

    assert export(inquiry, tmp_path, "bundle").read_bytes() == first


def run_script(folder, *options):
    command = [sys.executable, "-I", str(folder / "rebuild_counts.py"), *options]
    return subprocess.run(command, capture_output=True, check=False)


def test_the_script_makes_the_counts_again_byte_for_byte(tmp_path):
    folder = unpacked(small_inquiry(), tmp_path)

    printed = run_script(folder, "--print")

    assert (printed.returncode, printed.stderr) == (0, b"")
    assert printed.stdout == (folder / "counts.json").read_bytes()
    assert run_script(folder).returncode == 0


def test_the_script_notices_an_answer_that_was_changed(tmp_path):
    folder = unpacked(small_inquiry(), tmp_path)
    csv = folder / "responses.csv"
    csv.write_bytes(csv.read_bytes().replace(b'"98"', b'"97"', 1))

    assert run_script(folder).returncode == 1


def test_counts_are_those_of_the_published_results(tmp_path):
    inquiry = make_inquiry()
    for reader in range(40):
        chosen = {"Q1": reader % 3 + 1, "Q2": {"a": 1 + reader % 2, "b": 98}, "Q6": 1 + reader % 2, "Q9": [1, 2]}
        answer_as(inquiry, reader, chosen)
    content = publish(inquiry).content

    counts = json.loads((unpacked(inquiry, tmp_path) / "counts.json").read_text())

    tally = gather(inquiry, published_instrument(inquiry.pk), None).tally
    for slot, found in tally.slots.items():
        name = "_".join(str(part) for part in (slot.question, slot.part, slot.option) if part is not None)
        given = {int(code): count for code, count in counts["columns"][name]["codes"].items()}
        assert given == {code: int(found[code]) for code in given}, name
        assert sum(given.values()) + counts["columns"][name]["not_shown"] == 40
    shown = next(entry for entry in content["questions"] if entry["id"] == "Q1")
    assert {code: counts["columns"]["Q1"]["codes"][code] for code in shown["counts"]} == shown["counts"]


def test_codebook_names_the_columns_of_the_file_and_every_code_in_it(tmp_path):
    folder = unpacked(small_inquiry(), tmp_path)
    codebook, rows = json.loads((folder / "codebook.json").read_text()), table(folder / "responses.csv")

    named = [name for each in codebook["columns"] for name in (each["name"], each["label_column"]) if name is not None]
    assert named == list(rows[0])
    for each in codebook["columns"]:
        if each["values"]:
            known = {str(value["code"]) for value in each["values"]}
            assert {row[each["name"]] for row in rows} <= known | {""}, each["name"]
    q5 = next(each for each in codebook["columns"] if each["name"] == "Q5")
    assert {value["code"]: value["missing"] for value in q5["values"] if value["missing"]} == {
        97: "skipped",
        98: "dont_know",
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_codebook_for_people_holds_every_question_in_its_language(tmp_path, language):
    inquiry = small_inquiry()
    text = (unpacked(inquiry, tmp_path) / f"codebook.{language}.md").read_text()

    definition = published_instrument(inquiry.pk).definition
    assert all(" ".join(question.stem[language].split()) in text for question in definition.questions)
    assert "模擬" not in text.replace("模擬回答か", "")


def test_ddi_holds_what_an_archive_asks_for(tmp_path):
    folder = unpacked(small_inquiry(), tmp_path)

    root = Xml.parse(folder / "ddi.xml").getroot()

    assert root.tag == "{ddi:codebook:2_5}codeBook"
    assert [each.tag.split("}")[1] for each in root] == ["stdyDscr", "fileDscr", "dataDscr"]
    for path in ("titl", "IDNo"):
        assert root.find(f"d:stdyDscr/d:citation/d:titlStmt/d:{path}", DDI).text
    assert root.find("d:fileDscr/d:fileTxt/d:dimensns/d:caseQnty", DDI).text == "3"
    names = [each["name"] for each in json.loads((folder / "codebook.json").read_text())["columns"]]
    variables = root.findall("d:dataDscr/d:var", DDI)
    assert [each.get("name") for each in variables] == names
    assert len({each.get("ID") for each in root.iter() if each.get("ID")}) == len(
        [each for each in root.iter() if each.get("ID")]
    )
    q1 = next(each for each in variables if each.get("name") == "Q1")
    assert [child.tag.split("}")[1] for child in q1 if child.tag.split("}")[1] != "catgry"] == [
        "labl", "labl", "qstn", "invalrng", "varFormat",
    ]  # fmt: skip
    assert {
        each.find("d:catValu", DDI).text: (each.get("missing"), each.find("d:catStat", DDI).text)
        for each in q1.findall("d:catgry", DDI)
    } == {"5": ("N", "0"), "4": ("N", "1"), "3": ("N", "1"), "2": ("N", "0"), "1": ("N", "0"),
          "98": ("Y", "0"), "97": ("Y", "1")}  # fmt: skip


@pytest.mark.parametrize("fields", [{}, {"simulated": True}, {"title": {"en": "<b>&\x0b]]>", "ja": "問い"}}])
def test_ddi_is_built_as_its_schema_wants(tmp_path, fields):
    root = Xml.parse(unpacked(small_inquiry(**fields), tmp_path) / "ddi.xml").getroot()

    assert faults(root) == []


def test_ddi_of_an_inquiry_without_answers_is_whole(tmp_path):
    assert faults(Xml.parse(unpacked(make_inquiry(), tmp_path) / "ddi.xml").getroot()) == []


def test_faults_of_ddi_would_be_seen(tmp_path):
    root = Xml.parse(unpacked(small_inquiry(), tmp_path) / "ddi.xml").getroot()
    study, file, data = root
    root.remove(study)
    variable = data[0]
    variable.set("nature", "pretty")
    variable.set("ID", "F1")
    variable.append(variable[0])
    Xml.SubElement(file, "{ddi:codebook:2_5}colour")

    assert sorted(faults(root)) == [
        "codeBook: 0 of stdyDscr",
        "fileDscr: unknown ['colour']",
        "two of F1",
        "var: nature 'pretty'",
        "var: order ['labl', 'labl', 'varFormat', 'labl']",
    ]


def test_simulated_answers_are_marked_in_every_file(tmp_path):
    inquiry = small_inquiry(simulated=True)
    Response.objects.update(simulated=True)
    folder = unpacked(inquiry, tmp_path)

    for name in ("README.md", "codebook.ja.md", "ddi.xml", "codebook.json"):
        assert "模擬回答が含まれます" in (folder / name).read_text(), name
    assert json.loads((folder / "counts.json").read_text())["simulated"] is True
    assert {row["simulated"] for row in table(folder / "responses.csv")} == {"1"}


def test_words_of_others_mean_nothing_in_markdown_and_xml(tmp_path):
    inquiry = small_inquiry(title={"ja": "<b>|*問い*\x0b & #", "en": "x"})

    folder = unpacked(inquiry, tmp_path)

    assert Xml.parse(folder / "ddi.xml").find(".//d:titl", DDI).text == "<b>|*問い* & #"
    assert "&#60;b&#62;&#124;&#42;問い&#42; &#38; &#35;" in (folder / "README.md").read_text()
