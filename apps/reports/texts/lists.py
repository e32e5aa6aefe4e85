"""The small lists beside this module: words that say nothing of their own, and words that are the same."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    read = (line.partition("#")[0].strip() for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return [line for line in read if line]


@cache
def stop_words(language: str) -> frozenset[str]:
    return frozenset(word for line in lines(f"stop_{language}.txt") for word in line.split())


@cache
def synonyms() -> dict[str, str]:
    """From a word to the one that stands for it: of each line, the first."""
    groups = (line.split() for line in lines("synonyms.txt"))
    return {other: first for first, *others in groups for other in others}
