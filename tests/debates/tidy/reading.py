"""Our own files read again: checked against their checksums first, so that what is computed is what was written."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from apps.common.csv_files import unguarded
from apps.debates.choices import Choice
from apps.debates.polis.tables import FileFault, Row, rows
from apps.debates.tidy.codebook import CHECKSUMS, CHOICES, CODEBOOK, FORMAT

WORDS = {word: int(Choice[word.upper()]) for word in CHOICES}


@dataclass(frozen=True, slots=True)
class TidyDebate:
    """`texts` by statement, empty where it was not published; `votes` by reader and statement; `shown`: reader,
    statement and probability of each exposure, in order."""

    codebook: dict[str, Any]
    texts: dict[int, str]
    votes: dict[tuple[int, int], Choice]
    shown: list[tuple[int, int, float]]


def read_debate(folder: Path) -> TidyDebate:
    """Raises FileFault for what was changed since or cannot be read, FileNotFoundError for what is missing."""
    check_sums(folder)
    codebook = json.loads((folder / CODEBOOK).read_text(encoding="utf-8"))
    if codebook.get("format") != FORMAT:
        raise FileFault(CODEBOOK, 1, f"the format is not {FORMAT}")
    statements = rows(folder / "statements.csv", ("statement", "text"))
    votes = rows(folder / "votes.csv", ("reader", "statement", "choice"))
    shown = rows(folder / "exposures.csv", ("reader", "statement", "probability"))
    return TidyDebate(
        codebook,
        {row.integer("statement"): unguarded(row.text("text")) for row in statements},
        {(row.integer("reader"), row.integer("statement")): Choice(row.one_of("choice", WORDS)) for row in votes},
        [(row.integer("reader"), row.integer("statement"), probability(row)) for row in shown],
    )


def check_sums(folder: Path) -> None:
    for line, text in enumerate((folder / CHECKSUMS).read_text(encoding="ascii").splitlines(), start=1):
        told, _, name = text.partition("  ")
        if not name or "/" in name:
            raise FileFault(CHECKSUMS, line, "a checksum, two blanks and a file are expected")
        if sha256((folder / name).read_bytes()).hexdigest() != told:
            raise FileFault(CHECKSUMS, line, f"{name} is not what was written")


def probability(row: Row) -> float:
    text = row.text("probability")
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise row.fault("probability", f"“{text[:40]}” is no probability")
    return number
