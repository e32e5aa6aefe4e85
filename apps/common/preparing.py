"""The database as Toikake needs it: safe, with its tables, the built-in inquiry and a way in for the owner."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import InsufficientPrivilege

from apps.common.health import refuse_newer_tables, unsafe_durability
from apps.common.logs import chain_of
from apps.common.supervisor import say

BUILT_IN_INQUIRY = settings.BASE_DIR / "apps" / "inquiries" / "content" / "one-founder-ai.json"
PREPARATION_LOCK = 7_405_366_001  # any number of our own, the same on every machine


def prepare_database() -> str:
    """Tables, the built-in inquiry and, while nobody owns the site, the link that makes the first owner."""
    unsafe = unsafe_durability(connection)
    if unsafe:
        raise CommandError(
            f"The database has {', '.join(unsafe)} switched off and could lose acknowledged answers in a crash."
            " Switch it on in the server's configuration.",
            returncode=2,
        )
    refuse_other_encodings()
    try:
        with prepared_by_one_machine():
            refuse_newer_tables()
            bring_tables_up()
            call_command("replay_erasures", stdout=sys.stderr)  # the database may come from a backup
            call_command("load_inquiry", str(BUILT_IN_INQUIRY), verbosity=0)
            link = StringIO()
            call_command("setup_link", stdout=link)
            return link.getvalue().strip()
    except (ProgrammingError, MigrationSchemaMissing) as error:
        refusal = next((link for link in chain_of(error) if isinstance(link, InsufficientPrivilege)), None)
        if refusal is None:
            raise
        raise CommandError(
            f"The database cannot be prepared: {refusal.diag.message_primary}."
            " Make the role of DATABASE_URL the owner of its database.",
            returncode=2,
        ) from error
    finally:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # its threads must not live where children are forked


def refuse_other_encodings() -> None:
    """Servers made under the locale C make databases that cannot hold Japanese."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        raise CommandError(
            f"The database is encoded in {encoding}, not in UTF8 (createdb --encoding UTF8 --template template0).",
            returncode=2,
        )


def bring_tables_up() -> None:
    """In silence on a first start; an upgrade may write large tables anew, so it tells what it is at."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    upgrade = bool(plan and executor.loader.applied_migrations)
    if upgrade:
        say(
            f"the tables are brought up to this version in {len(plan)} steps; the site opens afterwards."
            " A large survey takes minutes. A step that is stopped is undone and begun again by the next start."
        )
    call_command("migrate", interactive=False, verbosity=int(upgrade), stdout=sys.stderr)


@contextmanager
def prepared_by_one_machine() -> Iterator[None]:
    """Machines that share a database wait for each other here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARATION_LOCK])
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARATION_LOCK])
