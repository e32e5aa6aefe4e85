"""Whether this process lives, and whether it may take answers: for load balancers, supervisors and people on call."""

import shutil

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.common.embedded import Cluster

# With one of these off, PostgreSQL may acknowledge an answer and lose it in a crash.
DURABILITY_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")
# Bytes: two segments of PostgreSQL's log. With less the next one may find no room, and nothing is written any more.
NO_ROOM = 32 * 1024 * 1024

migrated = False


def unsafe_durability(database: BaseDatabaseWrapper) -> list[str]:
    """The names of the durability settings that this server has switched off."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name",
            [list(DURABILITY_SETTINGS)],
        )
        return [name for (name,) in cursor.fetchall()]


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        code, message = obstacle()
    except DatabaseError:
        code, message = "database_unreachable", "The database does not answer."
    if not code:
        return JsonResponse({"ready": True})
    return JsonResponse({"error": {"code": code, "message": message}}, status=503, headers={"Retry-After": "2"})


def obstacle() -> tuple[str, str]:
    """What keeps this process from taking answers, as a code and a sentence; empty where nothing does."""
    unsafe = unsafe_durability(connection)
    if unsafe:
        return "unsafe_durability", f"The database has {', '.join(unsafe)} off and could lose answers."
    if not all_migrated():
        return "migrations_missing", "The database lacks migrations of this version."
    if disk_is_full():
        return "disk_full", "The disk of the database is full; no answer can be kept."
    return "", ""


def disk_is_full() -> bool:
    """Of the embedded database; how much room another server has is not known here. Asks the system, writes nothing."""
    if not settings.EMBEDDED_DATABASE:
        return False
    try:
        return shutil.disk_usage(Cluster(settings.DATA_DIR).directory).free < NO_ROOM
    except OSError:
        return False  # the database has just answered


def all_migrated() -> bool:
    """Asked until it is true; the tables do not go back while a process runs."""
    global migrated  # noqa: PLW0603 (one answer for the life of the process)
    if not migrated:
        executor = MigrationExecutor(connection)
        migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return migrated


def refuse_newer_tables() -> None:
    """Raises CommandError where a newer version has used the database, whose promises this one does not know."""
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("apps.")}
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if newer := sorted(f"{app}.{name}" for app, name in unknown if app in ours):
        raise CommandError(
            f"The database was used by a newer Toikake ({newer[-1]} is not known here). Start that version or a newer"
            " one, or restore a backup from before.",
            returncode=2,
        )
