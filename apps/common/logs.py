"""Lines of the log: what went wrong and where, never what somebody wrote."""

import logging
from collections.abc import Iterator

import psycopg
from django.db import Error

OPENS_SOMETHING = ("secret", "key")
"""Parts of an address by which somebody is invited, sets up the desk or chooses a new password."""


class DiscreetFormatter(logging.Formatter):
    """PostgreSQL explains a broken promise with the whole row, a reader's words included; its first line is enough."""

    def format(self, record: logging.LogRecord) -> str:
        given = record.args if isinstance(record.args, tuple) else ()
        raised = [record.exc_info[1]] if record.exc_info else []
        for error in [*given, *raised]:
            for link in chain_of(error):
                if isinstance(link, Error | psycopg.Error) and link.args:
                    link.args = (str(link.args[0]).partition("\n")[0],)
        return without_secrets(super().format(record), getattr(record, "request", None))


def without_secrets(line: str, request: object) -> str:
    """Of an address that Django names in a line, without what would open it for whoever reads the log."""
    found = getattr(getattr(request, "resolver_match", None), "kwargs", {})
    for secret in filter(None, map(found.get, OPENS_SOMETHING)):
        line = line.replace(f"{secret}/", "…/")
    return line


def chain_of(error: object) -> Iterator[BaseException]:
    """The exception, what it came from, and what was being handled when it came."""
    open_ends, seen = [error], set()
    while open_ends:
        link = open_ends.pop()
        if isinstance(link, BaseException) and id(link) not in seen:
            seen.add(id(link))
            open_ends += [link.__cause__, link.__context__]
            yield link
