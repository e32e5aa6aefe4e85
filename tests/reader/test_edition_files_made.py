"""Files of a published report while the worker makes them, and again."""

import numpy as np
import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.maps.making import draw_map
from apps.debates.models import Statement
from apps.reports.models import Document
from apps.reports.report.live import statements_of
from apps.reports.tasks import make_edition_files
from tests.debates.planting import drawn, plant_ballots
from tests.reports.documents.reading import words_of
from tests.reports.report.factories import a_crowd, published
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
PDF = "/q/one-founder-ai/report/1/report.pdf"


@pytest.fixture
def inquiry():
    found = make_inquiry()
    a_crowd(found)
    return found


def test_until_the_worker_has_made_it_the_page_says_to_come_back(client, inquiry):
    published(inquiry)

    page = client.get(PDF)

    assert (page.status_code, page["Retry-After"]) == (503, "5")


def test_a_statement_that_was_withdrawn_is_in_no_file_any_more(client, inquiry):
    debate = open_debate(inquiry=inquiry)
    plant_ballots(debate, drawn(np.outer(np.linspace(-2, 2, 40), np.linspace(2, -2, 24))))
    draw_map(debate=debate, now=timezone.now())
    published(inquiry)
    make_edition_files(timestamp=0)
    told = [each.text for each in statements_of(inquiry, "ja").values()]
    before = words_of(client.get(PDF).content)
    gone = next(text for text in told if "".join(text.split()) in before)

    Statement.objects.filter(debate=debate, texts__ja=gone).update(state="withdrawn", text="", texts={})
    later = client.get(PDF).status_code
    make_edition_files(timestamp=0)

    after = words_of(client.get(PDF).content)
    assert later in {200, 503}
    assert "".join(gone.split()) not in after
    assert Document.objects.filter(name="report-ja.pdf").count() == 1
