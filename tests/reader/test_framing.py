"""Pages inside an article on another site: who may frame them, whose cookie they know, where their links lead."""

import gzip
import re

import pytest
from django.conf import settings

from apps.inquiries.models import State
from apps.participants.tokens import FRAME, FRAME_COOKIE, SITE, new_token, read_token
from apps.responses.models import VisitCount
from apps.responses.visits import flush_visits
from tests.reader.conftest import ANSWER, COVER

EMBED = "/embed/one-founder-ai/"
BLOG = "https://blog.example"
LINK = re.compile(r'<a ([^>]*href="([^"]*)"[^>]*)>')
TOKEN = re.compile(r"(--[\w-]+):\s*([^;}]+)")


@pytest.fixture
def framed(inquiry):
    inquiry.allowed_origins = [BLOG, "http://localhost:8001"]
    inquiry.save()
    return inquiry


def policy(page) -> str:
    return next(
        part.strip() for part in page.headers["Content-Security-Policy"].split(";") if "frame-ancestors" in part
    )


def answer_in_frame(reader, **answers):
    page = reader.open(EMBED)
    return reader.client.post(f"{EMBED}answer/?step=1", {**reader.hidden(page), "intent": "next", **answers})


def test_exactly_the_named_origins_may_frame_it(reader, framed):
    page = reader.open(EMBED)

    assert page.status_code == 200
    assert policy(page) == f"frame-ancestors {BLOG} http://localhost:8001"
    assert "X-Frame-Options" not in page.headers
    assert page.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "require-trusted-types-for 'script'" in page.headers["Content-Security-Policy"]


def test_where_no_origin_is_named_nobody_may(reader, inquiry):
    page = reader.open(EMBED)

    assert policy(page) == "frame-ancestors 'none'"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_pages_of_the_own_site_are_framed_by_nobody(reader, framed):
    for path in (COVER, f"{COVER}results/", f"{COVER}about/", "/", "/privacy/"):
        page = reader.open(path)
        assert (policy(page), page.headers["X-Frame-Options"]) == ("frame-ancestors 'none'", "DENY"), path


def test_a_refusal_is_shown_inside_the_frame(reader, framed):
    page = reader.client.post(f"{EMBED}answer/?step=1", {"pass": "x"}, headers={"origin": "null"})

    assert page.status_code == 403
    assert policy(page) == f"frame-ancestors {BLOG} http://localhost:8001"


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_hidden_inquiry_leaks_through_no_frame(reader, framed, state):
    framed.state = state
    framed.save()

    for path in ("", "answer/?step=1", "results/", "stand/", "debate/", "thanks/", "review/"):
        page = reader.open(EMBED + path)
        assert (page.status_code, policy(page)) == (404, "frame-ancestors 'none'"), path


@pytest.mark.parametrize(
    "path", ["/embed/", "/embed/nothing/", f"{EMBED}about/", f"{EMBED}card.png", "/embed/privacy/"]
)
def test_what_is_no_part_of_the_way_is_not_there(reader, framed, path):
    assert reader.open(path).status_code == 404


def test_the_whole_way_stays_in_the_frame_and_the_rest_opens_beside_it(reader, framed):
    second = answer_in_frame(reader, Q1="4")
    assert f'action="{EMBED}answer/?step=2"' in second.content.decode()
    both = {"Q2-a": "1", "Q2-b": "2"}
    sent = reader.client.post(f"{EMBED}answer/?step=2", {**reader.hidden(second), "intent": "next", **both})
    assert sent.headers["Location"] == f"{EMBED}answer/?step=3"
    for path in (
        EMBED,
        f"{EMBED}answer/?step=2",
        f"{EMBED}results/",
        f"{EMBED}stand/",
        f"{EMBED}debate/",
        f"{EMBED}review/",
    ):
        text = reader.open(path).content.decode()
        forms = re.findall(r'<form method="post" action="([^"]*)"', text)
        assert all(action.startswith(EMBED) for action in forms), path
        for attributes, address in LINK.findall(text):
            inside = address.startswith((EMBED, "#", "?"))
            assert inside != ('target="_blank" rel="noopener' in attributes), (path, address)


def test_the_same_page_on_the_own_site_keeps_its_own_addresses(reader, framed):
    reader.open(EMBED)
    reader.open(f"{EMBED}results/")

    for path in (COVER, f"{COVER}results/"):
        text = reader.open(path).content.decode()
        assert EMBED not in text, path
        assert "frame.js" not in text, path


def test_cookie_of_a_frame_is_its_own_kept_apart_and_opens_nothing_else(reader, framed):
    sent = answer_in_frame(reader, Q1="4")

    assert list(sent.cookies) == [FRAME_COOKIE]
    cookie = sent.cookies[FRAME_COOKIE].OutputString()
    for attribute in ("Partitioned", "Secure", "HttpOnly", "SameSite=None", "Path=/"):
        assert attribute in cookie.split("; "), cookie
    assert read_token(sent.cookies[FRAME_COOKIE].value, FRAME) is not None
    assert read_token(sent.cookies[FRAME_COOKIE].value, SITE) is None
    reader.client.cookies["toikake"] = sent.cookies[FRAME_COOKIE].value
    assert "Your answers so far are saved" not in reader.open(COVER).content.decode()


def test_token_of_the_own_site_is_unknown_in_a_frame(reader, framed):
    reader.client.cookies[FRAME_COOKIE] = new_token()

    assert "data-newcomer" in reader.open(EMBED).content.decode()


def test_token_from_storage_brings_a_reader_back(reader, framed):
    page = reader.open(EMBED)
    first = reader.client.post(
        f"{EMBED}answer/?step=1", {**reader.hidden(page), "intent": "next", "cookies": "none", "Q1": "4"}
    )
    token = reader.hidden(first)["carried"]
    reader.client.cookies.clear()

    cover = reader.hidden(reader.open(EMBED))
    back = reader.client.post(f"{EMBED}answer/?step=1", {**cover, "carried": token, "intent": "carry"})

    assert read_token(token, FRAME) is not None
    assert reader.hidden(back)["carried"] == token
    assert 'name="Q1" value="4"' in back.content.decode()
    assert re.search(r'value="4"[^>]*checked', back.content.decode())
    assert framed.responses.count() == 1


def test_cookie_alone_writes_nothing(reader, framed):
    answer_in_frame(reader, Q1="4")
    before = list(framed.responses.values_list("revision", "answers"))

    alone = reader.client.post(f"{EMBED}answer/?step=1", {"intent": "next", "Q1": "1"})
    with_pass = {**reader.hidden(reader.open(f"{EMBED}answer/?step=1")), "intent": "next", "Q1": "1"}
    foreign = reader.client.post(f"{EMBED}answer/?step=1", with_pass, headers={"origin": BLOG})
    fetched = reader.client.post(f"{EMBED}answer/?step=1", with_pass, headers={"sec-fetch-site": "cross-site"})

    assert [alone.status_code, foreign.status_code, fetched.status_code] == [403, 403, 403]
    assert list(framed.responses.values_list("revision", "answers")) == before


def test_host_of_the_article_is_the_source_without_its_path(reader, framed):
    reader.client.get(EMBED, headers={"referer": f"{BLOG}/secret/path?q=1"})
    flush_visits()

    assert list(VisitCount.objects.values_list("screen", "source")) == [("cover", "blog.example")]


def test_loader_is_small_public_and_asked_for_again(client, db):
    plain = client.get("/embed.js")
    zipped = client.get("/embed.js", headers={"accept-encoding": "gzip"})
    unchanged = client.get("/embed.js", headers={"if-none-match": plain.headers["ETag"]})

    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain.headers["Cache-Control"] == "public, max-age=3600"
    assert plain.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert plain.cookies == {}
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) <= 4096
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.post("/embed.js").status_code == 405
    for forbidden in ("cookie", "localStorage", "eval", "innerHTML", "document.write"):
        assert forbidden not in plain.content.decode().replace("No cookie", ""), forbidden


def test_light_and_dark_of_a_frame_are_those_of_the_site():
    folder = settings.BASE_DIR / "static" / "css"
    site = {"light": {}, "dark": {}}
    for name in ("toikake", "charts", "map"):
        css = (folder / f"{name}.css").read_text()
        site["light"] |= dict(TOKEN.findall(re.search(r":root \{([^}]*)\}", css)[1]))
        dark = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}", css)[1]
        site["dark"] |= dict(TOKEN.findall(dark))
    frame = {
        theme: dict(TOKEN.findall(tokens))
        for theme, tokens in re.findall(r':root\[data-theme="(\w+)"\] \{([^}]*)\}', (folder / "frame.css").read_text())
    }

    def tidy(tokens):
        return {name: value.strip() for name, value in tokens.items()}

    assert tidy(frame["dark"]) == tidy(site["dark"])
    assert tidy(frame["light"]) == tidy({name: site["light"][name] for name in site["dark"]})


def test_strict_consent_agreed_in_the_frame_goes_on_there(reader, framed):
    framed.privacy_profile = "strict"
    framed.save()

    text = reader.open(EMBED).content.decode()

    assert f'href="{EMBED}answer/?step=1&amp;agreed=' in text or f'action="{EMBED}answer/' in text


def test_closed_meanwhile_is_said_in_the_frame(reader, framed):
    page = reader.open(EMBED)
    framed.state = State.CLOSED
    framed.save()

    late = reader.client.post(f"{EMBED}answer/?step=1", {**reader.hidden(page), "intent": "next", "Q1": "4"})

    assert late.status_code == 409
    assert f'href="{EMBED}"' in late.content.decode()
    assert ANSWER not in late.content.decode()
