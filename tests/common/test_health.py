import json

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection

from apps.common import health


def status_and_code(response):
    return response.status_code, json.loads(response.content).get("error", {}).get("code")


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, json.loads(response.content)) == (200, {"alive": True})


@pytest.mark.django_db
def test_readyz_answers_once_tables_are_there(client):
    response = client.get("/readyz")

    assert (response.status_code, json.loads(response.content)) == (200, {"ready": True})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, path):
    response = client.post(path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
def test_readyz_refuses_a_server_that_could_lose_answers(client):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")

    response = client.get("/readyz")

    assert status_and_code(response) == (503, "unsafe_durability")
    assert response["Retry-After"] == "2"


@pytest.mark.django_db
def test_readyz_refuses_missing_migrations(client, monkeypatch):
    monkeypatch.setattr(health, "migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'common'")

    response = client.get("/readyz")

    assert status_and_code(response) == (503, "migrations_missing")


@pytest.mark.django_db
@pytest.mark.parametrize(("embedded", "answer"), [(True, (503, "disk_full")), (False, (200, None))])
def test_readyz_refuses_a_full_disk_under_a_database_of_our_own(
    client, monkeypatch, settings, tmp_path, embedded, answer
):
    settings.EMBEDDED_DATABASE, settings.DATA_DIR = embedded, tmp_path
    (tmp_path / "postgres").mkdir()
    with_room = client.get("/readyz")
    monkeypatch.setattr(health, "NO_ROOM", 2**63)

    response = client.get("/readyz")

    assert (status_and_code(with_room), status_and_code(response)) == ((200, None), answer)


@pytest.mark.django_db
def test_migrations_are_asked_only_until_they_are_there(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(1):
        client.get("/readyz")


def test_readyz_says_when_the_database_is_away(client, monkeypatch):
    def nobody_answers(database):
        raise DatabaseError

    monkeypatch.setattr(health, "unsafe_durability", nobody_answers)

    response = client.get("/readyz")

    assert status_and_code(response) == (503, "database_unreachable")


@pytest.mark.django_db
def test_unsafe_durability_names_the_setting():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")

    assert health.unsafe_durability(connection) == ["synchronous_commit"]


@pytest.mark.django_db
def test_a_database_that_a_newer_version_has_used_is_refused_by_name():
    health.refuse_newer_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('responses', '0999_of_the_future', now()), ('allauth', '0999_no_concern_of_ours', now())"
        )

    with pytest.raises(CommandError) as refused:
        health.refuse_newer_tables()

    assert refused.value.returncode == 2
    assert str(refused.value).startswith(
        "The database was used by a newer Toikake (responses.0999_of_the_future is not known here)."
    )
