"""The pages about people and what they did, in the states that they can be in."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from apps.accounts.invitations import invite, revoke
from apps.accounts.models import AuditEntry, Invitation, Membership, Role, User
from apps.inquiries.models import Inquiry
from tests.accounts.cast import PASSWORD, came_in, member
from tests.browser.desk import enter, page_site

State = tuple[str, Page]
Open = Callable[..., Page]

NAMES = {"ja": ("山田 花子", "佐藤 健", "鈴木 美咲"), "en": ("Hanako Yamada", "Ken Sato", "Misaki Suzuki")}


def place(inquiry: Inquiry) -> str:
    return f"/desk/publications/{inquiry.publication.slug}"


def fill(inquiry: Inquiry, language: str) -> User:
    """Three who work there, two invitations, and a page and a half of what they did."""
    paper = inquiry.publication
    owner, author, moderator = (
        member(role, of=paper.slug, protected=role != Role.MODERATOR)
        for role in (Role.OWNER, Role.AUTHOR, Role.MODERATOR)
    )
    for user, name in zip((owner, author, moderator), NAMES[language], strict=True):
        user.name = name
        user.save()
    invite(publication=paper, email="new.colleague@town-hall.example", role=Role.ANALYST, by=owner)
    invite(publication=paper, email="late@paper.example", role=Role.AUTHOR, by=owner)
    Invitation.objects.filter(email="late@paper.example").update(sent_at=timezone.now() - timedelta(days=9))
    happened(inquiry, [owner, author, moderator])
    return owner


def happened(inquiry: Inquiry, people: list[User]) -> None:
    owner, author, moderator = people
    told = [
        ("inquiry.opened", owner, inquiry.slug, {}),
        ("role.granted", owner, author.email, {"from": "analyst", "to": "author"}),
        ("statement.rejected", moderator, inquiry.slug, {"number": 31, "to": "rejected", "reason": "personal"}),
        ("responses.exported", author, inquiry.slug, {"format": "xlsx", "raw_text": True, "reason": "記事のため"}),
        ("second_factor.added", author, author.email, {"type": "webauthn"}),
        ("publication.changed", owner, inquiry.publication.slug, {"fields": ["contact", "funder"]}),
        ("statement.seen", moderator, inquiry.slug, {"number": 12, "held": ["phone", "mail"]}),
        ("second_factor.reset", None, moderator.email, {"forgotten": 2}),
    ]
    now = timezone.now()
    for number in range(60):
        action, by, target, detail = told[number % len(told)]
        AuditEntry.objects.create(
            action=action,
            actor=by,
            target=target,
            detail=detail,
            publication=inquiry.publication,
            at=now - timedelta(hours=60 - number),
        )


def every_state_of_people(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State]:
    owner = fill(inquiry, language)
    page = open_page(language=language)
    enter(page, owner)
    yield from owners_pages(page, inquiry, owner)
    yield from acts(page, inquiry, owner)
    yield from invited(open_page, inquiry, owner, language)
    yield from own_sessions(open_page(language=language), owner)


def own_sessions(page: Page, user: User) -> Iterator[State]:
    """Signed in twice through the real door."""
    came_in(user)
    name = settings.SESSION_COOKIE_NAME
    key = came_in(user).cookies[name].value
    page.context.add_cookies([{"name": name, "value": key, "url": page_site(page)}])
    page.goto(reverse("usersessions_list"))
    yield "desk-own-sessions", page


def owners_pages(page: Page, inquiry: Inquiry, owner: User) -> Iterator[State]:
    here = place(inquiry)
    page.goto(f"{here}/people/")
    yield "desk-people", page
    page.goto(f"{here}/audit/")
    yield "desk-audit", page
    page.goto(f"{here}/audit/?target=nobody")
    yield "desk-audit-nothing", page
    page.goto(f"{here}/audit/?since=x")
    yield "desk-audit-faulty", page
    page.goto(f"{here}/people/{number_of('author')}/")
    for summary in page.locator(".access summary").all():
        summary.click()
    yield "desk-person", page
    page.goto(f"{here}/people/{Membership.objects.get(user=owner).pk}/")
    yield "desk-person-last-owner", page


def number_of(role: str) -> int:
    return Membership.objects.get(role=role).pk


def acts(page: Page, inquiry: Inquiry, owner: User) -> Iterator[State]:
    """Each asks to confirm first, the first time."""
    page.goto(f"{place(inquiry)}/people/")
    page.fill("[name=email]", "another@paper.example")
    page.select_option("[name=role]", "moderator")
    press(page, "section:has(#invite) button.go")
    press_after(page, PASSWORD)
    yield "desk-invited", page
    page.goto(f"{place(inquiry)}/people/")
    page.fill("[name=email]", owner.email)
    page.select_option("[name=role]", "moderator")
    press(page, "section:has(#invite) button.go")
    yield "desk-invite-faulty", page
    page.goto(f"{place(inquiry)}/people/{number_of('author')}/")
    page.select_option("[name=role]", "analyst")
    press(page, "section:has(#role) button.go")
    yield "desk-person-changed", page


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).click()


def press_after(page: Page, password: str) -> None:
    page.fill("[name=password]", password)
    press(page, "main form button.go")


def invited(open_page: Open, inquiry: Inquiry, owner: User, language: str) -> Iterator[State]:
    def link(email: str) -> str:
        return (
            f"/desk/invitation/{invite(publication=inquiry.publication, email=email, role='analyst', by=owner).secret}/"
        )

    page = open_page(language=language)
    newcomer = link("newcomer@paper.example")
    page.goto(newcomer)
    yield "desk-invitation", page
    known = member(Role.AUTHOR, of="elsewhere")
    page.goto(link(known.email))
    yield "desk-invitation-known", page
    enter(page, known)
    page.goto(page.url.removesuffix("/healthz") + newcomer)
    yield "desk-invitation-other", page
    revoke(invitation=Invitation.objects.get(email="newcomer@paper.example"), by=owner)
    page.goto(newcomer)
    yield "desk-invitation-spent", page
