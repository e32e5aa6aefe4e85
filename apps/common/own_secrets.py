"""Secrets that an installation makes for itself on its first start and keeps in small files."""

import contextlib
import os
import secrets
from pathlib import Path

FEWEST_CHARACTERS = 32


class SecretDamaged(Exception):
    """The file is there and holds no secret of ours any more."""


def own_secret(path: Path, *, entropy: int) -> str:
    """What the file holds; made of so many random bytes where there is none.

    It lies whole on the disk before it has its name, and linking it there lets one of two first starts win. Raises
    SecretDamaged: a new secret in place of a lost one would lock out whoever relies on it.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            draft.touch(mode=0o600)
            with draft.open("w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(entropy))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    kept = path.read_bytes().strip()
    if len(kept) < FEWEST_CHARACTERS or not kept.isascii():
        raise SecretDamaged(path)
    return kept.decode("ascii")
