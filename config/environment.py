"""Reads the environment once; a bad value stops the start with a sentence."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import dj_database_url
from django.http.request import validate_host
from environs import Env, EnvError

from apps.common.own_secrets import SecretDamaged, own_secret

T = TypeVar("T")
CLUSTER = ("postgres", "postgres-home")  # one of them lies in a data folder whose embedded database has been made
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (where to find us when we listen everywhere)

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
        stop(f"{name} cannot be used: {str(error).rpartition(': ')[2]}")


def data_dir(default: Path) -> Path:
    path = Path(os.environ.get("DATA_DIR") or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"DATA_DIR cannot be used: {path}: {error.strerror}.")
    return path


def host_of(url: str) -> str:
    """As a Host header writes it, without the port."""
    name = urlsplit(url).hostname or ""
    return f"[{name}]" if ":" in name else name


def allowed_hosts(site_host: str) -> list[str]:
    """The names given, or the public one and this machine; the public one must be among them."""
    names = [name.strip() for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    if not names:
        return [site_host, "127.0.0.1", "localhost", "[::1]"]
    if not validate_host(site_host, names):
        stop(f"ALLOWED_HOSTS must contain the host of SITE_URL, {site_host}.")
    return names


def database(url: str) -> dict[str, Any]:
    """Of a server elsewhere; one that is not PostgreSQL is refused."""
    try:
        settings = dict(dj_database_url.parse(url)) if url.startswith(("postgres://", "postgresql://")) else {}
    except ValueError:
        settings = {}
    if not settings.get("NAME"):
        stop("DATABASE_URL must name a PostgreSQL database (postgresql://user:password@host:port/name).")
    return settings


def email() -> dict[str, Any]:
    config = read(env.dj_email_url, "EMAIL_URL", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"})
    if not config.get("EMAIL_BACKEND"):
        stop("EMAIL_URL must be like smtp://user:password@host:587.")
    return config


def secret_key(data_dir: Path) -> str:
    """The given key, or one made on the first start and kept beside the data."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            stop("SECRET_KEY is shorter than 32 characters; use a long random text or leave it unset.")
        return given
    path = data_dir / "secret-key"
    in_use = any((data_dir / name).exists() for name in CLUSTER) and not os.environ.get("DATABASE_URL")
    if in_use and not path.exists():
        stop(lost_key(path, "is missing"))
    try:
        return own_secret(path, entropy=48)
    except SecretDamaged:
        stop(lost_key(path, "holds no key"))


def lost_key(path: Path, how: str) -> str:
    return (
        f"SECRET_KEY is unset and {path} {how}. Put back the key that this site had; only without a copy of it set"
        " SECRET_KEY to a new one, under which no receipt, cookie or second factor from before is known."
    )


def site_url(host: str, port: int) -> str:
    here = EVERY_ADDRESS.get(host, host)
    url = os.environ.get("SITE_URL") or (f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        stop(f"SITE_URL must be like https://example.org, not {url!r}.")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        stop(f"SITE_URL must be like https://example.org, not {url!r}.")
    return url.rstrip("/")
