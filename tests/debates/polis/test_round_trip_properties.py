"""Any conversation, with gaps, silence and changes of mind: what is imported and exported can be imported the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.debates.choices import Choice
from apps.debates.polis.exporting import export_conversation
from apps.debates.polis.importing import import_conversation
from apps.debates.polis.reading import Comment, Conversation, Event, read_conversation
from apps.debates.verification import ballot_faults

pytestmark = pytest.mark.django_db

bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
slugs: Iterator[str] = (f"conversation-{number}" for number in count(1))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
days = st.integers(0, 3).map(lambda days: date(2024, 2, 28) + timedelta(days=days))
ids = st.integers(0, 40)
choices = st.sampled_from([Choice.AGREE, Choice.DISAGREE, Choice.NEITHER])


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    comments = [
        Comment(number, draw(st.integers(-1, 40)), draw(days), draw(st.integers(-1, 1)), draw(texts), {})
        for number in sorted(draw(st.sets(ids, min_size=1, max_size=5)))
    ]
    numbers = st.sampled_from([comment.id for comment in comments])
    events = draw(st.lists(st.builds(Event, numbers, st.integers(0, 6), choices, days), max_size=12))
    voters = dict.fromkeys(sorted({event.voter for event in events} | draw(st.sets(ids, max_size=2))))
    groups = {voter: draw(st.none() | st.integers(0, 3)) for voter in voters}
    summary = {"topic": draw(texts), "conversation-description": draw(texts)}
    return Conversation(summary, comments, sorted(events, key=lambda event: event.day), groups, sha256="")


@bounded
@given(conversation=conversations())
def test_conversation_comes_back_as_it_was(conversation):
    debate = import_conversation(conversation, slug=next(slugs), title="Any")

    with TemporaryDirectory() as folder:
        export_conversation(debate, Path(folder))
        again = read_conversation(Path(folder))

    assert (again.comments, again.events, again.voters, again.summary) == (
        conversation.comments,
        conversation.events,
        conversation.voters,
        conversation.summary,
    )
    assert list(ballot_faults(debate.pk)) == []
