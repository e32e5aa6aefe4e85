"""The ground under every test: a throw-away PostgreSQL, found by the settings through the environment.

The processes of pytest-xdist are started later and inherit the environment, so one server carries them all, each with a
test database of its own. A server named by DATABASE_URL is used as it is.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import settings as examples

from apps.common import recent
from apps.common.embedded import Cluster, connection_settings
from apps.common.threads import count_in_one_thread
from apps.debates import actions, exposures
from apps.responses import visits
from tests.emptying import empty_tables

# Nothing is timed. Where a change is to land, everybody's run tries the same examples; elsewhere each run tries others.
examples.register_profile("toikake", deadline=None, derandomize=os.environ.get("CI") == "true")
examples.load_profile("toikake")

SITE_NAMES = ("SITE_URL", "ALLOWED_HOSTS", "HOST", "PORT", "WEB_WORKERS", "DEBUG", "EMAIL_URL", "SECRET_KEY_FALLBACKS")


def database_url(data_dir: Path) -> str:
    place = {name: quote(value, safe="") for name, value in connection_settings(data_dir).items()}
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(place)


def prepare_environment() -> Cluster | None:
    """Nothing of the caller's own site reaches the tests; returns the server to stop at the end, if one was started."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return None
    for name in SITE_NAMES:
        os.environ.pop(name, None)
    count_in_one_thread()
    data_dir = Path(tempfile.mkdtemp(prefix="toikake-test-"))
    data_dir.chmod(0o711)  # the account that runs the server for root must be able to pass
    (data_dir / "static").mkdir()
    os.environ |= {"SECRET_KEY": "only-for-tests-" * 4, "DATA_DIR": str(data_dir)}
    if os.environ.get("DATABASE_URL"):
        return None
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the end is reached then, too
    cluster = Cluster(data_dir)
    cluster.start()
    os.environ["DATABASE_URL"] = database_url(data_dir)
    if settings.configured:  # pytest-django read them before this file, where pyproject.toml names them
        settings.DATABASES["default"].update(connection_settings(data_dir))
    return cluster


throw_away = prepare_environment()


def pytest_configure(config: pytest.Config) -> None:
    """Plain static files: nothing was collected, so nothing has a hashed name. Pages remember nothing, not even those
    that a browser asks for between two tests: what they kept would be found by the next one. Hashing a password costs
    a third of a second on purpose; not in tests."""
    recent.SECONDS = 0.0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT = Path(os.environ["DATA_DIR"]) / "static"  # empty, and looked for by every server of pages


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with real commits empty all tables afterwards; the audit log refuses that, everywhere but here."""
    TransactionTestCase._fixture_teardown = empty_tables
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_is_never_emptied")


@pytest.fixture(scope="module")
def rows_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Whatever is made on top of it is made once, and all tests of the module find it as it was: each is taken back to
    there. For worlds that take seconds; not beside tests with real commits, and Python's objects are fetched anew."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share the tests, what takes long begins first, or it runs alone at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: "slow" not in item.keywords)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was shown is written at once."""
    monkeypatch.setattr(exposures, "FLUSH_SECONDS", 0.0)
    views = visits.VisitCounter()
    views.flushed_at = inf  # written where a test asks for it, not in the middle of whatever runs by then
    monkeypatch.setattr(visits, "counter", views)


@pytest.fixture(autouse=True)
def nobody_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's readers vote without a pause; how fast they may is tried in tests/debates/test_pace.py."""
    monkeypatch.setitem(actions.VOTING_PACE, "burst", 1e9)


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    if throw_away:
        throw_away.stop()
    shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)
