"""One file: what PostgreSQL wrote, and a manifest that tells what it should be. A zip, whose end is written last."""

import hmac
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.conf import settings

from apps.common.backups.faults import BackupFault

FORMAT = "toikake-backup/1"
DUMP, MANIFEST = "database.dump", "manifest.json"
PIECE = 1 << 20
LARGEST_MANIFEST = 10 * PIECE
NAME = re.compile("[a-z0-9_]{1,63}")
Seen = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`server`: PostgreSQL's version there; `migrations`: how far the tables had come; `tables`: rows of each;
    `key`: tells whether a secret key is the one under which readers and staff were known there."""

    format: str
    made_at: str
    server: int
    migrations: list[str]
    key: str
    tables: dict[str, int]
    bytes: int
    sha256: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def mark_of(key: str) -> str:
    """Says nothing about the key to whoever does not hold it."""
    return hmac.digest(key.encode(), b"toikake.backup", "sha256")[:8].hex()


def key_is_known(manifest: Manifest) -> bool:
    return manifest.key in {mark_of(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def write_archive(path: Path, dump: Iterator[bytes], told: Callable[[int, str], Manifest]) -> Manifest:
    """The dump as it comes; `told` makes the manifest of its size and checksum."""
    digest, size = sha256(), 0
    with ZipFile(path, "w", ZIP_STORED) as archive:
        with archive.open(dated(DUMP), "w", force_zip64=True) as kept:
            for piece in dump:
                digest.update(piece)
                size += len(piece)
                kept.write(piece)
        manifest = told(size, digest.hexdigest())
        archive.writestr(dated(MANIFEST), json.dumps(asdict(manifest), indent=2) + "\n")
    return manifest


def dated(name: str) -> ZipInfo:
    info = ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info


def read_manifest(path: Path) -> Manifest:
    with opened(path) as archive:
        names = sorted(archive.namelist())
        if names != [DUMP, MANIFEST] or archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise BackupFault(f"{path} is no backup of Toikake.")
        told = archive.read(MANIFEST)
    try:
        fields: dict[str, Any] = json.loads(told)
        format_there = fields["format"]
        if format_there != FORMAT:
            raise BackupFault(f"{path} has the format {format_there!r}; this Toikake reads {FORMAT}. Use a newer one.")
        manifest = Manifest(**fields)
        _ = (manifest.moment.astimezone(UTC), int(manifest.server), [*map(str, manifest.migrations)])
        if not all(NAME.fullmatch(name) and type(rows) is int for name, rows in manifest.tables.items()):
            raise ValueError(path)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupFault(f"{path} is no backup of Toikake.") from error
    return manifest


def check_dump(path: Path, manifest: Manifest, seen: Seen) -> None:
    """Every byte is what was written."""
    digest, size = sha256(), 0
    for piece in dump_of(path):
        digest.update(piece)
        size += len(piece)
        seen(len(piece))
    if (size, digest.hexdigest()) != (manifest.bytes, manifest.sha256):
        raise BackupFault(f"{path} is damaged: its checksum is not that of its manifest.")


def dump_of(path: Path) -> Iterator[bytes]:
    with opened(path) as archive, archive.open(DUMP) as dump:
        yield from pieces(dump)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        raise BackupFault(f"There is no file {path}.") from None
    except OSError as error:
        raise BackupFault(f"{path} cannot be read: {error.strerror or error}.") from error
    except (BadZipFile, KeyError, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
        raise BackupFault(f"{path} is no whole backup: it was cut short, damaged or comes from elsewhere.") from error
