"""Which words of statements go, and when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from apps.debates.models import Debate, Statement
from apps.debates.moderation import reject_statement
from apps.reports.retention import overdue, purge_expired
from tests.debates.factories import make_debate, make_moderator, make_reader, make_statement, propose, vote_on_all

pytestmark = pytest.mark.django_db


def ago(**age: float) -> datetime:
    return timezone.now() - timedelta(**age)


def words_left(debate: Debate) -> list[str]:
    """States of the statements that still have words, in the order of their numbers."""
    return [each.state for each in Statement.objects.filter(debate=debate).exclude(text="").order_by("number")]


def one_of_each_state(debate: Debate) -> None:
    """Number 1 is the editors'; the others are a reader's."""
    editors = make_statement(debate, 1)
    make_statement(debate, 2, "読者の意見。", origin="reader")
    make_statement(debate, 3, "待っている意見。", origin="reader", state="waiting")
    make_statement(debate, 4, "載らない意見。", origin="reader", state="rejected", reason="unclear")
    make_statement(debate, 5, "まとめた意見。", origin="reader", state="merged", merged_into=editors)
    make_statement(debate, 6, "取り下げた意見。", origin="reader", state="withdrawn")


def test_words_that_were_never_published_go_a_year_after_the_close():
    old = make_debate("old", statements=0, closes_at=ago(days=367))
    new = make_debate("new", statements=0, closes_at=ago(days=364))
    for debate in (old, new):
        one_of_each_state(debate)
    assert overdue(timezone.now())["unpublished statements"] == 4

    assert purge_expired(timezone.now())["unpublished statements"] == 4

    assert words_left(old) == ["approved", "approved"]
    assert len(words_left(new)) == 6
    assert Statement.objects.filter(debate=old).count() == 6
    assert overdue(timezone.now())["unpublished statements"] == 0


def test_words_of_an_imported_conversation_stay_as_its_files_have_them():
    debate = make_debate("imported", statements=0, closes_at=ago(days=400))
    for number, state in enumerate(("waiting", "rejected"), start=1):
        reason = "elsewhere" if state == "rejected" else ""
        make_statement(debate, number, origin="imported", state=state, reason=reason, imported_id=number)

    purge_expired(timezone.now())

    assert words_left(debate) == ["waiting", "rejected"]


@pytest.mark.parametrize(("reason", "age", "left"), [("personal", 8, 0), ("personal", 6, 2), ("insult", 8, 2)])
def test_personal_data_goes_a_week_after_the_decision(reason, age, left):
    debate = make_debate()
    reader, moderator = make_reader(debate), make_moderator()
    vote_on_all(debate, reader, "+-0?+")
    for text in ("反対の人は090-1234-5678に電話を", "抗議はtaro@example.jpへ"):
        propose(debate, reader, text)
    for statement in Statement.objects.filter(origin="reader"):
        reject_statement(statement=statement, reason=reason, by=moderator)
    Statement.objects.update(moderated_at=ago(days=age))

    gone = purge_expired(timezone.now())["personal data in statements"]

    written = Statement.objects.filter(origin="reader")
    assert (gone, written.exclude(text="").count()) == (2 - left, left)
    assert set(written.values_list("state", "reason")) == {("rejected", reason)}
    assert [each.held for each in written.order_by("number")] == [["phone"], ["mail"]]
