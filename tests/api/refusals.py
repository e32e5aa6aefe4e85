"""What each refusal has to be: exact, short, and, of an answer, without a trace."""

from django.http import HttpResponse

from apps.participants.models import Participant
from apps.responses.models import Response

RESPONSE = "/inquiries/one-founder-ai/response"
GOOD = {"version": 1, "language": "ja", "complete": False, "consent": "2026-1", "answers": {"Q1": 4}}
KEY = "0b0e9a52-6f3c-4c1d-9d57-3a1f2f6f9f10"
LONGEST_ERROR = 2048


def told(response: HttpResponse, status: int, code: str | None = None, field: str | None = None) -> None:
    assert response.status_code == status, response.content
    assert len(response.content) <= LONGEST_ERROR
    error = response.json()["error"]
    assert error["message"]
    if code:
        assert error["code"] == code
    if field:
        assert error["field"] == field


def refused(response: HttpResponse, status: int, code: str | None = None, field: str | None = None) -> None:
    told(response, status, code, field)
    assert not Response.objects.exists()
    assert not Participant.objects.exists()
