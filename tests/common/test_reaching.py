import time

import pytest
from django.db import OperationalError, connection

from apps.common import reaching
from apps.common.reaching import wait_for_database
from tests.running_site import free_port


class Elsewhere:
    """A database that Django would ask at another place."""

    def __init__(self, **place):
        self.place = place

    def get_connection_params(self):
        return {**connection.get_connection_params(), **self.place}


@pytest.fixture
def pauses(monkeypatch):
    """The pauses before it was asked again."""
    made = []
    sleep = time.sleep
    monkeypatch.setattr(reaching.time, "sleep", lambda seconds: (made.append(seconds), sleep(seconds)))
    return made


def test_database_that_answers_keeps_nobody_waiting(pauses):
    wait_for_database(Elsewhere(dbname="postgres"))

    assert pauses == []


def test_refusal_is_told_at_once_with_its_reason(pauses):
    with pytest.raises(OperationalError, match='database "nowhere" does not exist'):
        wait_for_database(Elsewhere(dbname="nowhere"))

    assert pauses == []


def test_absent_server_is_asked_again_until_the_time_is_over(pauses):
    with pytest.raises(OperationalError, match="Connection refused"):
        wait_for_database(Elsewhere(host="127.0.0.1", port=free_port()), seconds=1.5)

    assert set(pauses) == {0.25}
