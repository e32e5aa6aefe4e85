"""The list of the erased: in the database by the deleting transaction, in the file as soon as that holds."""

import uuid
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.utils import timezone

from apps.common.writing import today
from apps.participants.erasures import (
    ListDamaged,
    Noted,
    append,
    forget_old,
    keep,
    list_file,
    listed,
    listed_here,
    remembered,
)
from apps.participants.models import Erasure
from apps.responses.actions import erase_response
from tests.responses.factories import make_identity, make_inquiry, record


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def noted(number: int, day: date | None = None) -> Noted:
    return Noted(uuid.UUID(int=number), day or today(), bytes([number]) * 16)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_stands_in_both_lists_by_a_hash_of_the_pseudonym():
    inquiry = make_inquiry()
    who = make_identity(inquiry, b"mine").pseudonym
    record(inquiry, {"Q1": 4}, identity=make_identity(inquiry, b"mine"))

    erase_response(pseudonym=who)

    [row] = remembered()
    assert (row.day, row.hashed) == (today(), sha256(who).digest()[:16])
    assert listed_here() == [row]
    assert who.hex() not in list_file().read_text()
    assert list_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_did_not_happen_stands_in_neither_list():
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 4})

    with transaction.atomic():
        erase_response(pseudonym=make_identity(inquiry).pseudonym)
        transaction.set_rollback(True)
    erase_response(pseudonym=b"nobody's pseudon")

    assert (remembered(), list_file().exists()) == ([], False)


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_takes_no_line_keeps_nobody_from_erasing(settings):
    settings.DATA_DIR = settings.DATA_DIR / "that is not there"
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 4})

    assert erase_response(pseudonym=make_identity(inquiry).pseudonym)
    assert Erasure.objects.count() == 1


@pytest.mark.django_db
def test_once_an_hour_both_lists_know_the_same_and_nothing_too_old():
    now = timezone.now()
    old, mine, elsewhere = noted(1, today() - timedelta(days=60)), noted(2), noted(3)
    append([old, mine])
    keep([old, elsewhere])

    assert forget_old(now - timedelta(days=42)) == 1

    assert listed_here() == [mine, elsewhere]
    assert remembered() == [elsewhere]


def test_a_line_cut_short_loses_only_itself_and_a_list_from_elsewhere_must_be_whole():
    append([noted(1)])
    with list_file().open("a") as file:
        file.write("0000-half")
    append([noted(2)])

    assert listed_here() == [noted(1), noted(2)]
    with pytest.raises(ListDamaged) as raised:
        listed(list_file())
    assert raised.value.line == 2
