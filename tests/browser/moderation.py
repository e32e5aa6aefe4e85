"""The moderation queue in the states that it can be in, one after the other."""

from collections.abc import Iterator

from django.utils import timezone
from playwright.sync_api import Page

from apps.accounts.models import Role
from apps.debates.actions import open_debate
from apps.debates.models import Debate, Statement
from apps.debates.moderation import approve_statement, merge_statement, reject_statement, reopen_statement
from apps.debates.personal import kinds_in
from apps.inquiries.models import Inquiry
from tests.accounts.cast import member
from tests.browser.desk import State, enter
from tests.debates.factories import make_statement

QUEUE = "/desk/inquiries/one-founder-ai/statements/"
WRITTEN = {
    "ja": (
        "決める人が一人だと責任の所在がはっきりする",
        "急いで開発するなら、先に止める手順を決めるべきだ",
        "反対の人は090-1234-5678の山田まで電話を",
        "AIより猫のほうがかわいい",
        "電気を大量に使う計算設備には、地域の同意が必要だ。",
    ),
    "en": (
        "Responsibility is clear when one person decides",
        "How to stop should be settled first if development is fast",
        "Whoever disagrees may call Mr Yamada at 090-1234-5678",
        "Cats are nicer than AI",
        "Towns should agree before computing centres use their power.",
    ),
}


def fill(inquiry: Inquiry, language: str) -> Debate:
    """The editors' statements, five of readers that wait, and some that were decided on."""
    debate = open_debate(inquiry=inquiry)
    moderator = member(Role.AUTHOR, of=inquiry.publication.slug, named="hanako")
    first = debate.statements.count() + 1
    for number, text in enumerate(WRITTEN[language], start=first):
        day = timezone.localdate() - timezone.timedelta(days=max(0, first + 3 - number))
        fields = {"origin": "reader", "state": "waiting", "language": language, "held": kinds_in(text), "day": day}
        make_statement(debate, number, text, author=bytes([number]) * 16, **fields)
    again = Statement.objects.get(debate=debate, number=first + 4)
    reject_statement(statement=again, reason="several_ideas", by=moderator)
    reopen_statement(statement=again, by=moderator)
    more = [
        make_statement(debate, first + 5 + place, text, origin="reader", state="waiting", language=language)
        for place, text in enumerate(
            ("買って得するAI株はこちら", "責任は決めた一人にある", "国が口を出すと開発は遅れる。")
        )
    ]
    reject_statement(statement=more[0], reason="advertising", by=moderator)
    merge_statement(statement=more[1], into=Statement.objects.get(debate=debate, number=2), by=moderator)
    approve_statement(statement=more[2], by=moderator)
    return debate


def every_state_of_the_queue(page: Page, inquiry: Inquiry, language: str) -> Iterator[State]:
    moderator = member(Role.MODERATOR, of=inquiry.publication.slug)
    enter(page, moderator)
    page.goto(QUEUE)
    yield "desk-queue-empty", page
    debate = fill(inquiry, language)
    page.goto("/desk/")
    yield "desk-home-with-queue", page
    page.goto(QUEUE)
    for summary in page.locator("main summary").all():
        summary.click()
    page.evaluate("scrollTo(0, 0)")  # or the head of the page, which stays, covers half a link
    yield "desk-queue", page
    page.locator("[data-words]").click()
    page.locator('[value="clear"]').wait_for()
    yield "desk-queue-held-shown", page
    Statement.objects.filter(debate=debate, text__startswith=WRITTEN[language][3]).update(state="withdrawn")
    for box in page.locator("[data-pick]").all():
        box.check()
    page.locator('#batch [value="approve"]').click()
    page.locator(".band.warn").first.wait_for()
    yield "desk-queue-refused", page
    for state in ("approved", "rejected", "merged", "withdrawn"):
        page.goto(f"{QUEUE}?state={state}")
        yield f"desk-queue-{state}", page
    page.goto(f"{QUEUE}?q=zzz&page=x")
    yield "desk-queue-nothing-found", page
    enter(page, member(Role.ANALYST, of=inquiry.publication.slug))
    page.goto(QUEUE)
    yield "desk-queue-analyst", page
