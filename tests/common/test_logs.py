import logging
import sys

import pytest
from django.db import Error, connection
from django.test import Client

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


@pytest.mark.parametrize("place", ["/desk/invitation/%s/", "/desk/setup/%s/", "/accounts/password/reset/key/1-%s/"])
def test_line_about_a_link_does_not_tell_what_opens_it(caplog, place):
    with caplog.at_level(logging.WARNING, "django.security.csrf"):
        Client(enforce_csrf_checks=True).post(place % "opens-it")

    (record,) = (each for each in caplog.records if each.name == "django.security.csrf")
    line = DiscreetFormatter("{levelname} {message}", style="{").format(record)
    assert line == f"WARNING Forbidden (CSRF cookie not set.): {place % '…'}"


def test_line_without_details_stays_as_it_is():
    record = logging.LogRecord("toikake", logging.WARNING, __file__, 1, "The epoch of %s waits.", ("one",), None)

    assert DiscreetFormatter("{levelname} {message}", style="{").format(record) == "WARNING The epoch of one waits."
