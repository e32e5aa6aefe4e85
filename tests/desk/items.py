"""An author at the desk, and what a browser would send of the pages of questions."""

import re

from django.test import Client

from apps.inquiries.models import Inquiry
from apps.surveys.drafts import working_document
from tests.accounts.cast import signed_in

ITEMS = "/desk/inquiries/bridge/items/"


def english(user) -> Client:
    client = signed_in(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def document(inquiry: Inquiry):
    return working_document(inquiry).document


def fields(response) -> dict[str, str]:
    """What a browser would send of the page's form."""
    html = response.content.decode()
    form = response.context["form"]
    found = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    return {**found, "seen": re.search(r'name="seen" value="([^"]*)"', html)[1]}


def press(client: Client, name: str, do: str = "save", **typed):
    page = client.get(f"{ITEMS}{name}/")
    return client.post(f"{ITEMS}{name}/", {**fields(page), **typed, "do": do})


def press_list(client: Client, do: str):
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(ITEMS).content.decode())[1]
    return client.post(ITEMS, {"seen": seen, "do": do})
