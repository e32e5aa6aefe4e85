"""Who erased since the backup stays erased, wherever the list of them is found."""

from hashlib import sha256
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.management import call_command

from apps.common.writing import today
from apps.debates.models import Ballot
from apps.participants.erasures import Noted, append, list_file, listed_here, remembered
from apps.responses.actions import erase_response
from tests.backups.doing import answers, make_empty, restore
from tests.responses.factories import make_identity, record


def test_whoever_erased_since_stays_erased(in_use, backup):
    erased = make_identity(in_use, b"a").pseudonym
    erase_response(pseudonym=erased)

    said = restore(backup, "--replace")

    assert answers() == [2, 3]
    assert not Ballot.objects.filter(pk=erased).exists()
    assert "readers erased again: 1." in said
    assert {each.number for each in listed_here()} <= {each.number for each in remembered()}


def test_whoever_erased_and_answered_again_before_the_backup_keeps_the_new_answers(in_use, tmp_path):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"a"))
    path = tmp_path / "later.backup"
    call_command("backup", path, stdout=StringIO())

    restore(path, "--replace")

    assert answers() == [2, 3, 5]


def test_the_list_in_the_database_that_is_dropped_is_enough(in_use, backup):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    list_file().unlink()

    restore(backup, "--replace")

    assert answers() == [2, 3]


def test_a_copy_of_the_list_from_elsewhere_is_enough(in_use, backup, tmp_path):
    erase_response(pseudonym=make_identity(in_use, b"a").pseudonym)
    copy = list_file().rename(tmp_path / "copy")
    make_empty()

    restore(backup, "--erasures", str(copy))

    assert answers() == [2, 3]


def test_without_any_list_it_says_what_that_means(backup):
    list_file().unlink(missing_ok=True)
    make_empty()

    assert "There is no list of erasures here" in restore(backup)


def test_every_start_replays_what_a_restore_had_no_time_for(in_use, backup):
    record(in_use, {"Q1": 5}, identity=make_identity(in_use, b"d"))
    hashed = remembered_hash(in_use, b"d")
    append([hashed])

    call_command("replay_erasures", stdout=StringIO())

    assert answers() == [1, 2, 3]
    assert hashed in remembered()


def remembered_hash(inquiry: Any, token: bytes) -> Noted:
    """The line that another database wrote for this reader."""
    return Noted(uuid4(), today(), sha256(make_identity(inquiry, token).pseudonym).digest()[:16])
