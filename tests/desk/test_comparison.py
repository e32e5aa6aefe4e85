"""The author's switch: who is compared, from when on, and what it says where it cannot be."""

from html import unescape

import pytest

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.actions import TooFewExpected, compare_arms
from apps.inquiries.models import Inquiry
from tests.accounts.cast import member, publication, signed_in
from tests.desk.factories import COMPLETE, answer
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

MONITOR = "/desk/inquiries/bridge/"
COMPARE = f"{MONITOR}compare/"
ON = {"compare": "on", "expected": "400"}


@pytest.fixture
def bridge() -> Inquiry:
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    return signed_in(member(Role.AUTHOR))


def switch(slug: str = "bridge") -> tuple[bool, int | None]:
    inquiry = Inquiry.objects.get(slug=slug)
    return inquiry.has_control_arms, inquiry.expected_answers


def test_it_is_off_until_somebody_switches_it_on(desk, bridge):
    page = desk.get(MONITOR).content.decode()

    assert switch() == (False, None)
    assert 'name="expected"' in page
    assert 'id="arms"' not in page


def test_author_switches_it_on_and_off_and_the_audit_log_says_so(desk, bridge):
    on = desk.post(COMPARE, ON, follow=True)
    while_on = switch()
    desk.post(COMPARE, {"compare": "off"})

    assert on.redirect_chain == [(MONITOR, 302)]
    assert while_on == (True, 400)
    assert switch() == (False, 400)
    assert list(AuditEntry.objects.filter(target="bridge", actor__isnull=False).values_list("action", flat=True)) == [
        "inquiry.compares_no_more",
        "inquiry.compares",
    ]


def test_pressed_twice_it_is_done_once(desk, bridge):
    for _press in range(2):
        desk.post(COMPARE, ON)
    for _press in range(2):
        desk.post(COMPARE, {"compare": "off"})

    assert AuditEntry.objects.filter(action__startswith="inquiry.compares").count() == 2


@pytest.mark.parametrize(
    "expected", ["299", "0", "-5", "", "many", "1e9", "400.5", "99999999999999999999", "\x00", "４"]
)
def test_too_few_expected_or_no_number_is_said_and_changes_nothing(desk, bridge, expected):
    said = desk.post(COMPARE, {"compare": "on", "expected": expected}, follow=True, headers={"accept-language": "en"})

    assert said.status_code == 200
    assert "Answers expected:" in unescape(said.content.decode())
    assert switch() == (False, None)


def test_once_somebody_has_answered_it_can_only_be_switched_off(desk, bridge):
    answer(bridge, "reader", COMPLETE)

    refused = desk.post(COMPARE, ON, follow=True, headers={"accept-language": "en"})

    assert "before the first answer" in refused.content.decode()
    assert switch() == (False, None)
    assert 'name="expected"' not in desk.get(MONITOR).content.decode()


def test_who_was_drawn_is_counted_by_way(desk, bridge):
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    answer(bridge, "one", COMPLETE, coins={"arm": 0}, finished=True)
    answer(bridge, "two", COMPLETE | {"P1": 2}, coins={"arm": 1}, finished=True)
    answer(bridge, "three", {"Q4": 1}, coins={"arm": 2})

    page = desk.get(MONITOR)

    counted = {
        name: (each.readers, each.finished, each.asked_again) for name, _share, each in page.context["comparison"].arms
    }
    assert counted == {"A": (1, 1, 0), "B": (1, 1, 1), "C": (1, 0, 0)}
    assert 'id="arms"' in page.content.decode()


def test_moderators_see_it_and_cannot_change_it(bridge):
    looking = signed_in(member(Role.MODERATOR))

    assert 'name="expected"' not in looking.get(MONITOR).content.decode()
    assert looking.post(COMPARE, ON).status_code == 403
    assert switch() == (False, None)


def test_fewer_than_enough_is_refused_by_the_action_and_by_the_database(bridge):
    with pytest.raises(TooFewExpected):
        compare_arms(inquiry=bridge, expected=299)


def test_inquiry_without_questions_shows_nothing_of_it(desk):
    Inquiry.objects.create(publication=publication(), slug="bridge", title={"ja": "橋"})

    assert 'id="compare"' not in desk.get(MONITOR).content.decode()
    assert desk.post(COMPARE, ON).status_code == 302
    assert switch() == (False, None)


def test_screens_are_counted_of_those_who_were_to_see_them(desk, bridge):
    """Two of arm A, one stopped at once; one of B who sent, the last question included; one of C, who began later."""
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    answer(bridge, "one", {"Q1": 5}, coins={"arm": 0}, screen=1)
    answer(bridge, "two", COMPLETE, coins={"arm": 0}, screen=9, finished=True)
    answer(bridge, "three", COMPLETE | {"P1": 2}, coins={"arm": 1}, screen=10, finished=True)
    answer(bridge, "four", {"Q2": {"a": 1}}, coins={"arm": 2}, screen=2)

    steps = desk.get(MONITOR).context["monitor"].steps

    counted = {step.label.split()[0]: (step.reached, step.stopped) for step in steps}
    assert (counted["Q1"], counted["Q2"], counted["Q3"]) == ((3, 1), (3, 1), (2, 0))
    assert (counted["B1"], counted["P1"]) == ((2, 0), (1, 0))
    assert (steps[-1].reached, steps[-1].share) == (2, 50.0)
