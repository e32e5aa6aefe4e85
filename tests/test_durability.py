"""Readers answer and vote while the database and web processes are killed: nothing acknowledged is lost or doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

import psycopg
import pytest

from apps.common.embedded import connection_settings
from tests.running_site import ROOT, RunningSite, running_site, site_environment, used_folder

READERS_AT_ONCE = 4
KILLS = 6
SECONDS_BETWEEN_KILLS = 0.7
SENT_AGAIN = 150
ENOUGH = 400  # writes, of six a reader: a slow machine goes on a little longer
PATIENCE = 150  # seconds
SLUG = "one-founder-ai"
RESPONSE = f"/api/v1/inquiries/{SLUG}/response"
STATEMENTS = f"/api/v1/inquiries/{SLUG}/statements"
CHOICES = ["agree", "disagree", "neither", "unsure"]
VOTED_ON = (1, 2, 3, 2)  # by each reader, who has another opinion of the second one in the end


@dataclass(frozen=True)
class Write:
    """One write that the site acknowledged, with what it said."""

    token: str
    key: str
    path: str
    body: dict[str, Any]
    said: bytes


@dataclass(eq=False)
class Reader(threading.Thread):
    """One new reader after another, who answers in two parts and votes; sends again until the site acknowledges."""

    site: RunningSite
    consent: str
    stop: threading.Event
    acknowledged: list[Write] = field(default_factory=list)
    retries: int = 0
    surprises: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            token = json.loads(self.send("POST", "/api/v1/participants", {}, {}))["token"]
            for answers, complete in (({"Q1": 1 + number % 5}, False), ({"Q4": 1 + number % 4}, True)):
                self.answer(token, answers, complete)
            for turn, statement in enumerate(VOTED_ON):
                choice = CHOICES[(number + turn) % 4]
                self.write(token, f"{STATEMENTS}/{statement}/vote", {"choice": choice})

    def answer(self, token: str, answers: dict[str, int], complete: bool) -> None:
        body = {"version": 1, "language": "ja", "complete": complete, "consent": self.consent, "answers": answers}
        self.write(token, RESPONSE, body)

    def write(self, token: str, path: str, body: dict[str, Any]) -> None:
        key = str(uuid.uuid4())
        said = self.send("PUT", path, body, {"X-Toikake-Token": token, "Idempotency-Key": key})
        self.acknowledged.append(Write(token, key, path, body, said))

    def send(self, method: str, path: str, body: dict[str, Any], headers: dict[str, str]) -> bytes:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, content = request(self.site, method, path, body, headers)
            except (OSError, HTTPException):
                status, content = 0, b""  # the process died with our request in its hands
            if status in {200, 201}:
                return content
            if status not in {0, 429, 503}:
                self.surprises.append(f"{status} {content[:200]!r}")
            self.retries += 1
            time.sleep(0.05)
        raise AssertionError(f"not acknowledged in {PATIENCE} s; {self.site.said()}")


def request(
    site: RunningSite, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        content = None if body is None else json.dumps(body).encode()
        connection.request(method, path, content, {"Content-Type": "application/json", **(headers or {})})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def kill_by_turns(site: RunningSite) -> None:
    """The database, then a web process, then the database …, each with the site ready again before the next."""
    for number in range(KILLS):
        time.sleep(SECONDS_BETWEEN_KILLS)
        os.kill(site.pid_of("postgres -D" if number % 2 == 0 else "webserver"), signal.SIGKILL)
        site.wait_until_ready()
    time.sleep(SECONDS_BETWEEN_KILLS)


def answered_while_killing(site: RunningSite) -> list[Reader]:
    consent = json.loads(request(site, "GET", f"/api/v1/inquiries/{SLUG}")[1])["consent"]["sha256"]
    request(site, "GET", f"{STATEMENTS}/next", headers={"X-Toikake-Token": new_token_at(site)})  # opens the debate
    stop = threading.Event()
    readers = [Reader(site, consent, stop) for _ in range(READERS_AT_ONCE)]
    for reader in readers:
        reader.start()
    kill_by_turns(site)
    deadline = time.monotonic() + PATIENCE
    while sum(len(reader.acknowledged) for reader in readers) < ENOUGH and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for reader in readers:
        reader.join(PATIENCE)
    return readers


def send_again(site: RunningSite, writes: list[Write]) -> list[tuple[int, bytes]]:
    return [
        request(site, "PUT", write.path, write.body, {"X-Toikake-Token": write.token, "Idempotency-Key": write.key})
        for write in writes
    ]


def new_token_at(site: RunningSite) -> str:
    return str(json.loads(request(site, "POST", "/api/v1/participants", {})[1])["token"])


def own_answers(site: RunningSite, tokens: list[str]) -> dict[str, dict[str, Any]]:
    return {
        token: json.loads(request(site, "GET", RESPONSE, headers={"X-Toikake-Token": token})[1])["answers"]
        for token in tokens
    }


def in_database(site: RunningSite, query: str) -> Any:
    place = connection_settings(site.data_dir)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    with psycopg.connect(**{name: place[key] for key, name in names.items()}) as connection:
        return connection.execute(query).fetchone()


def verified(site: RunningSite) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "verify_ledger", SLUG],
        env=site_environment(site.data_dir),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.stdout + done.stderr


BALLOTS = """
WITH vote AS (
    SELECT get_byte(votes, place) AS choice FROM debates_ballot, generate_series(0, length(votes) - 1) AS place
)
SELECT count(*), sum(revision), (SELECT count(*) FROM debates_votelog), (SELECT count(*) FROM debates_votekey),
    (SELECT count(*) FROM vote WHERE choice = 1), (SELECT count(*) FROM vote WHERE choice = 2),
    (SELECT count(*) FROM vote WHERE choice = 3), (SELECT count(*) FROM vote WHERE choice = 4)
FROM debates_ballot
"""


def answers_in(writes: list[Write]) -> dict[str, dict[str, Any]]:
    """What each reader's answers are in the end."""
    answers: dict[str, dict[str, Any]] = {}
    for write in writes:
        if write.path == RESPONSE:
            answers.setdefault(write.token, {}).update(write.body["answers"])
    return answers


def votes_in(writes: list[Write]) -> dict[str, dict[str, str]]:
    """What stands on each reader's ballot in the end, by the address of the statement."""
    votes: dict[str, dict[str, str]] = {}
    for write in writes:
        if write.path != RESPONSE:
            votes.setdefault(write.token, {})[write.path] = write.body["choice"]
    return votes


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_or_doubled_when_processes_are_killed():
    with used_folder() as folder, running_site(folder) as site:
        readers = answered_while_killing(site)

        writes = [write for reader in readers for write in reader.acknowledged]
        answers, votes = answers_in(writes), votes_in(writes)
        some = random.Random(1).sample(writes, min(SENT_AGAIN, len(writes)))
        again = send_again(site, some)
        looked_at = sorted(answers)[:SENT_AGAIN]
        kept = own_answers(site, looked_at)
        sums = in_database(
            site,
            "SELECT count(*), sum(revision), sum((answers->>'Q1')::int + (answers->>'Q4')::int),"
            " (SELECT count(*) FROM responses_responselog), (SELECT count(*) FROM responses_idempotencykey)"
            " FROM responses_response",
        )
        ballots = in_database(site, BALLOTS)
        verdict = verified(site)

    assert [surprise for reader in readers for surprise in reader.surprises] == []
    assert sum(reader.retries for reader in readers) > 0
    assert len(answers) > 50
    assert again == [(200, write.said) for write in some]
    assert kept == {token: answers[token] for token in looked_at}
    parts = sum(write.path == RESPONSE for write in writes)
    assert sums == (len(answers), parts, sum(sum(each.values()) for each in answers.values()), parts, parts)
    cast = len(writes) - parts
    standing = Counter(choice for ballot in votes.values() for choice in ballot.values())
    assert ballots == (len(votes), cast, cast, cast, *(standing[choice] for choice in CHOICES))
    assert verdict == f"{SLUG}: rows, logs, codes and ballots agree.\n"
