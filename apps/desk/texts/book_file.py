"""A book of codes as CSV: `label_ja`, `label_en`, `description`. Faults are told with line and column."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from apps.common.csv_files import csv_text, unguarded
from apps.common.punctuation import named
from apps.responses.code_books import MOST_CODES, Labels
from apps.responses.models import Code
from apps.surveys.texts import TextRefused, clean_text

LONGEST_LABEL, LONGEST_DESCRIPTION = 80, 500
DESCRIPTION = "description"
Codes = list[tuple[Labels, str]]


class FileFault(Exception):
    """`column`: counted from 1; 0 where it is the whole line."""

    def __init__(self, line: int, column: int, problem: str) -> None:
        place = _("Line %(line)d, column %(column)d") if column else _("Line %(line)d")
        super().__init__(named(place % {"line": line, "column": column}, problem))
        self.line, self.column = line, column


def label_column(language: str) -> str:
    return f"label_{language}"


def same_name(label: str) -> str:
    """Two themes with one name could not be told apart by those who code."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def read_codes(raw: bytes, languages: Sequence[str], taken: Iterable[str] = ()) -> Codes:
    """All codes of the file, in its order. Raises FileFault at the first thing that cannot be read, or has a name that
    stands in the file already or among `taken`, those of the book."""
    names = {same_name(label) for label in taken}
    lines = rows_of(decoded(raw))
    line, head = next(lines, (1, []))
    columns = [name.strip() for name in head]
    check_head(line, columns, languages)
    found: Codes = []
    for line, fields in lines:
        if len(fields) != len(columns):
            problem = _("the head has %(head)d columns, this line has %(here)d.") % {
                "head": len(columns), "here": len(fields),
            }  # fmt: skip
            raise FileFault(line, min(len(fields), len(columns)) + 1, problem)
        found.append(read_code(line, columns, fields, languages))
        label = found[-1][0][languages[0]]
        if same_name(label) in names:
            problem = _("there is a theme “%(name)s” already.") % {"name": label}
            raise FileFault(line, columns.index(label_column(languages[0])) + 1, problem)
        names.add(same_name(label))
        if len(found) > MOST_CODES:
            raise FileFault(line, 0, _("a book has at most %(most)d codes.") % {"most": MOST_CODES})
    if not found:
        raise FileFault(line, 0, _("no code stands below the head."))
    return found


def check_head(line: int, columns: Sequence[str], languages: Sequence[str]) -> None:
    known = [*map(label_column, languages), DESCRIPTION, "number"]
    for place, name in enumerate(columns, start=1):
        if name not in known or name in columns[: place - 1]:
            problem = _("“%(name)s” is no column of a book of codes, or stands twice; there are: %(known)s.") % {
                "name": name[:40], "known": ", ".join(known),
            }  # fmt: skip
            raise FileFault(line, place, problem)
    if label_column(languages[0]) not in columns:
        raise FileFault(line, 0, _("the column “%(name)s” is missing.") % {"name": label_column(languages[0])})


def read_code(line: int, columns: Sequence[str], fields: Sequence[str], languages: Sequence[str]) -> tuple[Labels, str]:
    label: Labels = {}
    description = ""
    for place, (name, field) in enumerate(zip(columns, fields, strict=True), start=1):
        text, needed = unguarded(field).strip(), name == label_column(languages[0])
        if name == "number" or not (text or needed):
            continue
        try:
            text = clean_text(text, LONGEST_DESCRIPTION if name == DESCRIPTION else LONGEST_LABEL)
        except TextRefused as refused:
            problem = _("a label is needed here.") if refused.code == "blank_text" else refused.message
            raise FileFault(line, place, problem) from refused
        if name == DESCRIPTION:
            description = text
        else:
            label[name.removeprefix("label_")] = text
    return label, description


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, fields) of each row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFault(line, 0, _("this is not CSV; perhaps a quotation mark is missing.")) from error
        if any(field.strip() for field in fields):
            yield line, fields
        line = reader.line_num + 1


def decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, before = raw.count(b"\n", 0, error.start) + 1, raw.rfind(b"\n", 0, error.start) + 1
        raise FileFault(line, error.start - before + 1, _("this is not UTF-8.")) from error
    if "\x00" in text:
        at = text.index("\x00")
        raise FileFault(text.count("\n", 0, at) + 1, 0, _("this is no text file."))
    return text


def written_codes(codes: Sequence[Code], languages: Sequence[str]) -> str:
    """What `read_codes` takes in."""
    head = ("number", *map(label_column, languages), DESCRIPTION)
    rows = [
        (str(code.number), *(code.label.get(language, "") for language in languages), code.description)
        for code in codes
        if not code.retired
    ]
    return csv_text(head, rows)
