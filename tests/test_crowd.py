"""All web processes of a machine count one network together, and know of a proof that another of them accepted."""

import json
import time
import uuid
from collections import Counter
from http.client import HTTPConnection
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge

from tests.running_site import RunningSite, running_site, used_folder

STATEMENTS = "/api/v1/inquiries/one-founder-ai/statements"
CAFE, ELSEWHERE = "203.0.113.9", "198.51.100.9"
FREE, PAID = 60, 10


def call(site: RunningSite, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """On a connection of its own, so that any of the processes may take it."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        content = None if body is None else json.dumps(body).encode()
        connection.request(method, path, content, {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def vote(site: RunningSite, token: str, number: int, network: str = CAFE, **more: str) -> tuple[int, Any]:
    headers = {"X-Toikake-Token": token, "Idempotency-Key": str(uuid.uuid4()), "X-Forwarded-For": network, **more}
    return call(site, "PUT", f"{STATEMENTS}/{number}/vote", {"choice": "agree"}, **headers)


def become_reader(site: RunningSite) -> str:
    return str(call(site, "POST", "/api/v1/participants", {})[1]["token"])


@pytest.mark.slow
def test_network_is_counted_by_all_processes_together():
    with used_folder() as folder, running_site(folder, WEB_WORKERS="3") as site:
        readers = [become_reader(site) for _ in range(10)]
        call(site, "GET", f"{STATEMENTS}/next", **{"X-Toikake-Token": readers[0]})

        began = time.monotonic()
        said = Counter(vote(site, reader, number)[0] for number in range(1, 9) for reader in readers)
        seconds = time.monotonic() - began
        status, refused = vote(site, readers[0], 20)
        challenge = Challenge.from_dict(refused["error"]["challenge"])
        work = Payload(challenge, solve_challenge(challenge)).to_base64()
        worked = [vote(site, readers[0], 20, **{"X-Toikake-Proof": work})[0], vote(site, readers[0], 21)[0]]
        elsewhere = vote(site, readers[1], 20, ELSEWHERE)[0]

    assert FREE <= said[201] <= FREE + 1 + seconds / 10  # a tenth of a vote comes back each second
    assert said[201] + said[429] == 80
    assert (status, refused["error"]["code"]) == (429, "proof_of_work")
    assert (worked, elsewhere) == ([201, 201], 201)
