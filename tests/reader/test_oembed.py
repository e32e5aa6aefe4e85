"""oEmbed, and what readers pass on: the question, never an answer, and nothing of what nobody may see."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.conf import settings

from apps.inquiries.models import State
from tests.reader.conftest import COVER

SITE = settings.SITE_URL


def asked(client, url: str, **more: str):
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"url": url, **more}.items())
    return client.get(f"/oembed?{query}", headers={"accept-language": "en"})


def test_a_question_is_described_for_other_sites(client, inquiry):
    found = asked(client, f"{SITE}{COVER}")

    assert found.json() == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Toikake",
        "provider_url": SITE,
        "title": "What do you make of AI development with power in one pair of hands?",
        "author_name": inquiry.publication.operator or inquiry.publication.name,
        "html": f'<iframe src="{SITE}/embed/one-founder-ai/?lang=en" title="What do you make of AI development with'
        ' power in one pair of hands?" width="720" height="1110" loading="lazy" style="border:0"></iframe>',
        "width": 720,
        "height": 1110,
        "thumbnail_url": f"{SITE}{COVER}card.png?lang=en",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "cache_age": 3600,
    }
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.cookies == {}


def test_every_page_of_a_question_leads_to_it_and_sizes_are_kept_to(client, inquiry):
    found = asked(client, f"{SITE}{COVER}results/?lang=ja", maxwidth="500", maxheight="600").json()

    assert (found["width"], found["height"], found["title"]) == (500, 600, inquiry.title["ja"])
    assert 'width="500" height="600"' in found["html"]
    assert asked(client, f"{SITE}{COVER}", maxwidth="90").json()["width"] == 90


def test_language_asked_for_goes_before_that_of_the_address(client, inquiry):
    given = {"ja": f"{SITE}{COVER}?lang=ja", "none": f"{SITE}{COVER}", "odd": f"{SITE}{COVER}?lang=xx"}

    titles = {name: asked(client, url).json()["title"] for name, url in given.items()}

    assert titles == {"ja": inquiry.title["ja"], "none": inquiry.title["en"], "odd": inquiry.title["en"]}
    assert asked(client, given["ja"], lang="en").json()["title"] == inquiry.title["en"]


def test_title_is_text_in_the_markup(client, inquiry):
    inquiry.title = {"ja": '"><script>alert(1)</script>', "en": '"><script>alert(1)</script>'}
    inquiry.save()

    assert "<script" not in asked(client, f"{SITE}{COVER}").json()["html"]


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("https://elsewhere.example/q/one-founder-ai/", {}, 404),
        (f"{SITE}/privacy/", {}, 404),
        (f"{SITE}/q/nothing/", {}, 404),
        (f"{SITE}/desk/inquiries/one-founder-ai/", {}, 404),
        ("http://[", {}, 404),
        ("javascript:alert(1)", {}, 404),
        (f"{SITE}{COVER}", {"format": "xml"}, 501),
        (f"{SITE}{COVER}", {"maxwidth": "wide"}, 400),
        (f"{SITE}{COVER}", {"maxwidth": "0"}, 400),
        (f"{SITE}{COVER}", {"maxheight": "１００"}, 400),
    ],
)
def test_what_cannot_be_described_is_refused(client, inquiry, url, more, status):
    assert asked(client, url, **more).status_code == status


def test_without_an_address_it_is_told_so(client, inquiry):
    assert client.get("/oembed").status_code == 400
    assert client.post("/oembed?url=x").status_code == 405


def doors(client, **headers):
    """Every way in which something of an inquiry can be seen from outside, with its status."""
    slug = "one-founder-ai"
    paths = [
        *(f"/q/{slug}/{page}" for page in ("", "answer/?step=1", "review/", "thanks/", "results/", "stand/", "about/")),
        *(
            f"/q/{slug}/{page}"
            for page in ("debate/", "debate/votes/", "debate/write/", "again/", "card.png", "qr.svg")
        ),
        *(f"/embed/{slug}/{page}" for page in ("", "answer/?step=1", "results/", "stand/", "debate/", "again/")),
        *(f"/api/v1/inquiries/{slug}{page}" for page in ("", "/results", "/map", "/statements/next")),
        f"/oembed?url={quote(f'{SITE}/q/{slug}/', safe='')}",
    ]
    return {path: client.get(path, headers={"x-toikake-token": headers.get("token", "")}) for path in paths}


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED, "deleted"])
def test_what_nobody_may_see_leaks_through_no_door(client, inquiry, state):
    token = client.post(
        "/api/v1/participants",
        "{}",
        content_type="application/json",
        headers={"idempotency-key": "0b8e2f0e-5f1e-4b7e-9a39-0f9d5f0c1a11"},
    ).json()["token"]
    title = inquiry.title["en"]
    if state == "deleted":
        inquiry.delete()
    else:
        inquiry.state = state
        inquiry.save()

    seen = doors(client, token=token)

    assert {path: page.status_code for path, page in seen.items() if page.status_code not in (404, 410)} == {}
    assert [path for path, page in seen.items() if title in page.content.decode(errors="replace")] == []
    for path in ("/", "/robots.txt", "/api/v1/inquiries"):
        assert "one-founder-ai" not in client.get(path).content.decode(), path


@pytest.mark.parametrize("seen", ["by a stranger", "by its reader", "strict", "closed"])
def test_cover_says_where_its_description_is(reader, inquiry, seen):
    if seen == "by its reader":
        reader.answer(1, Q1="4")
    inquiry.privacy_profile = "strict" if seen == "strict" else "standard"
    inquiry.state = State.CLOSED if seen == "closed" else State.OPEN
    inquiry.save()

    text = reader.open(f"{COVER}?lang=en").content.decode()

    link = unescape(re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', text)[1])
    assert reader.client.get(link.removeprefix(SITE)).json()["title"] in text


def test_what_is_passed_on_is_the_question_alone(reader, inquiry):
    reader.send(reader.open(), Q1="4")
    text = reader.open(f"{COVER}results/").content.decode()
    sheet = text[text.index('<details class="pass-on"') :]

    links = [unescape(link) for link in re.findall(r'<a href="([^"]+)"', sheet[: sheet.index("</details>")])]
    own = f"{SITE}{COVER}?lang=en"
    told = [
        next(iter(value for values in parse_qs(urlsplit(link).query).values() for value in values if own in value), "")
        for link in links[:-1]
    ]

    assert all(value.endswith(own) for value in told), told
    assert links[-1] == f"{COVER}qr.svg"
    assert sheet.count('rel="noopener noreferrer"') == 5
