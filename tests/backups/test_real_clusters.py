"""Backups as an operator takes them: by commands, while readers write, on a server of one's own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.backups.doing import manage, own_database
from tests.running_site import ROOT, running_site, site_environment, site_folder, used_folder
from tests.test_durability import RESPONSE, SLUG, STATEMENTS, Reader, new_token_at, request


def test_a_plain_role_that_owns_its_database_takes_and_restores(backup, tmp_path):
    """As the README makes one on a server of one's own."""
    with own_database() as url:
        environment = site_environment(
            tmp_path, DATABASE_URL=url, SECRET_KEY="of this test only, and long enough to be one"
        )

        first = manage(environment, "restore", str(backup))
        kept = manage(environment, "backup", str(tmp_path / "again.backup"))
        again = manage(environment, "restore", str(tmp_path / "again.backup"), "--replace")
        verdict = manage(environment, "verify_ledger", SLUG)

    assert [each.returncode for each in (first, kept, again, verdict)] == [0, 0, 0, 0], first.stderr + again.stderr
    assert verdict.stdout == f"{SLUG}: rows, logs, codes and ballots agree.\n"


@pytest.mark.slow
def test_a_backup_taken_while_readers_write_is_one_moment():
    """From an embedded database into another one, killed once on the way."""
    with used_folder() as folder, site_folder() as other:
        path = folder / "kept.backup"
        with running_site(folder) as site:
            consent = json.loads(request(site, "GET", f"/api/v1/inquiries/{SLUG}")[1])["consent"]["sha256"]
            request(
                site, "GET", f"{STATEMENTS}/next", headers={"X-Toikake-Token": new_token_at(site)}
            )  # opens the debate
            stop = threading.Event()
            readers = [Reader(site, consent, stop) for _ in range(2)]
            for reader in readers:
                reader.start()
            while not all(len(reader.acknowledged) > 20 for reader in readers):
                stop.wait(0.05)
            before = [write for reader in readers for write in reader.acknowledged]
            taken = manage(site_environment(folder), "backup", str(path))
            stop.set()
            for reader in readers:
                reader.join(90)
        environment = site_environment(other)
        killed = killed_on_the_way(environment, path)
        restored = manage(environment, "restore", str(path))
        verdict = manage(environment, "verify_ledger", SLUG)
        keys = manage(environment, "shell", "-c", KEYS)

    assert [reader.surprises for reader in readers] == [[], []]
    assert (taken.returncode, restored.returncode) == (0, 0), taken.stderr + restored.stderr
    assert killed != 0
    assert verdict.stdout == f"{SLUG}: rows, logs, codes and ballots agree.\n"
    assert {write.key for write in before if write.path == RESPONSE} <= set(keys.stdout.split())


KEYS = """
from apps.responses.models import IdempotencyKey
print(*IdempotencyKey.objects.values_list("key", flat=True))
"""


def killed_on_the_way(environment: dict[str, str], path: Path) -> int:
    """The command, killed as soon as it has psql at work."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "restore", str(path)], env=environment, cwd=ROOT
    )
    while process.poll() is None and not any(program(pid) == "psql" for pid in children_of(process.pid)):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    return process.wait(30)


def children_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ends this very moment
        return []


def program(pid: str) -> str:
    try:
        return Path(os.readlink(f"/proc/{pid}/exe")).name
    except OSError:
        return ""
