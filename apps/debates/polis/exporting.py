"""A debate in the files of Polis (polis-export/1), for the tools that read them. The same debate gives the same bytes.

We keep days, not minutes: a timestamp is the day's beginning plus the event's place in it, one millisecond each. Both
neither and unsure are a pass there. A vote that was taken back never was.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from django.db import connection

from apps.common.templatetags.toikake import said_in
from apps.debates.choices import Choice, votes_in
from apps.debates.models import Ballot, Debate, Origin, Statement, StatementState
from apps.debates.polis.reading import COUNTED, MARKS
from apps.debates.polis.tables import write_rows
from apps.debates.queries import outside_ids, reader_names, statements_of

FORMAT = "polis-export/1"
VALUES = {Choice.AGREE: 1, Choice.DISAGREE: -1, Choice.NEITHER: 0, Choice.UNSURE: 0}
MODERATED = {StatementState.APPROVED: 1, StatementState.WAITING: 0}  # everything else was kept out: -1
NOBODY = -1  # the editors, who are no participants
COMMENT_COLUMNS = ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated")
PARTICIPANT_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
EVENTS = """
SELECT log.pseudonym, log.number, log.choice, log.day FROM debates_votelog AS log
WHERE log.debate_id = %(debate)s AND log.choice > 0 AND NOT EXISTS (
    SELECT 1 FROM debates_votelog AS undone
    WHERE undone.pseudonym = log.pseudonym AND undone.number = log.number AND undone.choice = 0 AND undone.id > log.id
) ORDER BY log.day, log.id
"""
ROWS_AT_ONCE = 10_000  # between two steps of a progress bar
Line = list[Any]


@dataclass(frozen=True, slots=True)
class Reader:
    name: int
    group: int | None
    votes: dict[int, Choice]


class PolisExport:
    """One debate on its way into files."""

    def __init__(self, debate: Debate, seen: Callable[[int], None]) -> None:
        self.debate, self.seen = debate, seen
        self.ids, self.names = outside_ids(debate), reader_names(debate)
        self.statements = list(statements_of(debate))
        rows = Ballot.objects.filter(debate=debate).values_list("pseudonym", "imported_group", "votes")
        found = (Reader(self.names[bytes(who)], group, votes_in(bytes(votes))) for who, group, votes in rows)
        self.readers = sorted(found, key=lambda reader: reader.name)
        self.groups = sorted({reader.group for reader in self.readers if reader.group is not None})
        self.written = Counter(self.author(each) for each in self.statements)

    def files(self) -> dict[str, Iterable[Line]]:
        """The rows of each file, its head first."""
        return {
            "summary.csv": self.summary(),
            "comments.csv": self.comments(),
            "votes.csv": self.votes(),
            "participants-votes.csv": self.participants(),
            "comment-groups.csv": self.comment_groups(),
        }

    def summary(self) -> Iterator[Line]:
        """What an import brought along, with counts as they are now."""
        counts = {
            "voters": sum(bool(reader.votes) for reader in self.readers),
            "voters-in-conv": len(self.readers),
            "commenters": len({name for name in self.written if name != NOBODY}),
            "comments": len(self.statements),
            "groups": len(self.groups),
        }
        said = {"topic": said_in(self.debate.inquiry.title, "ja"), **self.debate.imported_summary}
        yield from ([key, value] for key, value in said.items())
        yield from ([key, str(counts[key])] for key in COUNTED)

    def comments(self) -> Iterator[Line]:
        cast: Counter[tuple[int, int]] = Counter()
        for _who, number, choice, _day in self.events():
            cast[number, VALUES[Choice(choice)]] += 1
        marks = [name for name in MARKS if any(name in self.marks(each) for each in self.statements)]
        yield [*COMMENT_COLUMNS, *marks, "comment-body"]
        for each in self.statements:
            yield [
                timestamp(each.day, each.number),
                each.day.isoformat(),
                self.ids[each.number],
                self.author(each),
                cast[each.number, 1],
                cast[each.number, -1],
                MODERATED.get(StatementState(each.state), -1),
                *(self.marks(each).get(name, "") for name in marks),
                words(each),
            ]

    def marks(self, statement: Statement) -> dict[str, str]:
        if statement.origin == Origin.SEED:
            return {"is-seed": "true"}
        marks: dict[str, str] = statement.imported_marks
        return marks

    def author(self, statement: Statement) -> int:
        if statement.imported_author is not None:
            return statement.imported_author
        return self.names.get(bytes(statement.author), NOBODY) if statement.author else NOBODY

    def votes(self) -> Iterator[Line]:
        yield ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
        before, place = None, 0
        for who, number, choice, day in self.events():
            place = place + 1 if day == before else 0
            before = day
            yield [
                timestamp(day, place),
                day.isoformat(),
                self.ids[number],
                self.names[bytes(who)],
                VALUES[Choice(choice)],
            ]

    def events(self) -> Iterator[tuple[bytes, int, int, date]]:
        with connection.cursor() as cursor:
            cursor.execute(EVENTS, {"debate": self.debate.pk})
            while some := cursor.fetchmany(ROWS_AT_ONCE):
                yield from some
                self.seen(len(some))

    def participants(self) -> Iterator[Line]:
        yield [*PARTICIPANT_COLUMNS, *(self.ids[each.number] for each in self.statements)]
        for reader in self.readers:
            values = {number: VALUES[choice] for number, choice in reader.votes.items()}
            cast = Counter(values.values())
            yield [
                reader.name,
                "" if reader.group is None else reader.group,
                self.written[reader.name],
                len(values),
                cast[1],
                cast[-1],
                *(values.get(each.number, "") for each in self.statements),
            ]

    def comment_groups(self) -> Iterator[Line]:
        """How everyone, and each group that readers were imported in, voted on each statement."""
        tables = [self.tally(self.readers)]
        tables += [self.tally([each for each in self.readers if each.group == group]) for group in self.groups]
        counted = ("votes", "agrees", "disagrees", "passes")
        kinds = ["total", *(f"group-{letters(group)}" for group in self.groups)]
        yield ["comment-id", "comment", *(f"{kind}-{what}" for kind in kinds for what in counted)]
        for each in self.statements:
            cells = [[table[each.number, value] for value in (1, -1, 0)] for table in tables]
            yield [self.ids[each.number], words(each), *(cell for row in cells for cell in (sum(row), *row))]

    def tally(self, readers: Iterable[Reader]) -> Counter[tuple[int, int]]:
        return Counter((number, VALUES[choice]) for reader in readers for number, choice in reader.votes.items())


def words(statement: Statement) -> str:
    return statement.text if statement.words_may_go_out else ""


def timestamp(day: date, place: int) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000 + place


def letters(group: int) -> str:
    return ascii_lowercase[group] if group < len(ascii_lowercase) else str(group)


def export_conversation(
    debate: Debate, folder: Path, *, seen: Callable[[int], None] = lambda _rows: None
) -> dict[str, int]:
    """Write the files, and format.json with their hashes; returns how many rows each has under its head.

    `seen` is told how many votes went by; they are read for the comments, and once more for themselves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written, hashes = {}, {}
    for name, lines in PolisExport(debate, seen).files().items():
        written[name] = write_rows(folder / name, lines) - (name != "summary.csv")
        hashes[name] = sha256((folder / name).read_bytes()).hexdigest()
    described = {"id": FORMAT, "sha256": hashes}
    (folder / "format.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    return written
