"""A debate as tidy files. All of them show one moment, and the same debate gives the same bytes."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection

from apps.analysis.opinion_map.exposed_rates import ExposedRates, exposed_rates
from apps.common.csv_files import write_csv
from apps.common.snapshots import one_moment
from apps.debates.choices import Choice, votes_in
from apps.debates.exposure_arrays import read_exposures
from apps.debates.exposures import flush_exposures
from apps.debates.maps.making import SEED, Drawn, replay
from apps.debates.maps.runs import UNGROUPED, Run, rounded, run_map
from apps.debates.matrices import read_authors
from apps.debates.models import Ballot, Debate, Exposure, RoutingPolicy
from apps.debates.queries import newest_map, outside_ids, reader_names, statements_of, vote_watermark
from apps.debates.tidy.codebook import (
    CHECKSUMS,
    CHOICES,
    CODEBOOK,
    EXPOSURES,
    FORMAT,
    GROUPS,
    NOTES,
    STATEMENTS,
    VOTES,
    described,
)

DIGITS = 6
ROWS_AT_ONCE = 10_000
Line = list[Any]
SHOWN = """
SELECT pseudonym, position, number, policy, probability, answered, day FROM debates_exposure
WHERE debate_id = %s ORDER BY pseudonym, position
"""
BALLOTS = """
SELECT pseudonym, votes FROM debates_ballot WHERE debate_id = %s ORDER BY imported_id NULLS LAST, pseudonym
"""


@dataclass(frozen=True)
class Table:
    """One file: what its columns mean, which it has, and its rows."""

    columns: dict[str, str]
    head: list[str]
    rows: Iterator[Line]


class TidyExport:
    """One debate on its way into files; `seen` is told how many rows of votes and exposures went by.

    Without `days` where the files lie beside others: on a day with a single reader they would join the two.
    """

    def __init__(self, debate: Debate, seen: Callable[[int], object], *, days: bool = True) -> None:
        self.debate, self.seen, self.days = debate, seen, days
        self.ids, self.names = outside_ids(debate), reader_names(debate)
        self.statements = list(statements_of(debate).select_related("merged_into"))
        self.implied = set(read_authors(debate))
        self.stored = newest_map(debate.pk)
        self.drawn: Drawn | None = replay(stored=self.stored) if self.stored else None
        self.run: Run = self.drawn.run if self.drawn else run_map(debate, method="toikake", seed=SEED)

    def tables(self) -> dict[str, Table]:
        return {
            "statements.csv": self.dated(STATEMENTS, self.statement_rows()),
            "votes.csv": Table(VOTES, list(VOTES), self.vote_rows()),
            "exposures.csv": self.dated(EXPOSURES, self.exposure_rows()),
            "groups.csv": Table(GROUPS, self.group_head(), self.group_rows()),
        }

    def dated(self, columns: dict[str, str], rows: Iterator[Line]) -> Table:
        """Of a file whose last column is a day."""
        if self.days:
            return Table(columns, list(columns), rows)
        return Table(columns, list(columns)[:-1], (row[:-1] for row in rows))

    def statement_rows(self) -> Iterator[Line]:
        numbers = np.array([each.number for each in self.statements], dtype=np.int64)
        counts, corrected = self.counts(), exposed_rates(read_exposures(self.debate, in_order=True), numbers)
        implied = Counter(number for _place, number in self.implied_votes())
        for place, each in enumerate(self.statements):
            yield [
                self.ids[each.number],
                each.origin,
                each.state,
                each.reason,
                self.ids[each.merged_into.number] if each.merged_into else None,
                each.language,
                each.stance,
                each.text if each.words_may_go_out else None,
                *(counts[each.number, Choice[choice.upper()]] for choice in CHOICES),
                implied[each.number],
                *corrected_cells(corrected, place),
                each.day.isoformat(),
            ]

    def counts(self) -> Counter[tuple[int, Choice]]:
        return Counter(vote for _who, _place, votes in self.ballots() for vote in votes.items())

    def implied_votes(self) -> Iterator[tuple[int, int]]:
        for _who, place, votes in self.ballots():
            yield from ((place, number) for number in votes if (place, number) in self.implied)

    def vote_rows(self) -> Iterator[Line]:
        for who, place, votes in self.ballots():
            for number, choice in votes.items():
                implied = "yes" if (place, number) in self.implied else "no"
                yield [self.names[who], self.ids[number], choice.word, implied]
            self.seen(1)

    def ballots(self) -> Iterator[tuple[bytes, int, dict[int, Choice]]]:
        """Readers with the place they have among all, as `implied` counts them."""
        for place, (who, votes) in enumerate(rows_of(BALLOTS, self.debate.pk)):
            yield bytes(who), place, votes_in(bytes(votes))

    def exposure_rows(self) -> Iterator[Line]:
        names, beyond = dict(self.names), max(self.names.values(), default=-1) + 1
        for who, position, number, policy, probability, answered, day in rows_of(SHOWN, self.debate.pk):
            name = names.setdefault(bytes(who), beyond)
            beyond += name == beyond
            row = [name, position, self.ids[number], policy, probability, "yes" if answered else "no", day.isoformat()]
            yield row
            self.seen(1)

    def group_ids(self) -> list[int]:
        """As the published map names them."""
        return self.drawn.settings["ids"] if self.drawn else list(range(len(self.run.probabilities)))

    def group_head(self) -> list[str]:
        axes = range(1, len(self.run.positions) + 1)
        named = [f"probability_{group}" for group in self.group_ids()]
        return [*GROUPS, *named, *(f"position_{axis}" for axis in axes), *(f"spread_{axis}" for axis in axes)]

    def group_rows(self) -> Iterator[Line]:
        run, ids = self.run, self.group_ids()
        numbers = np.concatenate([run.probabilities, run.positions, run.spreads]).round(DIGITS).T
        rows = zip(run.votes.readers.tolist(), run.votes.per_reader().tolist(), run.groups.tolist(), strict=True)
        for (reader, votes, group), cells in zip(rows, numbers.tolist(), strict=True):
            if votes:
                yield [reader, votes, None if group == UNGROUPED else ids[group], *cells]

    def codebook(self, written: dict[str, int], tables: dict[str, Table]) -> dict[str, Any]:
        policies = RoutingPolicy.objects.in_bulk(
            list(Exposure.objects.filter(debate=self.debate).values_list("policy", flat=True).distinct())
        )
        return {
            "format": FORMAT,
            "inquiry": self.debate.inquiry.slug,
            "title": self.debate.inquiry.title,
            "votes_until": vote_watermark(self.debate.pk),
            "map": self.described_map(),
            "policies": {version: policies[version].settings for version in sorted(policies)},
            "files": {
                name: {"rows": written[name], "columns": described(table.columns, table.head)}
                for name, table in tables.items()
            },
            "notes": NOTES,
        }

    def described_map(self) -> dict[str, Any]:
        """`number` is that of the published map which the groups are taken from; none where none was published."""
        run, drawn = self.run, self.drawn
        return {
            "number": self.stored.number if self.stored else None,
            "checksum": drawn.checksum if drawn else None,
            "method": run.method,
            "seed": run.seed,
            "story": run.story,
            "gain": rounded(run.gain),
            "stability": rounded(run.stability),
            "null_rate": rounded(run.null_rate),
        }


def corrected_cells(rates: ExposedRates, place: int) -> Line:
    """Shown, answered, the four corrected shares, their errors, what they are worth; empty where nothing is known."""
    numbers = [*rates.weighted[:, place], *rates.error[:, place], rates.effective[place]]
    return [int(rates.shown[place]), int(rates.answered[place]), *map(rounded, numbers)]


def rows_of(query: str, debate_id: int) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [debate_id])
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            yield from some


def rows_to_see(debate: Debate) -> int:
    """How many steps a progress bar has."""
    return Ballot.objects.filter(debate=debate).count() + Exposure.objects.filter(debate=debate).count()


def export_debate(
    debate: Debate, folder: Path, *, seen: Callable[[int], object] = lambda _rows: None, days: bool = True
) -> dict[str, int]:
    """Write the files; returns how many rows each table has."""
    folder.mkdir(parents=True, exist_ok=True)
    flush_exposures()
    with one_moment():
        export = TidyExport(debate, seen, days=days)
        tables = export.tables()
        written = {name: write_csv(folder / name, table.head, table.rows) for name, table in tables.items()}
        text = json.dumps(export.codebook(written, tables), ensure_ascii=False, indent=2)
    (folder / CODEBOOK).write_text(text + "\n", encoding="utf-8")
    sums = (f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (*tables, CODEBOOK))
    (folder / CHECKSUMS).write_text("".join(sums), encoding="ascii")
    return written
