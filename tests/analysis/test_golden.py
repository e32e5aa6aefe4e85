"""The house answers for every number that it was given."""

from pathlib import Path

from tests.analysis.golden import vectors


def test_every_golden_vector_is_asked_for_by_a_test():
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))

    assert [name for name in vectors() if f'"{name}"' not in tests] == []
