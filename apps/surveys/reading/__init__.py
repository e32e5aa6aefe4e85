"""From a JSON document to a Definition, or to the list of everything that is wrong with it."""

from apps.surveys.reading.documents import parse

__all__ = ["parse"]
