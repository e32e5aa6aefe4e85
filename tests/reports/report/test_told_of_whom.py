"""The report of nobody, of few and of many, and of readers who mean it ill."""

import re

import pytest

from apps.inquiries.models import PrivacyProfile
from apps.reports.report.page import report_html
from tests.reports.factories import answer_as, make_inquiry
from tests.reports.report.factories import a_crowd, figures_of, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("profile", PrivacyProfile.values)
@pytest.mark.parametrize("readers", [0, 1, 10, 35, 60])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_report_is_drawn_whoever_answered(language, readers, profile):
    inquiry = make_inquiry(privacy_profile=profile)
    a_crowd(inquiry, readers)

    html = report_html(told(inquiry, language))

    assert html.count("<h1>") == 1
    assert "None" not in re.sub(r"<[^>]+>", "", html).replace("None. Where", "").replace("None of", "")


def test_words_of_readers_and_editors_are_never_markup():
    inquiry = make_inquiry(title={"ja": "<script>alert(1)</script>", "en": "{{7*7}} <b>"})
    a_crowd(inquiry, 12)

    html = report_html(told(inquiry))

    assert "<script>" not in html
    assert "{{7*7}} &lt;b&gt;" in html


def test_a_lead_that_is_none_is_called_about_level():
    inquiry = make_inquiry()
    for number in range(40):
        answer_as(inquiry, number, {"Q6": 1 if number < 21 else 2})

    assert "About as many chose" in figures_of(told(inquiry))["Q6"].headline
