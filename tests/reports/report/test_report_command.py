"""`report`: the same report as on the desk, as a file; it says what it cannot do and how that ends."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.surveys.definition import canonical
from tests.reports.factories import make_inquiry
from tests.reports.report.factories import a_crowd, content_of
from tests.reports.report.publishing.editions import published, told_all

pytestmark = pytest.mark.django_db


def run(slug, path, kind="json", **options):
    out = StringIO()
    call_command("report", slug, format=kind, out=path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def inquiry():
    made = make_inquiry()
    a_crowd(made, 30)
    return made


def test_json_holds_the_report_of_this_moment_in_one_way_to_write_it(inquiry, tmp_path):
    said = run(inquiry.slug, tmp_path / "r.json")

    written = (tmp_path / "r.json").read_bytes()
    assert said == f"one-founder-ai: a report on 30 answers is in {tmp_path / 'r.json'}.\n"
    assert written == canonical(json.loads(written)) + b"\n"
    assert json.loads(written)["parts"]["questions"] == content_of(inquiry)["parts"]["questions"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_html_is_one_file_that_asks_nobody_for_anything(inquiry, tmp_path, language):
    run(inquiry.slug, tmp_path / "r.html", "html", language=language)

    html = (tmp_path / "r.html").read_text()
    assert f'<html lang="{language}">' in html
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|url\((?!#)[^)]*\)|@import', html) == []
    assert 'id="Q1"' in html


def test_a_published_report_is_written_as_it_was(inquiry, tmp_path):
    told_all(inquiry)
    frozen = published(type(inquiry).objects.get(pk=inquiry.pk))
    a_crowd(inquiry, 45)

    run(inquiry.slug, tmp_path / "r.json", frozen=1)

    assert json.loads((tmp_path / "r.json").read_bytes()) == frozen.content


@pytest.mark.parametrize(
    ("slug", "options", "sentence", "code"),
    [
        ("nowhere", {}, "There is no inquiry 'nowhere' with a published questionnaire.", 2),
        ("one-founder-ai", {"frozen": 3}, "'one-founder-ai' has no published report 3.", 1),
        ("one-founder-ai", {"frozen": -1}, "'one-founder-ai' has no published report -1.", 1),
    ],
)
def test_what_is_not_there_is_said(inquiry, tmp_path, slug, options, sentence, code):
    with pytest.raises(CommandError, match=re.escape(sentence)) as refused:
        run(slug, tmp_path / "r.json", **options)

    assert refused.value.returncode == code
    assert not (tmp_path / "r.json").exists()


def test_a_file_is_replaced_only_when_asked_and_a_folder_that_is_not_there_is_named(inquiry, tmp_path):
    run(inquiry.slug, tmp_path / "r.json")

    with pytest.raises(CommandError, match="is there already; --replace takes its place"):
        run(inquiry.slug, tmp_path / "r.json")
    run(inquiry.slug, tmp_path / "r.json", replace=True)
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        run(inquiry.slug, tmp_path / "none" / "r.json")
