"""The examples of the OpenAPI document are one reader's way, and each of them is what happens."""

import json
from typing import Any

from django.test import Client

from apps.api.examples import EXAMPLES, HEADERS, RECEIPT, TOKEN
from tests.api.test_openapi import CALLS

OWN = {"X-Toikake-Token": "HTTP_X_TOIKAKE_TOKEN", "X-Toikake-Receipt": "HTTP_X_TOIKAKE_RECEIPT"}


def same(example: Any, found: Any) -> bool:
    """Alike but for what is drawn for each reader."""
    if example in (TOKEN, RECEIPT):
        return isinstance(found, str) and len(found) == len(example)
    if isinstance(example, dict):
        return example.keys() == found.keys() and all(same(value, found[key]) for key, value in example.items())
    return bool(example == found)


def test_every_call_has_an_example():
    assert {f"{each.method.upper()} {each.path}" for each in EXAMPLES} == set(CALLS)


def test_each_example_is_what_happens(api, inquiry):
    own: dict[str, str | None] = {"HTTP_X_TOIKAKE_TOKEN": None, "HTTP_X_TOIKAKE_RECEIPT": None}
    for example in EXAMPLES:
        path = example.path.format(**example.place)
        if "n" in example.place:
            path += f"?n={example.place['n']}"
        if example.path.endswith("/statements"):
            vote(api, own)
        found = api.send(
            example.method.upper(), path, json.dumps(example.body) if example.body is not None else None, **own
        )

        assert found.status_code == example.status, (example, found.content)
        reply = found.json() if found.content else None
        if example.reply is not None:
            assert same(example.reply, reply), (example.path, reply)
        own["HTTP_X_TOIKAKE_TOKEN"] = (reply or {}).get("token", own["HTTP_X_TOIKAKE_TOKEN"])
        own["HTTP_X_TOIKAKE_RECEIPT"] = (reply or {}).get("receipt", own["HTTP_X_TOIKAKE_RECEIPT"])


def vote(api, own) -> None:
    """Whoever writes has voted five times before."""
    for number in range(2, 7):
        api.send("PUT", f"/inquiries/one-founder-ai/statements/{number}/vote", json.dumps({"choice": "agree"}), **own)


def test_document_shows_bodies_replies_and_headers():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]

    for example in EXAMPLES:
        operation = paths[f"/api/v1{example.path}"][example.method]
        shown = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
        replied = (
            operation["responses"][str(example.status)].get("content", {}).get("application/json", {}).get("example")
        )
        headers = {each["name"]: each["example"] for each in operation["parameters"] if each["name"] in HEADERS}
        assert (shown, replied) == (example.body, example.reply), example.path
        assert headers.items() <= HEADERS.items()
