"""Dates as both languages write them."""

from datetime import datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

AT = datetime(2026, 11, 6, 14, 5)
FORMATS = ("SHORT_DATE_FORMAT", "DATE_FORMAT", "SHORT_DATETIME_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["Nov. 6, 2026", "Nov. 6, 2026", "Nov. 6, 2026, 14:05", "Nov. 6, 2026, 14:05", "14:05"]),
        ("ja", ["2026/11/06", "2026年11月6日", "2026/11/06 14:05", "2026年11月6日 14:05", "14:05"]),
    ],
)
def test_no_date_can_be_taken_for_another_day(language, written):
    with override(language):
        assert [date_format(AT, name) for name in FORMATS] == written
