"""A file that is there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile


class AlreadyThere(Exception):
    """There is a file of this name with something in it, and nobody said that it may be replaced."""


@contextmanager
def whole_file(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A place to write beside the file, which takes its name when the block has ended well; readable by its owner only.

    Raises AlreadyThere, before anything is written and again before a file would be replaced.
    """
    refuse_existing(path, replace)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as made:
        beside = Path(made.name)
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        refuse_existing(path, replace)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def refuse_existing(path: Path, replace: bool) -> None:
    """An empty file, as `mktemp` makes one, is free. What is no file (/dev/null) would be lost by taking its name."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not an ordinary file", str(path))
    if path.exists() and path.stat().st_size and not replace:
        raise AlreadyThere(path)
