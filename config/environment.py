"""Reads the environment once; a bad value stops the start with a sentence."""

import contextlib
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

from environs import Env, EnvError

T = TypeVar("T")

env = Env()


def stop(sentence: str) -> NoReturn:
    sys.stderr.write(f"toikake: {sentence}\n")
    raise SystemExit(2)


def read(reader: Callable[..., T], name: str, default: T) -> T:
    """A value of the environment, or the default where it is unset or empty."""
    if not os.environ.get(name):
        return default
    try:
        return reader(name)
    except EnvError as error:
        stop(f"the environment variable {name} cannot be used: {error}")


def secret_key(data_dir: Path) -> str:
    """The given key, or one made on the first start and kept beside the data."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            stop("SECRET_KEY is shorter than 32 characters; use a long random text or leave it unset.")
        return given
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def site_url(host: str, port: int) -> str:
    url = os.environ.get("SITE_URL") or f"http://{host}:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        stop(f"SITE_URL must be like https://example.org, not {url!r}.")
    return url.rstrip("/")
