"""A web process answers with what it needs and no more: the mathematics of the worker never gets in."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.debates.maps.making import draw_map
from apps.inquiries.models import Inquiry
from apps.reports.actions import publish_epoch
from tests.debates.planting import drawn, plant_ballots
from tests.reports.report.publishing.editions import published, told_all
from tests.responses.factories import make_identity, make_inquiry, record
from tests.running_site import ROOT

HEAVY = {"numpy", "scipy", "highspy", "typst", "fontTools", "sudachipy", "statsmodels", "pandas"}
MOST_KILOBYTES = 130 * 1024
PAGES = {
    "/": 200,
    "/q/one-founder-ai/": 200,
    "/q/one-founder-ai/results/": 200,
    "/q/one-founder-ai/about/": 200,
    "/q/one-founder-ai/report/1/": 200,
    "/receipt/": 200,
    "/api/v1/inquiries/one-founder-ai": 200,
    "/api/v1/inquiries/one-founder-ai/results": 200,
    "/api/v1/inquiries/one-founder-ai/map": 200,
    "/api/v1/openapi.json": 200,
    "/accounts/login/": 200,
    "/desk/": 302,
    "/admin/": 302,
    "/nothing/": 404,
}
ANSWER = {"version": 1, "language": "ja", "complete": True, "consent": "2026-1", "answers": {"Q1": 4}}

# What runs there: the application as it is deployed, every address resolved, each page asked for, an answer given.
PROGRAM = """
import json, sys
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from config.wsgi import application
from django.urls import get_resolver
from werkzeug.test import Client

asked = json.load(sys.stdin)

def resolve(resolver):
    parts = resolver.url_patterns
    return sum(resolve(part) if hasattr(part, "url_patterns") else callable(part.callback) for part in parts)

addresses = resolve(get_resolver())
client, here = Client(application), {"base_url": "http://127.0.0.1"}
pages = {page: client.get(page, **here).status_code for page in asked["pages"]}
foreign = client.get("/", base_url="http://evil.example").status_code
fields = {f"a{number}": "x" for number in range(600)}
crowded = client.post("/q/one-founder-ai/answer/?step=1", data=fields, **here).status_code
token = client.post("/api/v1/participants", json={}, **here).json["token"]
headers = {"X-Toikake-Token": token, "Idempotency-Key": "0b0e9a52-6f3c-4c1d-9d57-3a1f2f6f9f10"}
path = "/api/v1/inquiries/one-founder-ai/response"
answered = client.put(path, json=asked["answer"], headers=headers, **here).status_code
debate = "/api/v1/inquiries/one-founder-ai"
headers["Idempotency-Key"] = "0b0e9a52-6f3c-4c1d-9d57-3a1f2f6f9f11"
voted = client.put(f"{debate}/statements/1/vote", json={"choice": "agree"}, headers=headers, **here).status_code
stand = client.get(f"{debate}/stand", headers=headers, **here).json["votes"]
modules = sorted({name.partition(".")[0] for name in sys.modules})
resident = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
seen = {"addresses": addresses, "pages": pages, "answered": answered, "refused": [foreign, crowded]}
print(json.dumps({**seen, "voted": voted, "stand": stand, "modules": modules, "resident": resident}))
"""


def database_url() -> str:
    place = {name: quote(str(connection.settings_dict[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "NAME")}
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **place, PORT=connection.settings_dict["PORT"] or 5432
    )


@pytest.mark.django_db(transaction=True)
def test_web_process_answers_without_the_mathematics_stays_small_and_logs_no_host():
    inquiry = make_inquiry()
    for number in range(12):
        record(inquiry, {"Q1": number % 5 + 1}, identity=make_identity(inquiry, bytes([number]) * 16))
    assert publish_epoch(inquiry=inquiry, now=timezone.now())
    told_all(inquiry)
    assert published(Inquiry.objects.get(pk=inquiry.pk))
    plant_ballots(open_debate(inquiry=inquiry), drawn(np.outer(np.linspace(-2, 2, 40), np.linspace(2, -2, 24))))
    assert draw_map(debate=inquiry.debate, now=timezone.now())

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps({"pages": list(PAGES), "answer": ANSWER}),
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["pages"], seen["answered"], seen["refused"]) == (PAGES, 201, [400, 400])
    assert (seen["voted"], seen["stand"]) == (201, 1)
    # pytest gives every logger a handler; only out there is none really none
    assert "evil.example" not in done.stderr
    assert "TooManyFieldsSent" not in done.stderr
    assert seen["addresses"] > 80
    assert "apps" in seen["modules"]
    assert HEAVY.intersection(seen["modules"]) == set()
    assert seen["resident"] <= MOST_KILOBYTES
