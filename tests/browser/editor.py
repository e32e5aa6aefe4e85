"""The pages on which an inquiry is made, in the states that they can be in."""

import copy
from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from apps.accounts.models import Role, User
from apps.inquiries.actions import archive_inquiry
from apps.inquiries.models import Inquiry
from apps.surveys.drafts import change_draft, working_document
from tests.accounts.cast import member
from tests.browser.desk import HOME, enter
from tests.browser.people import press

State = tuple[str, Page]
Open = Callable[..., Page]

HERE = "/desk/inquiries/one-founder-ai/"
SAVE = "main form.edit button.go"


def every_state_of_the_editor(open_page: Open, inquiry: Inquiry, language: str) -> Iterator[State]:
    page, owner = open_page(language=language), member(Role.OWNER, of=inquiry.publication.slug)
    enter(page, owner)
    yield from the_beginning(page, inquiry)
    yield from the_article(page, inquiry, owner)
    yield from the_settings(page)
    yield from the_publishing(page, inquiry, owner)
    yield from the_end(page, inquiry)


def the_beginning(page: Page, inquiry: Inquiry) -> Iterator[State]:
    page.goto(HOME)
    yield "editor-home", page
    page.goto(f"/desk/publications/{inquiry.publication.slug}/new/")
    yield "editor-new", page
    page.fill("[name=subject_ja]", "長" * 40)
    page.fill("[name=address]", "one-founder-ai")
    press(page, SAVE)
    yield "editor-new-faulty", page
    page.fill("[name=subject_ja]", "駅前広場の車の通行止め")
    page.fill("[name=subject_en]", "closing the station square to cars")
    page.fill("[name=address]", "square")
    press(page, SAVE)
    page.locator(".confirm summary").click()
    yield "editor-overview-new", page
    page.goto("/desk/inquiries/square/publish/")
    yield "editor-publish-first", page


def the_article(page: Page, inquiry: Inquiry, owner: User) -> Iterator[State]:
    page.goto(f"{HERE}edit/")
    yield "editor-overview", page
    page.goto(f"{HERE}article/")
    yield "editor-article", page
    page.fill("[name=url]", "javascript:alert(1)")
    press(page, SAVE)
    yield "editor-article-faulty", page
    page.fill("[name=url]", "https://blog.example.com/2026/11/one-person")
    page.fill("[name=hope_ja]", "開発が速くなると期待する人がいます。")
    change(inquiry, owner, lambda document: document["title"].update(ja="あとから変えられた題名"))
    press(page, SAVE)
    yield "editor-article-late", page
    press(page, SAVE)


def the_settings(page: Page) -> Iterator[State]:
    page.goto(f"{HERE}settings/")
    page.locator(".confirm.end summary").click()
    yield "editor-settings", page
    page.fill("[name=origins]", "https://blog.example.com\nhttp://blog.example.com\n*")
    press(page, "#origins button")
    yield "editor-settings-faulty", page
    page.fill("[name=origins]", "https://blog.example.com")
    press(page, "#origins button")
    yield "editor-settings-saved", page


def the_publishing(page: Page, inquiry: Inquiry, owner: User) -> Iterator[State]:
    def edit(document):
        document["items"][0]["stem"]["ja"] += "お考えに近いものを選んでください。"
        document["items"][7]["options"][0]["retired"] = True

    def fault(document):
        document["items"][2]["stem"]["en"] = ""

    change(inquiry, owner, edit)
    page.goto(f"{HERE}publish/")
    page.locator(".confirm.end summary").click()
    yield "editor-publish", page
    page.fill("[name=note]", "設問の文を変えました")
    press(page, SAVE)
    page.goto(f"{HERE}versions/2/")
    yield "editor-version", page
    change(inquiry, owner, fault)
    page.goto(f"{HERE}publish/")
    yield "editor-publish-problems", page
    page.goto(f"{HERE}edit/")
    yield "editor-overview-problems", page


def the_end(page: Page, inquiry: Inquiry) -> Iterator[State]:
    archive_inquiry(inquiry=inquiry)
    page.goto(f"{HERE}settings/")
    yield "editor-settings-archived", page
    page.goto(HOME)
    page.locator(".archived summary").click()
    yield "editor-home-archived", page


def change(inquiry: Inquiry, by: User, edit: Callable[[dict], object]) -> None:
    working = working_document(inquiry)
    document = copy.deepcopy(working.document)
    edit(document)
    change_draft(inquiry=inquiry, revision=working.revision, document=document, by=by)
