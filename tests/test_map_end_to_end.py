"""A running site draws the map of a conversation by itself: files, import, worker, stored map, API, replay."""

import json
import random
import subprocess
import sys
import time
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.running_site import ROOT, RunningSite, running_site, site_environment, used_folder

pytestmark = pytest.mark.slow

READERS, STATEMENTS, SECONDS = 60, 12, 180.0
HEADS = {
    "comments": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
    "votes": "timestamp,datetime,comment-id,voter-id,vote",
}


def write_conversation(folder: Path) -> Path:
    """Readers of two minds: who is even agrees with even statements, who is odd with odd ones, nine times in ten."""
    chance = random.Random(1)
    comments = [f"{1500000000 + n},x,{n},{900 + n},0,0,1,Statement {n}" for n in range(STATEMENTS)]
    votes = []
    for reader, n in product(range(READERS), range(STATEMENTS)):
        agrees = ((reader + n) % 2 == 0) == (chance.random() < 0.9)
        votes.append(f"{1500100000 + reader * 100 + n},x,{n},{reader},{1 if agrees else -1}")
    for name, lines in (("comments", comments), ("votes", votes)):
        (folder / f"{name}.csv").write_text("\n".join([HEADS[name], *lines]) + "\n")
    (folder / "summary.csv").write_text("topic,Two minds\n")
    return folder


def manage(site: RunningSite, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=site_environment(site.data_dir),
        capture_output=True,
        text=True,
        check=False,
    )


def read_map(site: RunningSite) -> dict[str, Any]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request("GET", "/api/v1/inquiries/minds/map")
        found: dict[str, Any] = json.loads(connection.getresponse().read())
        return found
    finally:
        connection.close()


def test_site_draws_the_map_by_itself_and_can_draw_it_again():
    with used_folder() as folder, running_site(folder) as site:
        files = folder / "files"
        files.mkdir()
        imported = manage(site, "import_polis", str(write_conversation(files)), "--slug", "minds")
        assert imported.returncode == 0, imported.stderr
        until = time.monotonic() + SECONDS
        while not (found := read_map(site))["published"] and time.monotonic() < until:
            time.sleep(0.5)

        again, ledger = manage(site, "opinion_map", "minds", "--replay", "1"), manage(site, "verify_ledger", "minds")

    assert (found["map"], found["readers"], found["votes"]) == (1, READERS, READERS * STATEMENTS)
    assert found["story"] in {"spectrum", "groups"}
    assert (again.returncode, ledger.returncode) == (0, 0)
    assert found["checksum"] in again.stdout
