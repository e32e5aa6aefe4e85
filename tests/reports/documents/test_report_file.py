"""`report --format pdf`: the report of this moment, and one that was published."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.reports.models import FrozenReport
from apps.surveys.definition import document_hash
from apps.surveys.queries import published_instrument
from tests.reports.documents.reading import words_of
from tests.reports.factories import make_inquiry
from tests.reports.report.factories import a_crowd, content_of

pytestmark = pytest.mark.django_db


def written(slug, path, **options) -> bytes:
    call_command("report", slug, format="pdf", out=path, replace=True, stdout=StringIO(), **options)
    return path.read_bytes()


@pytest.fixture
def inquiry():
    made = make_inquiry()
    a_crowd(made, 30)
    return made


def test_the_same_answers_give_the_same_bytes_in_each_language(inquiry, tmp_path):
    ja, en = (written(inquiry.slug, tmp_path / "r.pdf", language=language) for language in ("ja", "en"))

    assert ja != en
    assert written(inquiry.slug, tmp_path / "r.pdf", language="ja") == ja
    assert f"{settings.SITE_URL}/q/one-founder-ai/results/?lang=en" in words_of(en)


def test_a_published_report_has_its_own_title_notes_day_and_place(inquiry, tmp_path):
    content, used = content_of(inquiry), published_instrument(inquiry.pk)
    kept = {"inquiry": inquiry, "version_id": used.version_id, "content": content, "code_version": "1"}
    first = FrozenReport.objects.create(number=1, sha256=document_hash(content), **kept)
    texts = {"title": {"ja": "確定版", "en": "Final"}, "notes": {"ja": "誤字を直しました。", "en": "Typos mended."}}
    FrozenReport.objects.create(number=2, sha256=document_hash(content), corrects=first, **texts, **kept)

    words = words_of(written(inquiry.slug, tmp_path / "r.pdf", language="en", frozen=2))

    assert words.startswith("Reportonareaders'surveyFinal")
    assert ("Typosmended." in words, "Ittakestheplaceofanearlierone." in words) == (True, True)
    assert f"{settings.SITE_URL}/q/one-founder-ai/report/2/?lang=en" in words
    assert document_hash(content) in words


def test_before_anybody_has_answered_there_is_a_document(tmp_path):
    assert "まだ" in words_of(written(make_inquiry().slug, tmp_path / "r.pdf", language="ja"))
