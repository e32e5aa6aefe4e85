from itertools import count

import pytest

from apps.common import recent
from apps.common.recent import recent as remembered


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until a test moves it."""
    hands = {"now": 100.0}
    monkeypatch.setattr(recent.time, "monotonic", lambda: hands["now"])
    monkeypatch.setattr(recent, "SECONDS", 0.25)
    return hands


def test_read_is_remembered_for_a_moment_and_then_asked_again(clock):
    numbers = count(1)
    read = remembered(lambda: next(numbers))

    first, at_once = read(), read()
    clock["now"] += 0.25

    assert (first, at_once, read()) == (1, 1, 2)


def test_answers_are_kept_apart_by_what_was_asked(clock):
    read = remembered(lambda slug: [slug])

    assert (read("one"), read("two"), read("one")) == (["one"], ["two"], ["one"])


def test_nothing_there_is_not_remembered(clock):
    answers = iter([None, 7])
    read = remembered(lambda: next(answers))

    assert (read(), read()) == (None, 7)


def test_memory_does_not_grow_with_invented_addresses(clock, monkeypatch):
    monkeypatch.setattr(recent, "MOST_KEPT", 3)
    asked = []
    read = remembered(lambda slug: asked.append(slug) or slug)

    for slug in ("a", "b", "c", "d", "a"):
        read(slug)

    assert asked == ["a", "b", "c", "d", "a"]
