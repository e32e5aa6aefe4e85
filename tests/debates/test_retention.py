"""Which words of statements go, and when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from apps.debates.maps.making import draw_map
from apps.debates.models import Ballot, Debate, Exposure, Statement
from apps.debates.moderation import reject_statement
from apps.inquiries.models import Inquiry
from apps.reports.retention import overdue, purge_expired
from tests.debates.factories import make_debate, make_moderator, make_reader, make_statement, propose, vote_on_all
from tests.debates.planting import leaning_debate
from tests.debates.test_exposure_arrays import show

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


def test_what_was_shown_goes_a_year_after_the_close_and_no_sooner():
    ages = {"old": ago(days=367), "new": ago(days=364), "open": None}
    for slug, closes_at in ages.items():
        debate = make_debate(slug, closes_at=closes_at)
        reader = make_reader(debate)
        show(debate, reader.pseudonym, position=1, number=2, probability=0.5)
        show(debate, reader.pseudonym, position=2, number=1, probability=0.25)
    assert overdue(timezone.now())["what was shown"] == 2

    assert purge_expired(timezone.now())["what was shown"] == 2

    left = Exposure.objects.order_by("debate", "position").values_list("debate__inquiry__slug", flat=True)
    assert sorted(left) == ["new", "new", "open", "open"]
    assert overdue(timezone.now())["what was shown"] == 0


def test_a_map_drawn_after_that_tells_shares_as_they_were_cast():
    debate = leaning_debate(readers=40)
    reader = bytes(Ballot.objects.filter(debate=debate).first().pseudonym)
    show(debate, reader, position=1, number=1, probability=0.5)
    Inquiry.objects.update(closes_at=ago(days=367))
    purge_expired(timezone.now())

    drawn = draw_map(debate=debate, now=timezone.now(), force=True)

    assert not Exposure.objects.exists()
    told = {(each["adjusted_agree"], each["agree"] > 0) for each in drawn.summary["statements"]}
    assert told == {(None, True)}


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
