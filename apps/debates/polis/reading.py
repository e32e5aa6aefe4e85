"""A folder of Polis as one conversation. All three generations have the same columns, and some have more.

`agrees` and `disagrees` are passed over: they count events, not people. So is `datetime`, which names a zone in its own
words. External ids of people (`xid`) are not ours to keep.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from apps.debates.choices import Choice
from apps.debates.polis.tables import FileFault, Row, csv_rows, rows
from apps.debates.rules import MOST_STATEMENTS

VOTES, COMMENTS, SUMMARY = "votes.csv", "comments.csv", "summary.csv"
PARTICIPANTS = ("participants-votes.csv", "participant-votes.csv")
PASS, MODERATIONS = Choice.NEITHER, {"-1": -1, "0": 0, "1": 1}
CHOICES = {
    text: choice
    for number, choice in ((1, Choice.AGREE), (-1, Choice.DISAGREE), (0, PASS))
    for text in (f"{number}", f"{number}.0")
}
COUNTED = ("voters", "voters-in-conv", "commenters", "comments", "groups")
MARKS = ("is-meta", "is-seed", "importance")
LAST_SECOND = 253_402_300_799  # of the year 9999
FIRST_MILLISECONDS = 100_000_000_000  # a larger number counts milliseconds
MILLISECONDS_A_DAY = 86_400_000
ROWS_AT_ONCE = 10_000  # between two steps of a progress bar


@dataclass(frozen=True, slots=True)
class Comment:
    """`moderated`: 1 let in, 0 not reviewed, -1 kept out."""

    id: int
    author: int
    day: date
    moderated: int
    text: str
    marks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """A vote that was cast; a later one of the same voter on the same comment replaces it."""

    comment: int
    voter: int
    choice: Choice
    day: date


@dataclass(frozen=True, slots=True)
class Conversation:
    """`comments` by id, `events` in the order of time, `voters` everyone who is named, with the group they were in."""

    summary: dict[str, str]
    comments: list[Comment]
    events: list[Event]
    voters: dict[int, int | None]
    sha256: str


def read_conversation(folder: Path, *, seen: Callable[[int], None] = lambda _rows: None) -> Conversation:
    """Raises FileFault for what cannot be read, FileNotFoundError where votes or comments are missing.

    `seen` is told as votes are read, by how many rows at a time.
    """
    comments = read_comments(folder / COMMENTS)
    events = read_events(folder / VOTES, {comment.id for comment in comments}, seen)
    found = next((folder / name for name in PARTICIPANTS if (folder / name).exists()), None)
    voters: dict[int, int | None] = dict.fromkeys(sorted({event.voter for event in events}))
    voters |= read_participants(found) if found else {}
    summary = read_summary(folder / SUMMARY) if (folder / SUMMARY).exists() else {}
    return Conversation(summary, comments, events, dict(sorted(voters.items())), fingerprint(folder))


def read_comments(path: Path) -> list[Comment]:
    found: dict[int, Comment] = {}
    for row in rows(path, ("timestamp", "comment-id", "author-id", "moderated", "comment-body")):
        comment = Comment(
            id=row.integer("comment-id", least=0),
            author=row.integer("author-id"),
            day=day_of(moment(row)),
            moderated=row.one_of("moderated", MODERATIONS),
            text=row.text("comment-body"),
            marks={name: row.text(name) for name in MARKS if name in row.columns},
        )
        if comment.id in found:
            raise row.fault("comment-id", f"the comment {comment.id} stands here a second time")
        found[comment.id] = comment
        if len(found) > MOST_STATEMENTS:
            raise row.fault("comment-id", f"a debate holds at most {MOST_STATEMENTS:,} statements")
    return [found[number] for number in sorted(found)]


def read_events(path: Path, comments: set[int], seen: Callable[[int], None]) -> list[Event]:
    timed = []
    for place, row in enumerate(rows(path, ("timestamp", "comment-id", "voter-id", "vote")), start=1):
        comment = row.integer("comment-id", least=0)
        if comment not in comments:
            raise row.fault("comment-id", f"{COMMENTS} has no comment {comment}")
        when, choice = moment(row), Choice(row.one_of("vote", CHOICES))
        timed.append((when, Event(comment, row.integer("voter-id", least=0), choice, day_of(when))))
        if place % ROWS_AT_ONCE == 0:
            seen(ROWS_AT_ONCE)
    return [event for _when, event in sorted(timed, key=lambda each: each[0])]


def moment(row: Row) -> int:
    """Milliseconds since 1970. Old files count these, new ones seconds."""
    stamp = row.integer("timestamp", least=0, most=LAST_SECOND * 1000 + 999)
    return stamp if stamp >= FIRST_MILLISECONDS else stamp * 1000


def day_of(when: int) -> date:
    return day(when // MILLISECONDS_A_DAY)


@lru_cache(maxsize=4096)
def day(number: int) -> date:
    """The same object for all votes of a day."""
    return date(1970, 1, 1) + timedelta(days=number)


def read_participants(path: Path) -> dict[int, int | None]:
    """Voter → group. Their votes stand in votes.csv, too, where one sees which came last."""
    found: dict[int, int | None] = {}
    for row in rows(path, ("participant",)):
        voter = row.integer("participant", least=0)
        if voter in found:
            raise row.fault("participant", f"the participant {voter} stands here a second time")
        found[voter] = row.integer("group-id", least=0, most=99) if row.optional("group-id").strip() else None
    return found


def read_summary(path: Path) -> dict[str, str]:
    """Each row a key and its value; what can be counted is counted."""
    found = {}
    for line, fields in csv_rows(path):
        if len(fields) != 2:
            raise FileFault(path.name, line, "a key and its value are expected", len(fields))
        if "\x00" in fields[0] + fields[1]:
            raise FileFault(path.name, line, "the text holds a NUL character")
        found[fields[0]] = fields[1]
    return {key: value for key, value in found.items() if key not in COUNTED}


def fingerprint(folder: Path) -> str:
    """The same for the same files."""
    hashed = sha256(b"polis")
    for name in (VOTES, COMMENTS, SUMMARY, *PARTICIPANTS):
        if (folder / name).exists():
            hashed.update(name.encode() + sha256((folder / name).read_bytes()).digest())
    return hashed.hexdigest()
