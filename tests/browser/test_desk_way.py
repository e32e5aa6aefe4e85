"""From the set-up link to the desk, as the first owner goes: with scripts and without, by pointer and by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.accounts.actions import open_setup_link
from apps.accounts.models import Membership, Role
from apps.inquiries.models import Inquiry, State
from tests.accounts.cast import PASSWORD, code_of_app, member, recovery_codes
from tests.accounts.conftest import steady_app
from tests.browser.conftest import PATIENCE
from tests.browser.desk import HOME, MONITOR, enter, press
from tests.browser.looking import DESKTOP, screenshot
from tests.browser.test_keyboard import tab_to
from tests.desk.factories import COMPLETE, answer

__all__ = ["steady_app"]

PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize(("language", "javascript"), [("ja", True), ("en", False)])
def test_first_owner_comes_from_the_link_to_the_desk_and_in_again(open_page, language, javascript):
    page = open_page(language=language, javascript=javascript, path=open_setup_link())
    page.fill("[name=publication_name]", "まちの新聞")
    page.fill("[name=name]", "山田 花子")
    page.fill("[name=email]", "hanako@example.jp")
    page.fill("[name=password]", PASSWORD)
    press(page)
    at_first = page.url
    follow(page, f'a[href="{reverse("mfa_activate_totp")}"]')
    secret = page.inner_text("code.key")
    page.fill("[name=code]", code_of_app(secret))
    press(page)
    codes = page.locator(".codes code").all_inner_texts()
    follow(page, "main a.go")
    screenshot(page, f"desk-first-sight-{language}")
    in_the_desk = page.url
    sign_out(page)
    signed_out = page.url
    page.goto(HOME)
    page.fill("[name=login]", "hanako@example.jp")
    page.fill("[name=password]", PASSWORD)
    press(page)
    page.fill("[name=code]", codes[0])
    press(page)

    assert at_first.endswith(reverse("mfa_index"))
    assert len(codes) == 10
    assert in_the_desk.endswith(HOME)
    assert signed_out.endswith(reverse("account_login"))
    assert page.url.endswith(HOME)
    assert Membership.objects.get().role == Role.OWNER
    assert page.locator(f'a[href="{MONITOR}"]').is_visible()


def follow(page, selector):
    """To the page behind it, with its scripts."""
    with page.expect_navigation():
        page.locator(selector).click()


def sign_out(page):
    page.set_viewport_size(DESKTOP)
    follow(page, ".who button")


def test_passkey_is_set_up_and_then_opens_the_desk_alone(open_page, inquiry):
    owner = member(Role.OWNER, of=inquiry.publication.slug, protected=False)
    page = open_page(size=DESKTOP, path=reverse("account_login"))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page.fill("[name=login]", owner.email)
    page.fill("[name=password]", PASSWORD)
    press(page)
    follow(page, f'a[href="{reverse("mfa_add_webauthn")}"]')
    page.fill("[name=name]", "電話")
    with page.expect_navigation():
        page.locator("#mfa_webauthn_add").click()
    page.goto(reverse("mfa_list_webauthn"))
    listed = page.locator("tbody th").all_inner_texts()
    sign_out(page)
    with page.expect_navigation():
        page.locator("#passkey_login").click()

    assert listed == ["電話"]
    assert page.url.endswith(HOME)
    assert page.locator(f'a[href="{MONITOR}"]').is_visible()


def test_passkey_at_an_address_of_numbers_is_refused_with_the_way_to_one(chromium, site, inquiry):
    owner = member(Role.OWNER, of=inquiry.publication.slug, protected=False)
    add = reverse("mfa_add_webauthn")
    with chromium.new_context(base_url=site.replace("localhost", "127.0.0.1")) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(reverse("account_login"))
        page.fill("[name=login]", owner.email)
        page.fill("[name=password]", PASSWORD)
        press(page)
        page.goto(add)
        shown = {name: page.locator(f"[data-{name}]").is_visible() for name in ("passkey", "no-passkey", "no-name")}
        onward = page.locator("[data-as-localhost] a").get_attribute("href")

    assert shown == {"passkey": False, "no-passkey": False, "no-name": True}
    assert onward == site.replace("127.0.0.1", "localhost") + add


def test_passkey_that_is_not_used_is_said(open_page):
    page = open_page(path=reverse("account_login"))
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")

    page.locator("#passkey_login").click()

    page.locator("[data-passkey-problem]").wait_for(state="visible")


def test_whole_way_in_by_keyboard(open_page, inquiry):
    owner = member(Role.OWNER, of=inquiry.publication.slug)
    page = open_page(path=reverse("account_login"))
    tab_to(page, "[name=login]")
    page.keyboard.insert_text(owner.email)
    tab_to(page, "[name=password]")
    page.keyboard.insert_text(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "[name=code]")
    page.keyboard.insert_text(recovery_codes(owner)[0])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, f'a[href="{MONITOR}"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, ".confirm summary")
    page.keyboard.press("Enter")
    tab_to(page, ".confirm button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith(MONITOR)
    assert Inquiry.objects.get(pk=inquiry.pk).state == State.CLOSED


def test_menu_on_a_phone_opens_by_keyboard_and_leads_on(open_page, inquiry):
    page = open_page()
    enter(page, member(Role.OWNER, of=inquiry.publication.slug))
    page.goto(HOME)
    closed = page.locator("#desk-nav").is_visible()
    tab_to(page, ".menu")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-nav")).to_be_visible()
    screenshot(page, "desk-menu-360")
    tab_to(page, f'a[href="{reverse("usersessions_list")}"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert not closed
    assert page.url.endswith(reverse("usersessions_list"))


def test_menu_of_the_desk_is_there_without_javascript(open_page, inquiry):
    page = open_page(javascript=False)
    enter(page, member(Role.OWNER, of=inquiry.publication.slug))
    page.goto(HOME)

    page.locator(".menu").click()

    follow(page, f'#desk-nav a[href="{reverse("mfa_index")}"]')
    assert page.url.endswith(reverse("mfa_index"))


def test_monitor_renews_itself_and_leaves_open_what_was_opened(open_page, inquiry):
    page = open_page(size=DESKTOP)
    enter(page, member(Role.OWNER, of=inquiry.publication.slug))
    answer(inquiry, "one", COMPLETE)
    page.goto(MONITOR)
    before = page.locator(".figures dd").nth(1).inner_text()
    page.locator("#numbers-day summary").click()
    answer(inquiry, "two", COMPLETE)

    page.evaluate("() => htmx.ajax('GET', location.pathname, '#live')")

    page.locator(".figures dd").nth(1).filter(has_text="2").wait_for()
    assert before == "1"
    expect(page.locator("#numbers-day")).to_have_attribute("open", "")
