"""Debates whose map takes seconds to make: made once for all tests of a module, which find them as they were."""

import pytest

from apps.debates.models import OpinionMap
from tests.debates.maps.drawing import stored
from tests.debates.planting import camps_debate, leaning_debate


@pytest.fixture(scope="module")
def line_once(rows_of_the_module: None) -> int:
    return stored(leaning_debate("line")).pk


@pytest.fixture(scope="module")
def camps_once(rows_of_the_module: None) -> int:
    return stored(camps_debate("four")).pk


@pytest.fixture
def line(line_once: int, db: None) -> OpinionMap:
    """Of a debate called `line`, with everybody somewhere on an axis."""
    return fetched(line_once)


@pytest.fixture
def four_camps(camps_once: int, db: None) -> OpinionMap:
    """Of a debate called `four`, with as many groups."""
    return fetched(camps_once)


def fetched(number: int) -> OpinionMap:
    return OpinionMap.objects.select_related("debate__inquiry").get(pk=number)
