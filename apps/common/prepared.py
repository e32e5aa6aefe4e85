"""One row by a statement that the server keeps prepared, for the few reads that readers repeat all day.

The way through cursors, adapters and an event loop costs such a read more than the database takes for it. This one
hands libpq bytes and takes bytes. It goes with whatever transaction is under way, and fails as any other read does.
"""

import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format, TransactionStatus

BYTEA = 17  # the type of every value, as PostgreSQL numbers it
# Of the name: psycopg forgets all names after a rollback, and a pooler between us and the server may change its end.
UNKNOWN, KNOWN_ALREADY = b"26000", b"42P05"


class PreparedRow:
    """A statement with the places `$1` … for bytes, whose one row has columns of bytes or null only."""

    def __init__(self, name: str, statement: str) -> None:
        self.name, self.statement = name.encode(), statement
        self.prepared: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()  # on which connections

    def read(self, *values: bytes) -> list[bytes | None]:
        wrapper = connections[DEFAULT_DB_ALIAS]
        wrapper.ensure_connection()
        begun = time.monotonic()
        with wrapper.wrap_database_errors:
            result = self._result(wrapper.connection, values)
        if wrapper.queries_logged:
            wrapper.queries_log.append({"sql": self.statement, "time": f"{time.monotonic() - begun:.3f}"})
        return [result.get_value(0, column) for column in range(result.nfields)]

    def _result(self, connection: Any, values: tuple[bytes, ...]) -> Any:
        server, types, formats = connection.pgconn, [BYTEA] * len(values), [Format.BINARY] * len(values)
        if server.transaction_status != TransactionStatus.IDLE:  # which a name that is not known would end
            return checked(server, server.exec_params(self.statement.encode(), values, types, formats, Format.BINARY))
        if connection not in self.prepared:
            self._prepare(server, types)
            self.prepared[connection] = True
        result = server.exec_prepared(self.name, values, formats, Format.BINARY)
        if result.error_field(DiagnosticField.SQLSTATE) == UNKNOWN:
            self._prepare(server, types)
            result = server.exec_prepared(self.name, values, formats, Format.BINARY)
        return checked(server, result)

    def _prepare(self, server: Any, types: list[int]) -> None:
        result = server.prepare(self.name, self.statement.encode(), types)
        if result.error_field(DiagnosticField.SQLSTATE) != KNOWN_ALREADY:
            checked(server, result)


def checked(server: Any, result: Any) -> Any:
    """The result, or the error that psycopg would have raised."""
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return result
    if server.status != ConnStatus.OK:
        raise psycopg.OperationalError(result.get_error_message())
    raise psycopg.errors.error_from_result(result)
