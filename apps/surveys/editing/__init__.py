"""Changes of a questionnaire that is being written: a document goes in, a new one comes out, the old one stays.

Every change keeps what was published: codes keep their questions, options and rows, and are never given to another.
"""

from collections.abc import Iterable

from apps.surveys.definition import Definition
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import EditRefused

__all__ = ["EditRefused", "Past", "past_of"]


def past_of(definitions: Iterable[Definition]) -> Past:
    """What all these published versions have said, the oldest first."""
    return Past(tuple(definitions))
