"""A reader at the debate's pages, in a browser that runs no scripts."""

import re

from apps.debates.choices import Choice
from apps.debates.models import Ballot
from tests.reader.conftest import COVER, Reader

DEBATE = f"{COVER}debate/"
VOTES = f"{DEBATE}votes/"
WRITE = f"{DEBATE}write/"
BUTTON = re.compile(r'name="vote" value="(\d+)-(\w+)"')
WORDS = ["agree", "disagree", "neither", "unsure"]


class Voter(Reader):
    """A reader at the debate's pages; each button is pressed on the page that showed it."""

    def press(self, page, to=DEBATE, **fields):
        return self.client.post(to, {**self.hidden(page), **fields})

    def card(self, page) -> int:
        """The statement that the page asks about."""
        return int(BUTTON.search(page.content.decode())[1])

    def vote(self, word="agree", page=None):
        """On the card that lies there, and on to where that leads."""
        page = page or self.open(DEBATE)
        return self.follow(self.press(page, vote=f"{self.card(page)}-{word}"))

    def follow(self, sent):
        return self.open(sent.headers["Location"]) if sent.has_header("Location") else sent

    def vote_on(self, count):
        page = self.open(DEBATE)
        for _ in range(count):
            page = self.vote(page=page if b"data-card" in page.content else None)
        return page


def buttons(page):
    return BUTTON.findall(page.content.decode())


def votes():
    """All ballots, as numbers of votes by choice."""
    return sorted([bytes(ballot.votes).count(choice) for choice in Choice if choice] for ballot in Ballot.objects.all())
