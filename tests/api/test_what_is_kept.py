"""After a reader was here: what the tables and the log of the server know of them, and what they do not."""

import logging
import re
from base64 import urlsafe_b64decode

import pytest
from django.db import connection
from django.test import override_settings

from apps.participants.models import Participant
from apps.participants.tokens import read_token
from apps.responses.actions import today
from apps.responses.visits import flush_visits
from tests.api.conftest import ApiClient

TELLING = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_X_FORWARDED_FOR": "198.51.100.4",
    "HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1) TellTale/7",
    "HTTP_REFERER": "https://news.example/politics/a-private-path?who=me",
}
TRACES = ["203.0.113", "198.51.100", "telltale", "iphone os", "private-path", "who=me", "news.example/"]


def every_row() -> str:
    """All that stands in any table of this database, as one text; binary columns as hexadecimal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(kept)::text FROM {table} AS kept")
            found += [f"{table} {row}" for (row,) in cursor.fetchall()]
    assert len(tables) > 20
    return "\n".join(found)


def visit_everything(api: ApiClient) -> str:
    """One reader opens the page, joins, answers, comes back with the receipt, mistypes it; returns the receipt."""
    assert api.get("/q/one-founder-ai/", **TELLING).status_code == 200
    flush_visits()
    api.send("POST", "/participants", "{}", **TELLING)
    api.send("GET", "/inquiries/one-founder-ai", **TELLING)
    receipt = api.answer({"Q1": 4, "Q3": "私の考え"}, complete=True, **TELLING).json()["receipt"]
    api.send("GET", "/receipt", HTTP_X_TOIKAKE_RECEIPT=receipt, **TELLING)
    api.send("GET", "/receipt", HTTP_X_TOIKAKE_RECEIPT="0" * 26, **TELLING)
    api.answer({"Q1": 77}, **TELLING)
    return receipt


def test_no_table_knows_address_agent_or_path(api, inquiry):
    visit_everything(api)

    kept = every_row().lower()

    assert "私の考え" in kept
    assert '"source": "news.example"' in kept
    assert [trace for trace in TRACES if trace in kept] == []


def test_no_table_knows_token_or_receipt(api, inquiry):
    receipt = visit_everything(api)

    kept = every_row()

    secrets = [api.token, receipt, receipt.replace("-", ""), read_token(api.token).hex()]
    secrets += [urlsafe_b64decode(api.token).hex(), urlsafe_b64decode(api.token)[-16:].hex()]
    assert [secret for secret in secrets if secret.lower() in kept.lower()] == []


def test_log_of_the_server_names_nobody(api, inquiry, caplog):
    logging.getLogger("django").addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.DEBUG, logger="django.request"):
            receipt = visit_everything(api)
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)

    said = caplog.text.lower()
    assert "/api/v1/receipt" in said
    assert [trace for trace in [*TRACES, api.token.lower(), receipt.lower(), "私の考え"] if trace in said] == []


def test_answers_know_no_time_finer_than_a_day(db):
    """Nothing that stands beside a pseudonym holds an hour."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT timed.table_name, timed.column_name FROM information_schema.columns AS timed"
            " JOIN information_schema.columns AS named USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND named.column_name = 'pseudonym'"
            " AND (timed.data_type LIKE 'time%%' OR timed.data_type = 'interval')"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'pseudonym' ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == [
            "debates_ballot",
            "debates_exposure",
            "debates_votekey",
            "debates_votelog",
            "participants_participant",
            "responses_idempotencykey",
            "responses_response",
            "responses_responselog",
        ]


def test_consent_is_the_hash_of_its_text_and_a_day(api, inquiry):
    visit_everything(api)

    participant = Participant.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", participant.consent_sha256)
    assert participant.consent_day == today()


@pytest.mark.parametrize(
    "setting", [{"CACHES": {"default": {"BACKEND": "nowhere.Cache"}}}, {"EMAIL_BACKEND": "nowhere.Mail"}]
)
def test_dead_cache_or_mailer_stops_no_answer(api, inquiry, setting):
    with override_settings(**setting):
        assert api.answer({"Q1": 4}).status_code == 201


def test_dead_worker_stops_no_answer(api, inquiry):
    """No table of the job queue is needed for an answer."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE procrastinate_jobs CASCADE")

    assert api.answer({"Q1": 4}).status_code == 201
    assert api.send("GET", "/inquiries/one-founder-ai/results").status_code == 200
