import pytest
from django.db import connection

from apps.inquiries.models import Inquiry
from apps.participants import queries
from apps.participants.models import Participant, Pepper
from apps.participants.queries import Identity, InquiryGone, find_by_receipt, identify, pseudonym
from tests.responses.factories import make_identity, make_inquiry, record
from tests.responses.hands import at_once

TOKEN = b"a reader's token"


@pytest.fixture
def inquiry(db) -> Inquiry:
    return make_inquiry()


def test_reader_is_one_pseudonym_in_one_inquiry(inquiry):
    first, second = (identify(inquiry_id=inquiry.pk, token=TOKEN) for _ in range(2))

    assert first == second == Identity(inquiry.pk, pseudonym(inquiry.pk, TOKEN))
    assert len(first.pseudonym) == 16
    assert identify(inquiry_id=inquiry.pk, token=b"another's token.") != first


def test_two_inquiries_know_one_reader_by_two_pseudonyms(inquiry):
    other = make_inquiry("other")

    assert pseudonym(inquiry.pk, TOKEN) != pseudonym(other.pk, TOKEN)


def test_dropped_pepper_cuts_every_link(inquiry):
    before = pseudonym(inquiry.pk, TOKEN)

    Pepper.objects.filter(inquiry=inquiry).delete()
    queries._pepper.cache_clear()  # as in a process that starts afterwards

    assert pseudonym(inquiry.pk, TOKEN) != before


def test_inquiry_that_is_gone_has_no_pseudonyms(db):
    with pytest.raises(InquiryGone):
        pseudonym(1_000_000, TOKEN)

    assert not Pepper.objects.exists()


def test_pseudonym_asks_the_database_once(inquiry, django_assert_num_queries):
    queries._pepper.cache_clear()
    pseudonym(inquiry.pk, TOKEN)

    with django_assert_num_queries(0):
        pseudonym(inquiry.pk, TOKEN)


@pytest.mark.django_db(transaction=True)
def test_all_who_ask_for_a_new_pepper_at_once_get_the_same():
    inquiry = make_inquiry()

    secrets = at_once(lambda _: Pepper.objects.secret_of(inquiry.pk), range(40))

    assert len(set(secrets)) == 1
    assert len(secrets[0]) == 32


def test_receipt_leads_to_its_holder_and_coins(inquiry):
    code = record(inquiry, {"Q1": 4}).receipt

    found = find_by_receipt(code)

    assert found == make_identity(inquiry)
    assert Participant.objects.get(pk=found.pseudonym).coins == {"dir_main": 1}


@pytest.mark.parametrize("code", ["", "nonsense", "0" * 26, "\x00", "7ZZZZ-" * 4 + "ZZZZZZ"])
def test_unknown_receipt_leads_to_nobody(inquiry, code):
    record(inquiry, {"Q1": 4})

    assert find_by_receipt(code) is None


def test_impossible_receipt_does_not_even_ask(inquiry, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_by_receipt("not a code") is None


def test_receipt_is_looked_up_by_an_index(inquiry):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = Participant.objects.filter(receipt_hash__in=[b"x" * 32])
        assert "one_participant_per_receipt" in found.explain()
