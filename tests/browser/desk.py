"""Every page for staff in the states that it can be in, one after the other."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from apps.accounts.actions import open_setup_link, record_audit
from apps.accounts.models import Membership, Role, User
from apps.desk.doors import ROOMS
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import Inquiry
from apps.surveys.beginnings import begin_inquiry, from_template
from tests.accounts.cast import PASSWORD, member, signed_in
from tests.browser.looking import PHONE

State = tuple[str, Page]
Open = Callable[..., Page]

HOME = "/desk/"
MONITOR = "/desk/inquiries/one-founder-ai/"
ADMIN = "/admin/"


def enter(page: Page, user: User) -> None:
    """Put a session into the browser, as signing in does."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": signed_in(user).cookies[name].value, "url": page_site(page)}])


def page_site(page: Page) -> str:
    page.goto("/healthz")
    return page.url.removesuffix("/healthz")


def press(page: Page) -> None:
    """The first button of the page's form, and wait for what comes."""
    with page.expect_navigation():
        page.locator("main form button.go").first.click()


def every_desk_state(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State]:
    yield from the_door(open_page(language=language))
    yield from first_steps(open_page(language=language))
    yield from the_desk(open_page(language=language), inquiry)


def the_door(page: Page) -> Iterator[State]:
    page.goto(open_setup_link())
    yield "desk-setup", page
    page.goto("/desk/setup/guessed/")
    yield "desk-setup-spent", page
    page.goto(reverse("account_login"))
    yield "desk-login", page
    page.fill("[name=login]", "nobody@example.org")
    page.fill("[name=password]", "wrong")
    press(page)
    yield "desk-login-faulty", page
    page.goto(reverse("account_reset_password"))
    yield "desk-password-forgotten", page
    page.goto(reverse("account_reset_password_done"))
    yield "desk-password-mailed", page
    page.goto("/accounts/password/reset/key/1-guessed/")
    yield "desk-password-link-spent", page
    page.goto(reverse("account_inactive"))
    yield "desk-account-closed", page


def first_steps(page: Page) -> Iterator[State]:
    """Of somebody who has just got an account."""
    member(Role.AUTHOR, of="first", protected=False)
    page.goto(reverse("account_login"))
    page.fill("[name=login]", "author@first.example")
    page.fill("[name=password]", PASSWORD)
    press(page)
    yield "desk-second-factor-none", page
    page.goto(reverse("mfa_add_webauthn"))
    yield "desk-passkey-add", page
    page.goto(reverse("mfa_activate_totp"))
    yield "desk-app-add", page
    page.fill("[name=code]", "000000")
    press(page)
    yield "desk-app-faulty", page


def the_desk(page: Page, inquiry: Inquiry) -> Iterator[State]:
    owner = member(Role.OWNER, of="newcomer", operator=True)
    enter(page, owner)
    page.goto(HOME)
    yield "desk-home-empty", page
    Membership.objects.create(user=owner, publication=inquiry.publication, role=Role.OWNER)
    page.goto(MONITOR)
    yield "desk-monitor-empty", page
    yield from comparing(page)
    call_command("simulate_readers", inquiry.slug, readers=60, seed=1, verbosity=0)
    yield from the_monitor(page, inquiry)
    yield from the_menu(page)
    yield from ones_account(page)
    yield from closed_door(page)


def comparing(page: Page) -> Iterator[State]:
    page.locator("section:has(#compare) summary").click()
    yield "desk-compare", page
    page.fill("[name=expected]", "400")
    with page.expect_navigation():
        page.locator("section:has(#compare) button.go").click()
    page.locator("section:has(#compare) summary").click()
    yield "desk-compared", page


def the_monitor(page: Page, inquiry: Inquiry) -> Iterator[State]:
    page.goto(HOME)
    yield "desk-home", page
    page.goto(MONITOR)
    for details in page.locator("#live details").all():
        details.locator("summary").click()
    page.locator(".state-row .confirm summary").click()
    page.evaluate("scrollTo(0, 0)")  # or the head of the page, which stays, covers half a link
    yield "desk-monitor", page
    close_inquiry(inquiry=inquiry)
    page.goto(MONITOR)
    yield "desk-monitor-closed", page


def the_menu(page: Page) -> Iterator[State]:
    """On a phone it lies over the page; what belongs to the house is folded in it."""
    page.set_viewport_size(PHONE)
    page.goto(MONITOR)
    page.locator(".menu").click()
    page.locator(".house summary").click()
    yield "desk-menu", page


def every_page_of_a_draft(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State]:
    """Of an inquiry that has just been begun: there is nothing to see yet, and each page says so."""
    owner = member(Role.OWNER, of=inquiry.publication.slug)
    document = from_template({"ja": "学校給食の無償化", "en": "Free school meals"})
    begin_inquiry(publication=inquiry.publication, slug="school-meals", document=document, by=owner)
    page = open_page(language=language)
    enter(page, owner)
    for room in ROOMS:
        for door in room.doors:
            page.goto(reverse(door.address, kwargs={"slug": "school-meals"}))
            yield f"desk-draft-{door.page}", page


def ones_account(page: Page) -> Iterator[State]:
    for name, place in {
        "desk-password": "account_change_password",
        "desk-sessions": "usersessions_list",
        "desk-second-factor": "mfa_index",
        "desk-passkeys": "mfa_list_webauthn",
        "desk-sign-out": "account_logout",
        "desk-confirm-by-password": "account_reauthenticate",
        "desk-confirm-by-code": "mfa_reauthenticate",
    }.items():
        page.goto(reverse(place))
        yield name, page
    page.goto(f"{reverse('account_reauthenticate')}?next={reverse('mfa_view_recovery_codes')}")
    page.fill("[name=password]", PASSWORD)
    press(page)
    yield "desk-recovery-codes", page
    for name, place in {
        "desk-codes-renew": "mfa_generate_recovery_codes",
        "desk-app-remove": "mfa_deactivate_totp",
    }.items():
        page.goto(reverse(place))
        yield name, page


def closed_door(page: Page) -> Iterator[State]:
    enter(page, member(Role.ANALYST, of="last"))
    page.goto(ADMIN)
    yield "desk-closed-door", page


def every_admin_state(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State]:
    operator = member(Role.OWNER, operator=True)
    call_command("simulate_readers", inquiry.slug, readers=20, seed=1, verbosity=0)
    entry = record_audit(action="inquiry.opened", by=operator, target=inquiry.slug)
    page = open_page(language=language)
    enter(page, operator)
    for name, path in {
        "index": "",
        "users": "accounts/user/",
        "user": f"accounts/user/{operator.pk}/change/",
        "user-add": "accounts/user/add/",
        "memberships": "accounts/membership/",
        "membership-add": "accounts/membership/add/",
        "publications": "accounts/publication/",
        "audit": "accounts/auditentry/",
        "audit-entry": f"accounts/auditentry/{entry.pk}/change/",
        "inquiries": "inquiries/inquiry/",
        "inquiry": f"inquiries/inquiry/{inquiry.pk}/change/",
        "versions": "surveys/surveyversion/",
        "responses": "responses/response/",
        "visits": "responses/visitcount/",
        "epochs": "reports/resultepoch/",
    }.items():
        page.goto(f"{ADMIN}{path}")
        yield f"admin-{name}", page
    page.goto(f"{ADMIN}accounts/user/add/")
    page.locator("[name=_save]").click()
    page.locator(".errornote").wait_for()
    yield "admin-user-add-faulty", page
