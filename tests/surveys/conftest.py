from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared as they stand in the sources."""
    with override("en"):
        yield
