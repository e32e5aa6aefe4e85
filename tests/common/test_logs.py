import logging
import sys

import pytest
from django.db import Error, connection

from apps.common.logs import DiscreetFormatter

SECRET = "my own words\nand a second line\n\nDuring a third"


def logged(error: BaseException) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "It failed: %s", (error,), sys.exc_info())
    return DiscreetFormatter("{levelname} {message}", style="{").format(record)


@pytest.mark.django_db
def test_log_of_a_refused_row_says_which_promise_broke_and_not_what_was_written():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept (words text CONSTRAINT words_are_short CHECK (length(words) < 5))")
        with pytest.raises(Error) as refused:
            cursor.execute("INSERT INTO kept VALUES (%s)", [SECRET])

    try:
        raise RuntimeError("what the view made of it") from refused.value
    except RuntimeError as error:
        text = logged(error)

    assert "words_are_short" in text
    assert "RuntimeError: what the view made of it" in text
    assert not any(line in text for line in SECRET.splitlines() if line)


def test_line_without_details_stays_as_it_is():
    record = logging.LogRecord("toikake", logging.WARNING, __file__, 1, "The epoch of %s waits.", ("one",), None)

    assert DiscreetFormatter("{levelname} {message}", style="{").format(record) == "WARNING The epoch of one waits."
