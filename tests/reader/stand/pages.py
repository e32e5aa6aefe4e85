"""What the tests of this page ask of it."""

import re
from html import unescape

from django.test import Client

from apps.debates.models import Debate
from apps.participants.tokens import COOKIE
from tests.reports.maps import factories as maps

STAND = "/q/debate/stand/"
MANY = "+-+-+?0+-+"
TAG = re.compile(r"<[^>]+>")


def voter(debate: Debate, choices: str = MANY, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies[COOKIE] = maps.ballot(debate, choices)
    return client


def text_of(page) -> str:
    main = page.content.decode().partition('<main id="main"')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(TAG.sub(" ", main))).strip()


def pictures(page) -> tuple[int, int]:
    """Pictures of the map, and own marks in them."""
    html = page.content.decode()
    return html.count('role="img"'), html.count('<g class="own">')


def section(page, name: str) -> str:
    return page.content.decode().partition(f'aria-labelledby="{name}-title"')[2].partition("</section>")[0]
