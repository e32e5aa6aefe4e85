import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from apps.debates.actions import open_debate
from apps.inquiries.models import State
from apps.responses.models import Response
from tests.reader.conftest import ANSWER, COVER

LINKS = re.compile(r'href="([^"]*)"')


def test_cover_asks_the_first_question_at_once(reader, inquiry):
    page = reader.open()

    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('name="Q1" value="') == 6
    assert '<form method="post" action="/q/one-founder-ai/answer/?step=1"' in text


def test_looking_sets_no_cookie_and_writes_no_answer(reader, inquiry):
    for path in ("/", COVER, f"{COVER}about/", f"{COVER}results/", "/privacy/", "/accessibility/", "/receipt/"):
        assert reader.open(path).cookies == {}, path

    assert inquiry.responses.count() == 0


def test_two_covers_carry_different_passes(reader, inquiry):
    first, second = reader.hidden(reader.open()), reader.hidden(reader.open())

    assert first["pass"] != second["pass"]
    assert {**first, "pass": ""} == {**second, "pass": ""}


def test_signs_of_ones_own_in_a_title_do_not_part_the_page(reader, inquiry):
    """Where Japanese machines put signs that they made themselves: the private use area, from its beginning on."""
    inquiry.title = dict.fromkeys(("ja", "en"), "外字\ue000と\ue001\ue002")
    inquiry.save()

    page = reader.open()

    assert {"\ue000", "\ue001", "\ue002"} <= set(page.content.decode())
    assert reader.send(page, Q1="4").status_code == 303


def test_page_is_never_stored_by_anybody(reader, inquiry):
    assert reader.open().headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_hidden_inquiry_is_as_if_it_did_not_exist(reader, inquiry, state):
    inquiry.state = state
    inquiry.save()

    paths = [COVER, f"{ANSWER}?step=1", f"{COVER}review/", f"{COVER}thanks/", f"{COVER}results/", f"{COVER}about/"]

    assert {reader.open(path).status_code for path in paths} == {404}


def test_closed_inquiry_shows_no_form_and_leads_to_the_results(reader, inquiry):
    inquiry.closes_at = timezone.now() - timedelta(days=1)
    inquiry.save()

    page = reader.open()

    assert b"<form" not in page.content
    assert b'href="/q/one-founder-ai/results/"' in page.content
    assert reader.open(f"{ANSWER}?step=1").headers["Location"] == COVER


def test_inquiry_that_opens_later_says_when(reader, inquiry):
    inquiry.opens_at = timezone.now() + timedelta(days=3)
    inquiry.save()

    page = reader.open()

    assert page.status_code == 200
    assert b"<form" not in page.content
    assert str(timezone.localtime(inquiry.opens_at).day).encode() in page.content


def test_inquiry_that_was_called_off_before_it_opened_was_not_closed_in_the_future(reader, inquiry):
    inquiry.state = State.CLOSED
    inquiry.opens_at, inquiry.closes_at = (timezone.now() + timedelta(days=days) for days in (3, 9))
    inquiry.save()

    assert "This question is closed." in reader.open(f"{COVER}?lang=en").content.decode()


def test_home_lists_what_is_open(reader, inquiry):
    assert b'href="/q/one-founder-ai/"' in reader.open("/").content

    inquiry.state = State.CLOSED
    inquiry.save()

    assert b'href="/q/one-founder-ai/"' not in reader.open("/").content


def test_whoever_has_finished_finds_the_debate_and_the_map_from_the_cover(reader, inquiry):
    reader.answer(1, Q1="4")
    open_debate(inquiry=inquiry)

    found = []
    for finished in (False, True):
        Response.objects.update(finished=finished)
        found.append(re.findall(rf'<li><a href="{COVER}(\w+)/"', reader.open().content.decode()))

    assert found == [[], ["results", "stand", "debate"]]


def test_changed_title_is_seen_at_once_although_pages_are_kept(reader, inquiry):
    reader.open()
    inquiry.title = {"ja": "新しい題", "en": "A new title"}
    inquiry.save()

    assert b"A new title" in reader.open().content


def test_simulated_inquiry_says_so_on_every_page(reader, inquiry):
    inquiry.simulated = True
    inquiry.save()
    reader.answer(1, Q1="4")

    paths = [COVER, f"{ANSWER}?step=2", f"{COVER}review/", f"{COVER}results/", f"{COVER}about/"]

    assert all(b'class="simulated"' in reader.open(path).content for path in paths)


def test_strict_profile_asks_for_consent_first_with_two_equal_buttons(reader, inquiry):
    inquiry.privacy_profile = "strict"
    inquiry.save()

    consent = reader.open().content.decode()

    assert "<form" not in consent
    assert consent.count('class="quiet-go"') == 2
    assert reader.open(f"{ANSWER}?step=1").headers["Location"] == COVER


def address_of_agreeing(reader):
    links = LINKS.findall(reader.open().content.decode())
    return unescape(next(link for link in links if "agreed=" in link))


def test_strict_profile_goes_on_after_agreeing(reader, inquiry):
    inquiry.privacy_profile = "strict"
    inquiry.save()

    first = reader.open(address_of_agreeing(reader))
    sent = reader.send(first, Q1="4")

    assert sent.headers["Location"] == f"{ANSWER}?step=2"
    assert inquiry.responses.count() == 1


def test_strict_profile_refuses_an_answer_without_consent(reader, inquiry):
    inquiry.privacy_profile = "strict"
    inquiry.save()
    fields = reader.hidden(reader.open(address_of_agreeing(reader)))

    sent = reader.client.post(f"{ANSWER}?step=1", {**fields, "consent": "", "Q1": "4"})

    assert sent.headers["Location"] == COVER
    assert inquiry.responses.count() == 0


@pytest.mark.parametrize(("language", "other"), [("ja", "en"), ("en", "ja")])
def test_chosen_language_is_kept_by_every_link(reader, inquiry, language, other):
    text = reader.open(f"{COVER}?lang={language}").content.decode()

    links = [part.split('"')[0] for part in text.split('href="/')[1:] if not part.startswith("static/")]
    assert {link.rpartition("lang=")[2].partition("#")[0] for link in links} == {language, other}
    assert sum(link.endswith(f"lang={other}") for link in links) == 1
    assert f'action="/q/one-founder-ai/answer/?step=1&amp;lang={language}"' in text
    assert f'<html lang="{language}">' in text


def test_language_switch_keeps_the_place(reader, inquiry):
    reader.answer(1, Q1="4")

    text = reader.open(f"{ANSWER}?step=2").content.decode()

    assert 'href="/q/one-founder-ai/answer/?step=2&amp;lang=ja"' in text
