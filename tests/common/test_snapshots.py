"""Several reads of one moment, and work that only one process does."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from apps.common.snapshots import one_moment, only_run
from tests.debates.factories import make_debate, make_statement

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], object]) -> object:
    """In a connection of its own."""
    found: list[object] = []

    def do() -> None:
        found.append(work())
        connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    return found[0]


def test_what_is_written_meanwhile_is_not_seen():
    debate = make_debate(statements=1)

    with one_moment():
        before = debate.statements.count()
        elsewhere(lambda: make_statement(debate, 2))
        during = debate.statements.count()

    assert (before, during, debate.statements.count()) == (1, 1, 2)


def test_only_one_is_alone_until_it_ends():
    def try_it(name: str) -> bool:
        with only_run(name) as alone:
            return alone

    with only_run("map of 1") as alone:
        meanwhile = [elsewhere(lambda name=name: try_it(name)) for name in ("map of 1", "map of 2")]

    assert (alone, meanwhile, elsewhere(lambda: try_it("map of 1"))) == (True, [False, True], True)


def test_who_fails_lets_go():
    with pytest.raises(ArithmeticError), only_run("map of 1"):
        raise ArithmeticError

    with only_run("map of 1") as alone:
        assert alone
