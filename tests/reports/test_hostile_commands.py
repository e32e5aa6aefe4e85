"""Commands that write and read files, told what nobody should tell them: one sentence and an exit code."""

import errno
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.inquiries.models import Inquiry
from tests.accounts.cast import publication
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
WRITERS = [("report", kind) for kind in ("json", "html", "pdf")] + [
    ("export_responses", kind) for kind in ("csv", "bundle")
]
FOREIGN = ["", "nowhere", "../one-founder-ai", "one-founder-ai ", "\udcff", "\x00", "a" * 10_000, "橋", "%", "'--"]


def refusal(command: str, *words: object, **options: object) -> tuple[str, int]:
    with pytest.raises(CommandError) as refused:
        call_command(command, *words, stdout=StringIO(), stderr=StringIO(), **options)
    return str(refused.value), refused.value.returncode


@pytest.fixture
def inquiry() -> Inquiry:
    return make_inquiry()


@pytest.mark.parametrize(("command", "kind"), WRITERS)
@pytest.mark.parametrize("slug", FOREIGN, ids=ascii)
def test_an_inquiry_that_is_not_there_is_named(inquiry, tmp_path, command, kind, slug):
    sentence, code = refusal(command, slug, format=kind, out=tmp_path / "r")

    assert sentence.startswith("There is no inquiry ")
    assert (code, list(tmp_path.iterdir())) == (2, [])


def places(folder: Path) -> dict[str, Path]:
    (folder / "file").write_text("kept")
    (folder / "folder").mkdir()
    return {
        "no such folder": folder / "none" / "r",
        "below a file": folder / "file" / "r",
        "a folder": folder / "folder",
        "too long": folder / ("長" * 300),
        "no name": Path(),
        "not to be written": Path("/proc/r"),
        "a device": Path("/dev/null/r"),
    }


@pytest.mark.parametrize(("command", "kind"), WRITERS)
def test_places_that_cannot_be_written_are_named(inquiry, tmp_path, command, kind):
    answer_as(inquiry, 1, {"Q1": 4})

    for about, place in places(tmp_path).items():
        sentence, code = refusal(command, inquiry.slug, format=kind, out=place, replace=True)

        assert (about, sentence.partition(" cannot be written: ")[0], code) == (about, str(place), 2)
        assert len(sentence.splitlines()) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_a_backup_is_not_written_where_it_cannot_be(inquiry, tmp_path):
    for about, place in places(tmp_path).items():
        sentence, code = refusal("backup", place, replace=True)

        assert (about, sentence.partition(" cannot be written: ")[0], code) == (about, str(place), 2)


@pytest.mark.parametrize(("command", "kind"), [("report", "json"), ("report", "html"), ("report", "pdf"), *WRITERS[3:]])
@pytest.mark.parametrize("readers", [0, 1])
def test_with_nobody_or_one_there_is_a_file(inquiry, tmp_path, command, kind, readers):
    for reader in range(readers):
        answer_as(inquiry, reader, {})
    out = StringIO()

    call_command(command, inquiry.slug, format=kind, out=tmp_path / "r", stdout=out, stderr=StringIO())

    assert f" {readers} " in out.getvalue()
    assert (tmp_path / "r").stat().st_size > 0


@pytest.mark.parametrize("number", [0, -1, 10**20])
def test_a_report_that_was_not_published_is_not_there(inquiry, tmp_path, number):
    sentence, code = refusal("report", inquiry.slug, format="json", out=tmp_path / "r", frozen=number)

    assert (sentence, code) == (f"'one-founder-ai' has no published report {number}.", 1)


def test_an_inquiry_without_questions_has_no_report(tmp_path):
    Inquiry.objects.create(publication=publication(), slug="bare", title={})

    assert refusal("report", "bare", format="json", out=tmp_path / "r")[1] == 2
    assert refusal("export_responses", "bare", format="csv", out=tmp_path / "r")[1] == 2


@pytest.mark.parametrize("place", ["none", "folder", "\udcff", "a" * 300, "file/x"], ids=ascii)
def test_a_backup_that_is_not_there_is_not_put_back(tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")

    sentence, code = refusal("restore", tmp_path / place)

    assert (len(sentence.splitlines()), code) == (1, 2)
    assert errno.errorcode[errno.ENOENT] not in sentence
