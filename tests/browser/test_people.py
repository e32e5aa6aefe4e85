"""People and audit log in a browser: every state looked at, and an owner's way by keys and without scripts."""

import pytest

from apps.accounts.models import Invitation, Membership
from tests.accounts.cast import PASSWORD
from tests.accounts.conftest import steady_app
from tests.browser.desk import enter
from tests.browser.looking import small_targets, sticking_out
from tests.browser.people import every_state_of_people, fill, number_of, place, press, press_after
from tests.browser.test_desk_states import faults

__all__ = ["steady_app"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_about_people_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in every_state_of_people(open_page, inquiry, language)
        for sentence in [*faults(page, f"{name}-{language}", sticking_out), *small_targets(page)]
    ]

    assert not found, "\n".join(found)


def test_somebody_comes_in_by_invitation_without_scripts(open_page, inquiry):
    owner = fill(inquiry, "ja")
    page, theirs = open_page(javascript=False), open_page(javascript=False)
    enter(page, owner)
    page.goto(f"{place(inquiry)}/people/")
    page.fill("[name=email]", "another@paper.example")
    page.select_option("[name=role]", "moderator")
    press(page, "section:has(#invite) button.go")
    press_after(page, PASSWORD)
    link = page.inner_text("[data-code]")

    theirs.goto(link[link.index("/desk/") :])
    theirs.fill("[name=name]", "高橋 遥")
    theirs.fill("[name=password]", "a long enough sentence")
    press(theirs, "main form button.go")

    assert theirs.url.endswith("/accounts/second-factor/")
    assert Membership.objects.get(user__email="another@paper.example").role == "moderator"
    assert Invitation.objects.get(email="another@paper.example").accepted_at is not None


def test_owner_removes_somebody_by_keys_alone(open_page, inquiry):
    page = open_page()
    enter(page, fill(inquiry, "ja"))
    page.goto(f"{place(inquiry)}/people/{number_of('author')}/")

    page.locator(".access summary").last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/people/")
    assert not Membership.objects.filter(role="author").exists()
