"""What authors paste under their article: codes that are right for this inquiry, and who may hold the frame."""

from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings

from apps.accounts.models import Role
from apps.inquiries.models import State
from tests.accounts.cast import member, publication, signed_in
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

PAGE = "/desk/inquiries/bridge/embedding/"


@pytest.fixture
def bridge():
    inquiry = make_inquiry("bridge", publication=publication())
    inquiry.title = {"ja": "「橋」<b>は要りますか</b>", "en": 'A "bridge" & <b>tunnel</b>?'}
    inquiry.save()
    return inquiry


@pytest.fixture
def desk():
    client = signed_in(member(Role.AUTHOR))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


class Tags(HTMLParser):
    """Start tags with their attributes, of a page or of a code that stands on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def codes(page) -> list[str]:
    parts = page.content.decode().split("<textarea")[1:]
    return [unescape(part.partition(">")[2].partition("</textarea>")[0]) for part in parts]


def test_codes_name_this_inquiry_in_the_chosen_language(desk, bridge):
    script, frame, link, *_notices = codes(desk.get(f"{PAGE}?for=en"))
    own = f"{settings.SITE_URL}/q/bridge/?lang=en"

    assert Tags(script).found == [
        (
            "script",
            {"async": None, "src": f"{settings.SITE_URL}/embed.js", "data-inquiry": "bridge", "data-lang": "en"},
        ),
        ("noscript", {}),
        ("p", {}),
        ("a", {"href": own}),
    ]
    assert Tags(frame).found == [
        (
            "iframe",
            {
                "src": f"{settings.SITE_URL}/embed/bridge/?lang=en",
                "title": 'A "bridge" & <b>tunnel</b>?',
                "width": "100%",
                "height": "1110",
                "loading": "lazy",
                "style": "border:0",
            },
        )
    ]
    assert link == f'A "bridge" & <b>tunnel</b>?\n{own}'


def test_language_of_the_codes_follows_the_page_until_another_is_chosen(desk, bridge):
    assert 'data-lang="en"' in codes(desk.get(PAGE))[0]
    assert 'data-lang="ja"' in codes(desk.get(f"{PAGE}?for=ja"))[0]
    assert 'data-lang="ja"' in codes(desk.get(f"{PAGE}?for=xx"))[0]


def test_sites_that_may_hold_it_are_named_and_none_is_said(desk, bridge):
    none = desk.get(PAGE).content.decode()
    bridge.allowed_origins = ["https://blog.example"]
    bridge.save()
    one = desk.get(PAGE).content.decode()

    assert "Browsers refuse the frame on every site" in none
    assert "<code>https://blog.example</code>" in one
    assert "Browsers refuse the frame on every site" not in one


def test_it_can_be_prepared_before_the_question_opens(desk, bridge):
    bridge.state = State.DRAFT
    bridge.save()

    page = desk.get(PAGE)

    assert page.status_code == 200
    assert "the frame stays empty until it is open" in page.content.decode()


def test_notices_stand_in_both_languages_whatever_the_page_speaks(desk, bridge):
    japanese, english = codes(desk.get(PAGE))[-2:]

    assert "IPアドレス" in japanese
    assert "IP address" in english
    assert settings.SITE_URL in japanese


def test_only_editors_find_the_way_to_the_settings(bridge):
    for role, seen in ((Role.AUTHOR, True), (Role.ANALYST, False)):
        text = signed_in(member(role)).get(PAGE).content.decode()
        assert ("/settings/#origins" in text) is seen, role
