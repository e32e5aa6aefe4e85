"""CSV that spreadsheets open as it was meant: UTF-8 with its mark, every cell quoted, no text taken for a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

FORMULA = ("=", "+", "-", "@", "|", "%")
GUARD = "'"


def guarded(text: str) -> str:
    """The text behind an apostrophe where a spreadsheet could run it, whatever widths, blanks or controls hide that.

    One that begins with an apostrophe gets another, so that `unguarded` gives every text back.
    """
    shown = unicodedata.normalize("NFKC", text).lstrip()
    while shown and unicodedata.category(shown[0])[0] in "CZ":
        shown = shown[1:].lstrip()
    return GUARD + text if text.startswith(GUARD) or (shown[:1] in FORMULA and shown) else text


def unguarded(cell: str) -> str:
    return cell.removeprefix(GUARD)


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Returns how many rows there are under the head. None is an empty cell; texts are guarded, numbers are not."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(head)
        written = 0
        for row in rows:
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
            written += 1
    return written


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same for a small file that is made while somebody waits for it."""
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
