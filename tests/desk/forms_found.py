"""The forms of a page, as a browser would send them, and a look at everything that is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus, urljoin

from django.apps import apps
from django.db import connection
from django.test import Client

OURS = ("accounts", "inquiries", "surveys", "participants", "responses", "debates", "reports")
MADE_AGAIN = {"reports_calculation", "reports_document"}
"""What is only worked out, and may come of looking at a page."""


@dataclass
class Form:
    """`files`: names of fields that take a file. Buttons are fields, too."""

    action: str
    sent: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys([*(name for name, _value in self.sent), *self.files]))

    @property
    def key(self) -> tuple[str, ...]:
        return (self.action, *sorted(self.names))

    def with_value(self, name: str | None, value: str) -> list[tuple[str, str]]:
        """As it was, but for one field; or for all of them, but the button that says what is done."""
        kept = ("act", "do", "part", "csrfmiddlewaretoken")
        return [
            (each, value if each == name or (name is None and each not in kept) else was) for each, was in self.sent
        ]


class Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found, self.open = address, list[Form](), None
        self.by_id: dict[str, Form] = {}
        self.area: tuple[str, list[str]] | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.open = None
            if got.get("method", "").lower() == "post":
                self.open = Form(urljoin(self.address, got.get("action", "")))
                self.found.append(self.open)
                self.by_id[got.get("id", "")] = self.open
            return
        form, name = self.by_id.get(got["form"]) if "form" in got else self.open, got.get("name", "")
        if tag == "option" and form and self.select and "selected" in got:
            form.sent.append((self.select, got.get("value", "")))
        if tag == "select":
            self.select = name
        if form is None or not name:
            return
        if tag == "textarea":
            self.area = (name, [])
        elif tag == "input" and got.get("type") == "file":
            form.files.append(name)
        elif tag in ("input", "button"):
            form.sent.append((name, got.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag == "textarea" and self.area and self.open:
            self.open.sent.append((self.area[0], "".join(self.area[1]).removeprefix("\n")))
            self.area = None
        if tag == "select":
            self.select = ""


def forms_of(client: Client, address: str) -> Iterator[Form]:
    page = client.get(address)
    if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
        reader = Forms(address)
        reader.feed(page.content.decode())
        yield from reader.found


def encoded(sent: list[tuple[str, str]]) -> str:
    """With halves of characters, too, as no browser would send them."""

    def quoted(text: str) -> str:
        return quote_plus(text.encode("utf-8", "surrogatepass"))

    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in sent)


def everything_kept() -> dict[str, str]:
    """A hash of each table."""
    tables = {model._meta.db_table for name in OURS for model in apps.get_app_config(name).get_models()}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - MADE_AGAIN):
            cursor.execute(f"SELECT md5(string_agg(each::text, '|' ORDER BY each::text)) FROM {table} AS each")
            found[table] = cursor.fetchone()[0]
    return found
