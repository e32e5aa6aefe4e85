"""Connections are looked at before they are lent; the server is asked only where there is something to see."""

import select

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from apps.common.postgresql.base import check_connection
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def server_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def tell(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [name])


def heard(raw: psycopg.Connection) -> None:
    """Something has come from the server, which sends it a moment after the commit."""
    assert select.select([raw.fileno()], [], [], 60)[0]


def end(process: int) -> None:
    """The server closes this connection, as all of them when it stops or is killed; returns when it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [process])
        assert cursor.fetchone() == (True,)


def test_connection_at_rest_is_lent_again_without_a_word(monkeypatch):
    connection.ensure_connection()
    asked = []
    monkeypatch.setattr("psycopg_pool.ConnectionPool.check_connection", asked.append)
    for _request in range(8):
        connection.close()
        server_process()

    assert asked == []


def test_pool_checks_by_looking():
    connection.ensure_connection()

    assert connection.pool._check is check_connection


def test_connection_that_the_server_closed_is_not_lent():
    def dead_one(_number):
        process = server_process()
        connection.close()
        return process

    (dead,) = at_once(dead_one, [0])
    end(dead)

    assert dead not in at_once(lambda _: server_process(), range(16))


def test_connection_on_which_something_came_is_asked_and_good(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("LISTEN something")
    at_once(lambda _: tell("something"), [0])
    heard(connection.connection)
    asked, ask = [], ConnectionPool.check_connection
    monkeypatch.setattr(ConnectionPool, "check_connection", lambda lent: (asked.append(lent), ask(lent)))

    check_connection(connection.connection)

    assert asked == [connection.connection]
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN *")


def test_closed_connection_is_told():
    connection.ensure_connection()
    raw = connection.connection
    at_once(lambda _: end(raw.info.backend_pid), [0])
    heard(raw)

    with pytest.raises(psycopg.OperationalError):
        check_connection(raw)
    connection.close()
