"""What was kept comes back: whole, and into the right place."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.debates.models import Ballot, VoteLog
from apps.responses.queries import log_watermark
from tests.backups.doing import answers, manage, own_database, restore, too_old
from tests.responses.factories import make_identity, record
from tests.running_site import site_environment


def test_what_was_kept_comes_back_and_what_came_later_is_gone(in_use, backup):
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"later"))
    given_out = log_watermark(in_use.pk)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_later_version (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)")

    said = restore(backup, "--replace")

    assert answers() == [1, 2, 3]
    assert (Ballot.objects.count(), VoteLog.objects.count()) == (1, 1)
    assert "of_a_later_version" not in connection.introspection.table_names()
    assert "rows put back as they were on" in said
    call_command("verify_ledger", in_use.slug, stdout=StringIO())
    record(in_use, {"Q1": 4}, identity=make_identity(in_use, b"new"))
    assert log_watermark(in_use.pk) > given_out


def test_the_file_is_closed_to_others_and_holds_no_key(backup, settings):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert settings.SECRET_KEY.encode() not in backup.read_bytes()
    assert list(backup.parent.glob(".kept*")) == []


def test_a_file_that_is_there_is_replaced_only_if_told(backup):
    before, inode = backup.read_bytes(), backup.stat().st_ino

    with pytest.raises(CommandError, match="is there already") as raised:
        call_command("backup", backup)

    assert (raised.value.returncode, backup.read_bytes()) == (1, before)
    call_command("backup", backup, "--replace", stdout=StringIO())
    assert backup.stat().st_ino != inode


def test_an_older_backup_comes_back_where_somebody_insists(backup):
    too_old(backup)

    restore(backup, "--replace", "--past-its-time")

    assert answers() == [1, 2, 3]


def test_another_key_is_named_and_stops_nothing(backup, settings):
    settings.SECRET_KEY = "another key of more than thirty-two characters"

    assert "taken under another SECRET_KEY" in restore(backup, "--replace")


@pytest.mark.django_db
def test_database_without_tables_has_nothing_to_keep(tmp_path):
    with own_database() as url:
        tried = manage(site_environment(tmp_path, DATABASE_URL=url), "backup", str(tmp_path / "empty.backup"))

    assert (tried.returncode, "nothing to keep" in tried.stderr) == (2, True)
    assert not (tmp_path / "empty.backup").exists()
