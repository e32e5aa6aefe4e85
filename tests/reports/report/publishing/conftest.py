"""An inquiry that a report can be published of."""

import pytest

from apps.inquiries.models import Inquiry
from tests.reports.factories import make_inquiry
from tests.reports.report.factories import a_crowd
from tests.reports.report.publishing.editions import told_all


@pytest.fixture
def inquiry():
    made = make_inquiry()
    a_crowd(made, 40)
    told_all(made)
    return Inquiry.objects.get(pk=made.pk)
