"""Opening and closing an inquiry on the desk."""

import pytest

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry, State
from tests.accounts.cast import member, publication, signed_in

pytestmark = pytest.mark.django_db

MONITOR = "/desk/inquiries/bridge/"


@pytest.fixture
def author():
    return member(Role.AUTHOR)


def state_of(inquiry: Inquiry) -> str:
    return Inquiry.objects.get(pk=inquiry.pk).state


def test_author_closes_and_opens_again_and_the_audit_log_says_so(author, inquiry):
    desk = signed_in(author)

    closed = desk.post(f"{MONITOR}close/", follow=True)
    after_closing = state_of(inquiry)
    opened = desk.post(f"{MONITOR}open/", follow=True)

    assert (after_closing, state_of(inquiry)) == (State.CLOSED, State.OPEN)
    assert [response.redirect_chain for response in (closed, opened)] == [[(MONITOR, 302)]] * 2
    assert 'role="status"' in closed.content.decode()
    assert list(AuditEntry.objects.filter(actor=author).values_list("action", "target", "publication__slug")) == [
        ("inquiry.opened", "bridge", "paper"),
        ("inquiry.closed", "bridge", "paper"),
    ]


def test_button_pressed_twice_closes_once(author, inquiry):
    desk = signed_in(author)

    answers = [desk.post(f"{MONITOR}close/").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert AuditEntry.objects.filter(action="inquiry.closed").count() == 1


def test_inquiry_without_questions_is_not_opened(author):
    bare = Inquiry.objects.create(publication=publication(), slug="bridge", title={"ja": "橋"})

    signed_in(author).post(f"{MONITOR}open/")

    assert state_of(bare) == State.DRAFT


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST])
def test_who_may_only_look_gets_a_sentence(inquiry, role):
    response = signed_in(member(role)).post(f"{MONITOR}close/")

    assert response.status_code == 403
    assert state_of(inquiry) == State.OPEN
    assert "オーナー" in response.content.decode()


def test_inquiry_of_another_publication_is_not_there(inquiry):
    desk = signed_in(member(Role.OWNER, of="other-paper"))

    answers = [desk.get(MONITOR), desk.post(f"{MONITOR}close/"), desk.get("/desk/inquiries/nowhere/")]

    assert [response.status_code for response in answers] == [404, 404, 404]
    assert "橋をどうする" not in answers[0].content.decode()
    assert state_of(inquiry) == State.OPEN


def test_role_in_one_publication_does_not_reach_into_another(inquiry):
    """An owner elsewhere who is an analyst here may look here, not change."""
    both = member(Role.OWNER, of="other-paper")
    both.memberships.create(publication=inquiry.publication, role=Role.ANALYST)
    desk = signed_in(both)

    assert (desk.get(MONITOR).status_code, desk.post(f"{MONITOR}close/").status_code) == (200, 403)
