"""One reader's way through the API, call by call in order: the examples of the OpenAPI document, each tried by a test.

Tokens, keys and receipts in them open nothing. What is long, as the instrument and published results are, is told by
the schema alone.
"""

from dataclasses import dataclass
from typing import Any

TOKEN = "kDhqFtssqEdh1YM04E7X2wAAUS_7g4CkRgtAbFIi4e9qam6a"  # noqa: S105 (made up)
KEY = "6f1c1d1e-3a9b-4f5a-8c57-2b8e3f0a7d11"
RECEIPT = "5XZG3-ZACA0-W42Q3-Z0PSD-89R682"
ANSWERS = {
    "Q1": 4,
    "Q2": {"a": 3, "b": 2},
    "Q3": "Faster is good, but somebody must be able to stop it.",
    "Q7": {"code": 7, "text": "Reach the bottom of the sea"},
    "Q9": [3, 1],
}
KEPT = {
    "inquiry": "one-founder-ai",
    "version": 1,
    "language": "en",
    "status": "partial",
    "complete": False,
    "revision": 1,
    "answers": ANSWERS,
}


@dataclass(frozen=True)
class Example:
    """`place`: what stands in the address. `reply`: None where the schema tells it, or where nothing comes back."""

    method: str
    path: str
    place: dict[str, Any]
    status: int
    body: dict[str, Any] | None = None
    reply: dict[str, Any] | None = None


SLUG = {"slug": "one-founder-ai"}
EXAMPLES = (
    Example("post", "/participants", {}, 201, body={}, reply={"token": TOKEN}),
    Example("get", "/inquiries", {}, 200),
    Example("get", "/inquiries/{slug}", SLUG, 200),
    Example("get", "/inquiries/{slug}/way", SLUG, 200),
    Example(
        "put",
        "/inquiries/{slug}/response",
        SLUG,
        201,
        body={"version": 1, "language": "en", "complete": False, "consent": "2026-1", "answers": ANSWERS},
        reply={"receipt": RECEIPT, "epoch": None, "status": "partial", "revision": 1},
    ),
    Example("get", "/inquiries/{slug}/response", SLUG, 200, reply=KEPT),
    Example("get", "/inquiries/{slug}/results", SLUG, 200),
    Example("get", "/inquiries/{slug}/statements/next", {**SLUG, "n": 5}, 200),
    Example(
        "put",
        "/inquiries/{slug}/statements/{id}/vote",
        {**SLUG, "id": 1},
        201,
        body={"choice": "unsure"},
        reply={"id": 1, "choice": "unsure", "revision": 1},
    ),
    Example("delete", "/inquiries/{slug}/statements/{id}/vote", {**SLUG, "id": 1}, 204),
    Example(
        "post",
        "/inquiries/{slug}/statements",
        SLUG,
        201,
        body={"text": "Whoever builds an AI should say who can stop it.", "language": "en"},
        reply={"id": 25, "state": "waiting"},
    ),
    Example("get", "/inquiries/{slug}/map", SLUG, 200),
    Example("get", "/inquiries/{slug}/stand", SLUG, 200),
    Example("get", "/receipt", {}, 200, reply=KEPT),
    Example(
        "patch",
        "/receipt",
        {},
        200,
        body={"answers": {"Q1": 5}},
        reply={"epoch": None, "status": "partial", "revision": 2},
    ),
    Example("delete", "/receipt", {}, 204),
)
HEADERS = {"X-Toikake-Token": TOKEN, "Idempotency-Key": KEY, "X-Toikake-Receipt": RECEIPT}


def add_examples(paths: dict[str, Any], before: str) -> None:
    """Into the operations of the document. `before`: what stands in front of each path."""
    for example in EXAMPLES:
        operation = paths[before + example.path][example.method]
        for parameter in operation["parameters"]:
            known = {**example.place, **HEADERS}
            if parameter["name"] in known:
                parameter["example"] = known[parameter["name"]]
        if example.body is not None:
            operation["requestBody"]["content"]["application/json"]["example"] = example.body
        if example.reply is not None:
            operation["responses"][example.status]["content"]["application/json"]["example"] = example.reply
