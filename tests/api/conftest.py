import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.inquiries.models import Inquiry
from apps.participants.tokens import new_token
from tests.responses.factories import make_inquiry


class ApiClient(Client):
    """Speaks to the API as a careful sender would; a test changes the one thing that it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.token = new_token()

    def send(self, method: str, path: str, body: Any = None, **headers: str | None) -> HttpResponse:
        usual = {"HTTP_X_TOIKAKE_TOKEN": self.token, "HTTP_IDEMPOTENCY_KEY": str(uuid4()), "HTTP_ACCEPT_LANGUAGE": "en"}
        given = {name: value for name, value in {**usual, **headers}.items() if value is not None}
        content = {} if body is None else {"data": body, "content_type": given.pop("CONTENT_TYPE", "application/json")}
        return self.generic(method, f"/api/v1{path}", **content, **given)

    def answer(self, answers: Any, **changes: Any) -> HttpResponse:
        """A first part, unless the changes (of the body in small letters, of headers in capitals) say otherwise."""
        body = {"version": 1, "language": "ja", "complete": False, "consent": "2026-1", "answers": answers}
        headers = {name: changes.pop(name) for name in list(changes) if name.isupper()}
        return self.send("PUT", "/inquiries/one-founder-ai/response", json.dumps({**body, **changes}), **headers)


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()


@pytest.fixture
def inquiry(db: None) -> Inquiry:
    return make_inquiry()
