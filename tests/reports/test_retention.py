from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from apps.accounts.models import AuditEntry, Invitation, User
from apps.debates.models import VoteKey
from apps.inquiries.actions import archive_inquiry, close_inquiry, open_inquiry
from apps.inquiries.models import Inquiry, State
from apps.participants.actions import take_from_bucket
from apps.participants.models import Bucket, SpentProof
from apps.reports.retention import RULES, overdue, purge_expired
from apps.reports.tasks import purge, purge_soon
from apps.responses.models import IdempotencyKey, Response, ResponseLog
from apps.responses.verification import code_faults, ledger_faults
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

NOTHING = {
    "idempotency keys": 0,
    "free text": 0,
    "codings": 0,
    "decisions on quotes": 0,
    "keys of votes": 0,
    "personal data in statements": 0,
    "maps between the days": 0,
    "unpublished statements": 0,
    "what was shown": 0,
    "spent proofs": 0,
    "limit buckets": 0,
    "erasures": 0,
    "exports": 0,
    "calculations": 0,
    "documents": 0,
    "failed jobs": 0,
    "audit entries": 0,
    "invitations": 0,
}
SPOKEN = {"Q1": 4, "Q3": "私の考え", "Q3c": True, "Q7": {"code": 7, "text": "自営業"}}
SILENT = {"Q1": 4, "Q3": "", "Q3c": True, "Q7": 7}


def ago(**age: float) -> datetime:
    return timezone.now() - timedelta(**age)


def closed_inquiry(slug: str, **age: float) -> Inquiry:
    """An inquiry with one reader who wrote words twice, closed so long ago."""
    inquiry = make_inquiry(slug)
    record(inquiry, {**SPOKEN, "Q3": "はじめの考え"})
    record(inquiry, SPOKEN)
    Inquiry.objects.filter(pk=inquiry.pk).update(state=State.CLOSED, closes_at=ago(**age))
    return inquiry


def fill_with_old_and_new() -> None:
    """Of each kind of row one that must go and one that may stay."""
    inquiry = make_inquiry("keys")
    for token, age in ((b"old", 7), (b"new", 6)):
        identity = make_identity(inquiry, token)
        record(inquiry, {"Q1": 4}, identity=identity)
        day = timezone.localdate(ago(days=age))
        IdempotencyKey.objects.filter(pseudonym=identity.pseudonym).update(day=day)
        VoteKey.objects.create(pseudonym=identity.pseudonym, key=uuid4(), body_sha256=b"", reply={}, day=day)
    for key, hours in ((b"old", 24), (b"new", 22)):
        take_from_bucket(key, rate=1, burst=1)
        Bucket.objects.filter(pk=key).update(filled_at=ago(hours=hours))
    for nonce, minutes in ((b"old", 11), (b"new", 9)):
        SpentProof.objects.create(nonce=nonce, spent_at=ago(minutes=minutes))
    AuditEntry.objects.create(action="old", at=ago(days=732))
    AuditEntry.objects.create(action="new", at=ago(days=729))
    for secret, days in (("old", 29), ("new", 27)):
        Invitation.objects.create(
            publication=inquiry.publication,
            email=f"{secret}@example.org",
            role="author",
            secret_hash=secret,
            sent_at=ago(days=days),
            invited_by=User.objects.create_user(f"owner-{secret}@example.org"),
        )


def test_gauge_counts_what_is_past_its_time():
    assert overdue(timezone.now()) == NOTHING

    fill_with_old_and_new()

    assert overdue(timezone.now()) == {
        **NOTHING,
        "idempotency keys": 1,
        "limit buckets": 1,
        "audit entries": 1,
        "keys of votes": 1,
        "spent proofs": 1,
        "invitations": 1,
    }


def test_purge_takes_what_is_past_its_time_and_nothing_else():
    fill_with_old_and_new()

    gone = purge_expired(timezone.now())

    due = ("idempotency keys", "limit buckets", "audit entries", "invitations", "keys of votes", "spent proofs")
    assert gone == NOTHING | dict.fromkeys(due, 1)
    assert overdue(timezone.now()) == NOTHING
    assert IdempotencyKey.objects.count() == 1
    assert [bytes(key) for key in Bucket.objects.values_list("pk", flat=True)] == [b"new"]
    assert list(AuditEntry.objects.filter(action__in=["old", "new"]).values_list("action", flat=True)) == ["new"]
    assert Response.objects.count() == ResponseLog.objects.count() == 2


@pytest.mark.parametrize("today", ["2028-02-29T01:00+00:00", "2029-03-01T01:00+00:00", "2030-01-01T01:00+00:00"])
def test_database_lets_every_audit_entry_go_that_is_overdue(today):
    """The trigger counts months, the rule days; a leap year must not set them against each other."""
    limit = datetime.fromisoformat(today) - next(rule.kept for rule in RULES if rule.name == "audit entries")

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz <= %s::timestamptz - interval '24 months'", [limit, today])
        assert cursor.fetchone() == (True,)


def test_words_go_a_year_after_the_close():
    old, new = closed_inquiry("old", days=367), closed_inquiry("new", days=364)
    codes = bytes(Response.objects.get(inquiry=old).codes)
    assert overdue(timezone.now()) == {**NOTHING, "free text": 3}

    assert purge_expired(timezone.now()) == {**NOTHING, "free text": 3}

    assert overdue(timezone.now()) == NOTHING
    assert Response.objects.get(inquiry=old).answers == SILENT
    assert list(ResponseLog.objects.filter(inquiry=old).values_list("answers", flat=True)) == [SILENT, SILENT]
    assert bytes(Response.objects.get(inquiry=old).codes) == codes
    assert Response.objects.get(inquiry=new).answers == SPOKEN
    assert [*ledger_faults(old.pk), *code_faults(old.pk), *ledger_faults(new.pk)] == []


def test_closing_says_when_the_year_begins():
    inquiry = make_inquiry(opens_at=ago(days=3))

    closed = close_inquiry(inquiry=inquiry)
    archived = archive_inquiry(inquiry=closed)

    assert closed.closes_at is not None
    assert abs(closed.closes_at - timezone.now()) < timedelta(minutes=1)
    assert archived.closes_at == closed.closes_at
    assert open_inquiry(inquiry=archived).closes_at is None


def test_inquiry_closed_before_it_opened_still_closes():
    inquiry = make_inquiry(opens_at=timezone.now() + timedelta(days=3))

    assert close_inquiry(inquiry=inquiry).state == State.CLOSED


@pytest.mark.parametrize(
    ("age", "change"),
    [(364, {"answers": SILENT}), (400, {"answers": {}, "revision": 7}), (400, {"status": "complete"})],
    ids=["too early", "more than the answers", "something else"],
)
def test_database_refuses_any_other_change_of_the_log(age, change):
    closed_inquiry("some", days=age)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ResponseLog.objects.filter(revision=2).update(**change)
    assert ResponseLog.objects.get(revision=2).answers == SPOKEN


def test_worker_purges_every_hour():
    fill_with_old_and_new()

    purge(timestamp=0)

    assert overdue(timezone.now()) == NOTHING


def test_worker_forgets_proofs_every_five_minutes():
    fill_with_old_and_new()

    purge_soon(timestamp=0)

    assert [bytes(nonce) for nonce in SpentProof.objects.values_list("pk", flat=True)] == [b"new"]
    assert IdempotencyKey.objects.count() == 2


def test_command_counts_or_purges_and_says_so():
    fill_with_old_and_new()
    said = StringIO()

    with pytest.raises(CommandError) as late:
        call_command("purge", "--check", stdout=said)
    assert late.value.returncode == 1
    assert IdempotencyKey.objects.count() == 2
    call_command("purge", stdout=said)
    call_command("purge", "--check", stdout=said)

    late_kinds = ("idempotency keys", "limit buckets", "audit entries", "invitations", "keys of votes", "spent proofs")
    late_lines = [f"{kind}: {1 if kind in late_kinds else 0}" for kind in NOTHING]
    clean_lines = [f"{kind}: 0" for kind in NOTHING]
    assert said.getvalue().splitlines() == [*late_lines, *late_lines, *clean_lines]
