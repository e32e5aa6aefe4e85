"""Streams out of the database, in a developer's surroundings too."""

import pytest
from django.db import connection

from apps.common.streams import copied


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_a_stream_takes_values_whatever_django_writes_down(settings, debug):
    settings.DEBUG = debug

    with copied("COPY (SELECT %s::int8 + 1, %s) TO STDOUT", [41, "a\tb"]) as copy:
        rows = list(copy.rows())

    assert rows == [("42", "a\tb")]
    assert connection.queries_logged is debug
