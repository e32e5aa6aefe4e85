"""PostgreSQL reports success under a warning when the wait for a synchronous standby is cut short."""

import pytest
from django.db import connection

from apps.common.writing import confirmed
from apps.responses.actions import Busy
from apps.responses.models import Response
from tests.responses.factories import make_inquiry, record

pytestmark = pytest.mark.django_db

SAYING = """
CREATE FUNCTION say_something() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE {level} 'canceling wait for synchronous replication due to user request';
    RETURN NULL;
END $$;
CREATE TRIGGER says_something AFTER INSERT OR UPDATE ON responses_response
    FOR EACH ROW EXECUTE FUNCTION say_something();
"""


def server_says(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAYING.format(level=level))


def test_write_under_a_warning_is_not_acknowledged():
    inquiry = make_inquiry()
    server_says("WARNING")

    with pytest.raises(Busy):
        record(inquiry, {"Q1": 4}, newcomer=True)
    with pytest.raises(Busy):
        record(inquiry, {"Q1": 5})


def test_write_under_a_mere_notice_is_acknowledged():
    inquiry = make_inquiry()
    server_says("NOTICE")

    assert record(inquiry, {"Q1": 4}).created
    assert Response.objects.get().answers == {"Q1": 4}


def test_nobody_listens_once_the_write_is_done():
    connection.ensure_connection()
    before = list(connection.connection._notice_handlers)

    with confirmed():
        assert len(connection.connection._notice_handlers) == len(before) + 1

    assert list(connection.connection._notice_handlers) == before
