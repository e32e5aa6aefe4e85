"""Promises that the database keeps about staff."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import AuditEntry, Membership, Publication, Role, User
from apps.accounts.retention import RULES

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_audit_log_refuses_every_change():
    record_audit(action="inquiry.opened", target="one")

    assert refused("UPDATE accounts_auditentry SET target = 'two'")
    assert refused("DELETE FROM accounts_auditentry")
    assert AuditEntry.objects.get().target == "one"


def test_audit_log_refuses_to_be_emptied():
    with connection.cursor() as cursor:  # tests run without this guard, because they empty tables between one another
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER audit_is_never_emptied")

    assert refused("TRUNCATE accounts_auditentry")


def test_retention_lets_only_old_audit_rows_go():
    now = timezone.now()
    AuditEntry.objects.create(action="old", at=now - timedelta(days=740))
    AuditEntry.objects.create(action="young", at=now - timedelta(days=700))

    rule = next(rule for rule in RULES if rule.name == "audit entries")
    forgotten = rule.purge(now - rule.kept)

    assert forgotten == 1
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["young"]


def test_an_address_belongs_to_one_user_whatever_its_case():
    User.objects.create_user("someone@example.org")

    with pytest.raises(IntegrityError):
        User.objects.create_user("Someone@example.org")


def test_a_user_has_one_role_in_a_publication():
    user = User.objects.create_user("someone@example.org")
    publication = Publication.objects.create(slug="paper", name="Paper")
    Membership.objects.create(publication=publication, user=user, role=Role.AUTHOR)

    with pytest.raises(IntegrityError):
        Membership.objects.create(publication=publication, user=user, role=Role.ANALYST)
