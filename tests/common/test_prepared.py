"""The short way to one row behaves as the long one does."""

import threading
import time

import pytest
from django.db import DataError, OperationalError, connection, transaction

from apps.common.prepared import PreparedRow

BACK = PreparedRow("test_back", "SELECT $1 || '!'::bytea, NULL::bytea")
DIGITS = PreparedRow("test_digits", "SELECT decode(convert_from($1, 'UTF8'), 'hex')")


@pytest.mark.django_db
def test_bytes_go_in_and_bytes_or_nothing_come_out():
    assert BACK.read(b"\x00\xff'") == [b"\x00\xff'!", None]
    assert BACK.read(b"") == [b"!", None]


@pytest.mark.django_db
def test_read_is_counted_like_any_other(django_assert_num_queries):
    with django_assert_num_queries(2):
        BACK.read(b"once")
        BACK.read(b"twice")


@pytest.mark.django_db
def test_error_is_the_one_that_django_raises_and_the_connection_stays_good():
    with pytest.raises(DataError), transaction.atomic():
        DIGITS.read(b"no digits")

    assert DIGITS.read(b"6162") == [b"ab"]


@pytest.mark.django_db(transaction=True)
def test_statement_that_the_server_has_forgotten_is_prepared_again():
    BACK.read(b"known")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert BACK.read(b"again") == [b"again!", None]


@pytest.mark.django_db(transaction=True)
def test_statement_that_the_server_knows_already_is_used():
    another = PreparedRow("test_known", "SELECT $1")
    another.read(b"first")

    assert PreparedRow("test_known", "SELECT $1").read(b"second") == [b"second"]


@pytest.mark.django_db(transaction=True)
def test_lost_connection_is_an_operational_error_and_the_next_request_has_another():
    BACK.read(b"here")
    with pytest.raises(OperationalError):
        PreparedRow("test_end", "SELECT $1, pg_terminate_backend(pg_backend_pid())::text::bytea").read(b"")
    connection.close_if_unusable_or_obsolete()

    assert BACK.read(b"there") == [b"there!", None]


@pytest.mark.django_db(transaction=True)
def test_other_threads_work_while_one_waits_for_the_server():
    slow = PreparedRow("test_slow", "SELECT $1, pg_sleep(2)::text::bytea")
    done = []

    def wait():
        slow.read(b"")
        done.append("slow")
        connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    while "slow" not in done and len(done) < 3:
        done.append("quick")
        time.sleep(0.01)
    thread.join()

    assert done == ["quick", "quick", "quick", "slow"]
