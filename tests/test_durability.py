"""Readers answer while the database and web processes are killed: nothing acknowledged is lost or doubled."""

import json
import os
import signal
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

import psycopg
import pytest

from apps.common.embedded import connection_settings
from tests.running_site import RunningSite, running_site, site_folder

READERS_AT_ONCE = 4
KILLS = 6
SLUG = "one-founder-ai"


@dataclass
class Reader(threading.Thread):
    """Answers as one new reader after another; sends again under the same key until the site acknowledges."""

    site: RunningSite
    consent: str
    stop: threading.Event
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)
    retries: int = 0
    surprises: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            answers = {"Q1": 1 + number % 5, "Q4": 1 + number % 4}
            token = self.send("POST", "/api/v1/participants", {}, {})["token"]
            body = {
                "version": 1, "language": "ja", "complete": True, "consent": self.consent, "answers": answers,
            }  # fmt: skip
            headers = {"X-Toikake-Token": token, "Idempotency-Key": str(uuid.uuid4())}
            self.send("PUT", f"/api/v1/inquiries/{SLUG}/response", body, headers)
            self.acknowledged[token] = answers

    def send(self, method: str, path: str, body: dict, headers: dict[str, str]) -> dict:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = HTTPConnection("127.0.0.1", self.site.port, timeout=20)
                connection.request(
                    method, path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
                )
                response = connection.getresponse()
                content = response.read()
            except (OSError, HTTPException):
                self.retries += 1
                time.sleep(0.05)
                continue
            finally:
                connection.close()
            if response.status in {200, 201}:
                return json.loads(content)
            if response.status != 503:
                self.surprises.append(f"{response.status} {content[:200]!r}")
            self.retries += 1
            time.sleep(0.05)
        raise AssertionError(f"not acknowledged within a minute; {self.site.said()}")


def ask(site: RunningSite, path: str, headers: dict[str, str] | None = None) -> dict:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    content = json.loads(response.read())
    connection.close()
    assert response.status == 200, content
    return content


def kill_by_turns(site: RunningSite) -> int:
    """The database, then a web worker, then the database …, each with the site ready again before the next."""
    killed = 0
    for number in range(KILLS):
        time.sleep(1.0)
        word = "postgres -D" if number % 2 == 0 else "webserver"
        os.kill(site.pid_of(word), signal.SIGKILL)
        killed += 1
        site.wait_until_ready(60)
    return killed


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_no_acknowledged_answer_is_lost_or_doubled_when_processes_are_killed():
    with site_folder() as folder, running_site(folder) as site:
        instrument = ask(site, f"/api/v1/inquiries/{SLUG}")
        stop = threading.Event()
        readers = [Reader(site, instrument["consent"]["sha256"], stop) for _ in range(READERS_AT_ONCE)]
        for reader in readers:
            reader.start()

        killed = kill_by_turns(site)
        time.sleep(1.0)
        stop.set()
        for reader in readers:
            reader.join(90)

        acknowledged = {token: answers for reader in readers for token, answers in reader.acknowledged.items()}
        kept = {
            token: ask(site, f"/api/v1/inquiries/{SLUG}/response", {"X-Toikake-Token": token})["answers"]
            for token in acknowledged
        }
        with psycopg.connect(**psycopg_settings(folder)) as connection:
            rows = connection.execute("SELECT count(*) FROM responses_response").fetchone()
            log = connection.execute("SELECT count(*), count(DISTINCT pseudonym) FROM responses_responselog").fetchone()
    assert killed == KILLS
    assert [surprise for reader in readers for surprise in reader.surprises] == []
    assert sum(reader.retries for reader in readers) > 0
    assert len(acknowledged) > 50
    assert kept == acknowledged
    assert rows == (len(acknowledged),)
    assert log == (len(acknowledged), len(acknowledged))


def psycopg_settings(folder) -> dict[str, str]:
    place = connection_settings(folder)
    return {
        "dbname": place["NAME"],
        "user": place["USER"],
        "password": place["PASSWORD"],
        "host": place["HOST"],
        "port": place["PORT"],
    }
