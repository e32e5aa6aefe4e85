"""Django's PostgreSQL, with a pool that looks at a connection before it lends it, instead of asking the server.

The question costs a round trip with each request, as much as many a request's whole work. A server that stopped or was
killed has closed its end, and that is seen here without asking; only where something came unasked is the server asked.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool


def check_connection(connection: "Connection[tuple[object, ...]]") -> None:
    """Raises where the connection is dead. Silent is alive: nobody sends anything to a connection at rest."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self) -> Any:
        """Django's own, which names its check itself and lets nobody name another."""
        pool: Any = super().pool
        if pool is not None:
            pool._check = check_connection
        return pool
