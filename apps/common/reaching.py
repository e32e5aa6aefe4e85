"""Whether the database of DATABASE_URL answers: asked once, before a pool of connections asks again and again."""

import time

import psycopg
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

WAIT_SECONDS = 10.0  # for a server that is being started at the same time as we are
NOT_YET = ("starting up", "in recovery mode", "shutting down")


def wait_for_database(database: BaseDatabaseWrapper, seconds: float = WAIT_SECONDS) -> None:
    """Return when it answers; raise with its reason when it refuses us, or when it stays away for so long."""
    parameters = database.get_connection_params()
    parameters.pop("pool", None)
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(**parameters, connect_timeout=max(2, int(seconds))).close()
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())
            refused = "FATAL" in reason and not any(words in reason for words in NOT_YET)
            if refused or time.monotonic() > deadline:
                raise OperationalError(reason) from error
            time.sleep(0.25)
        else:
            return
