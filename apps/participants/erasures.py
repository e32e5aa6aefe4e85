"""The list of the erased, once in the database and once as a file beside it, for the day when a backup comes back.

The file outlives its database: `DATA_DIR/erasures`, one line each of number, day and hash.
"""

import fcntl
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from apps.common.retention import Retention
from apps.common.writing import today
from apps.participants.models import Erasure

log = logging.getLogger(__name__)

KEPT = timedelta(days=42)  # a week longer than backups may be restored
HASH_BYTES = 16
LINE = re.compile(r"([0-9a-f-]{36}) (\d{4}-\d{2}-\d{2}) ([0-9a-f]{32})")
# Participants are known by their pseudonym only; hashing a million of them takes the server less than a second.
FOUND = f"""
SELECT pseudonym FROM participants_participant
WHERE substr(sha256(pseudonym), 1, {HASH_BYTES}) = ANY(%s) ORDER BY pseudonym
"""  # noqa: S608 - a number of our own


class Noted(NamedTuple):
    number: UUID
    day: date
    hashed: bytes

    @classmethod
    def read(cls, line: str) -> Self:
        """Raises ValueError."""
        found = LINE.fullmatch(line)
        if not found:
            raise ValueError(line)
        return cls(UUID(found[1]), date.fromisoformat(found[2]), bytes.fromhex(found[3]))

    def __str__(self) -> str:
        return f"{self.number} {self.day} {self.hashed.hex()}"


class ListDamaged(Exception):
    """A line of the file that none of us wrote."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(path, line)
        self.path, self.line = path, line


def list_file() -> Path:
    return Path(settings.DATA_DIR) / "erasures"


def note_erasure(pseudonym: bytes) -> None:
    """In the transaction that deletes; the file has its line as soon as that holds."""
    noted = Noted(uuid4(), today(), sha256(pseudonym).digest()[:HASH_BYTES])
    keep([noted])
    transaction.on_commit(lambda: append([noted]), robust=True)


def keep(noted: Sequence[Noted]) -> None:
    rows = [Erasure(id=each.number, day=each.day, hashed=each.hashed) for each in noted]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)


def append(noted: Sequence[Noted]) -> None:
    """One write at the end of the file, safe on the disk when this returns."""
    with opened() as file:
        whole = os.fstat(file).st_size
        ends = not whole or os.pread(file, 1, whole - 1) == b"\n"  # else a line that was cut short by a full disk
        os.write(file, ("" if ends else "\n").encode() + "".join(f"{each}\n" for each in noted).encode())
        os.fsync(file)


@contextmanager
def opened() -> Iterator[int]:
    """The file, ours alone; waits for whoever has it, and opens it anew if they put another in its place."""
    while True:
        file = os.open(list_file(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if is_in_place(file):
                yield file
                return
        finally:
            os.close(file)


def is_in_place(file: int) -> bool:
    try:
        return os.path.samestat(os.fstat(file), list_file().stat())
    except FileNotFoundError:
        return False


def listed(path: Path) -> list[Noted]:
    """What a file holds that came from elsewhere. Raises ListDamaged and OSError."""
    found = []
    for number, line in lines(path):
        try:
            found.append(Noted.read(line))
        except ValueError:
            raise ListDamaged(path, number) from None
    return found


def listed_here() -> list[Noted]:
    """What our own file holds. A line that a full disk cut short stands in the database, and stops nothing."""
    found = []
    for number, line in lines(list_file()) if list_file().exists() else ():
        try:
            found.append(Noted.read(line))
        except ValueError:
            log.warning("line %d of %s is no erasure", number, list_file())
    return found


def lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(path.read_bytes().decode("ascii", errors="replace").splitlines(), start=1)


def merge(noted: Sequence[Noted], *, since: date) -> None:
    """Into the file, which then holds each number once and nothing from before that day."""
    with opened():
        kept = {each.number: each for each in (*listed_here(), *noted) if each.day >= since}
        beside = list_file().with_name("erasures.new")
        beside.touch(mode=0o600)
        with beside.open("w", encoding="ascii") as file:
            file.writelines(f"{each}\n" for each in kept.values())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(list_file())


def remembered() -> list[Noted]:
    """What the database knows."""
    rows = Erasure.objects.order_by("day", "pk").values_list("pk", "day", "hashed")
    return [Noted(number, day, bytes(hashed)) for number, day, hashed in rows]


def unknown(noted: Iterable[Noted]) -> list[Noted]:
    """Those of which this database, which may be an older one, has not heard."""
    known = set(Erasure.objects.values_list("pk", flat=True))
    return [each for each in dict.fromkeys(noted) if each.number not in known]


def still_here(noted: Sequence[Noted]) -> list[bytes]:
    """Pseudonyms of those who are back."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [[each.hashed for each in noted]])
        return [bytes(pseudonym) for (pseudonym,) in cursor.fetchall()]


def forget_old(limit: datetime) -> int:
    """Both lists, which are made equal on the way: each machine's file then knows of all."""
    gone = Erasure.objects.filter(day__lt=limit.date()).delete()[0]
    merge(remembered(), since=limit.date())
    return gone


RULE = Retention("erasures", KEPT, lambda limit: Erasure.objects.filter(day__lt=limit.date()).count(), forget_old)
