"""What each refusal of an answer has to be: exact, short, and without a trace."""

from apps.participants.models import Participant
from apps.responses.models import Response

RESPONSE = "/inquiries/one-founder-ai/response"
GOOD = {"version": 1, "language": "ja", "complete": False, "consent": "2026-1", "answers": {"Q1": 4}}
LONGEST_ERROR = 2048


def refused(response, status: int, code: str | None = None, field: str | None = None) -> None:
    assert response.status_code == status, response.content
    assert len(response.content) <= LONGEST_ERROR
    error = response.json()["error"]
    assert error["message"]
    if code:
        assert error["code"] == code
    if field:
        assert error["field"] == field
    assert not Response.objects.exists()
    assert not Participant.objects.exists()
