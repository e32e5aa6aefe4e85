"""What goes along with the address: card, QR code, words for other sites. Doors, caches, and nothing of the reader."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from apps.inquiries.models import ResultsShown, State
from apps.reports.cards.keeping import draw_due
from apps.reports.documents.qr import qr_svg
from apps.reports.models import ShareCard
from tests.reader.conftest import COVER

CARD, QR = f"{COVER}card.png", f"{COVER}qr.svg"
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+|description)" content="([^"]*)">')


@pytest.fixture
def answered(inquiry):
    call_command("simulate_readers", inquiry.slug, readers=15, seed=1, verbosity=0)
    call_command("publish_epochs", inquiry.slug, verbosity=0)
    draw_due(timezone.now())
    return inquiry


def bytes_of(language: str, with_results: bool) -> bytes:
    return bytes(ShareCard.objects.get(language=language, with_results=with_results).png)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_card_of_the_wanted_language_is_handed_out(client, answered, language):
    page = client.get(CARD, {"lang": language})

    assert (page.status_code, page["Content-Type"], page.content) == (200, "image/png", bytes_of(language, True))
    assert (page["Cache-Control"], page["X-Content-Type-Options"]) == ("public, max-age=300", "nosniff")
    assert (page["Cross-Origin-Resource-Policy"], "Set-Cookie" in page) == ("cross-origin", False)


@pytest.mark.parametrize("address", [CARD, QR])
def test_whoever_has_it_already_gets_no_bytes(client, answered, address):
    first = client.get(address)

    known = client.get(address, headers={"If-None-Match": first["ETag"]})
    head = client.head(address)

    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


@pytest.mark.parametrize("address", [CARD, QR])
def test_they_are_only_looked_at(client, answered, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", ["card.png", "qr.svg"])
@pytest.mark.parametrize("slug", ["nothing-here", "x" * 300])
def test_of_what_does_not_exist_there_is_none(client, db, slug, name):
    assert client.get(f"/q/{slug}/{name}").status_code == 404


@pytest.mark.parametrize("address", [CARD, QR])
@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_drafts_and_archived_inquiries_leak_nothing(client, answered, address, state):
    answered.state = state
    answered.save()

    page = client.get(address)

    assert page.status_code == 404
    assert answered.title["en"] not in page.content.decode()


def test_results_that_may_not_be_seen_any_more_are_not_handed_out_even_if_drawn(client, answered):
    answered.results_shown, answered.closes_at = ResultsShown.AFTER_CLOSE, timezone.now() + timedelta(hours=1)
    answered.save()

    assert client.get(CARD).content == bytes_of("ja", False)


def test_before_the_worker_has_drawn_there_is_the_card_of_the_house(client, inquiry):
    page = client.get(CARD)

    assert (page.status_code, page["Cache-Control"]) == (302, "no-cache")
    assert re.fullmatch(r"/static/icons/card(\.\w+)?\.png", page["Location"])


def test_the_qr_code_leads_to_the_question(client, inquiry):
    page = client.get(QR)

    assert page["Content-Type"] == "image/svg+xml"
    assert page.content == qr_svg(f"{settings.SITE_URL}{COVER}")
    assert page.content.startswith(b"<svg")


@pytest.mark.parametrize("address", [COVER, f"{COVER}results/"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_say_by_which_words_and_picture_they_are_shown_elsewhere(client, answered, address, language):
    page = client.get(address, {"lang": language}).content.decode()

    found = dict(META.findall(page))
    assert found["og:title"] == answered.title[language].replace("'", "&#x27;")
    assert found["og:image"] == f"{settings.SITE_URL}{CARD}?lang={language}"
    assert found["og:url"] == f"{settings.SITE_URL}{address}?lang={language}"
    assert found["description"] == found["og:description"] != ""
    assert (found["twitter:card"], found["og:locale"][:2]) == ("summary_large_image", language)


def test_what_is_shown_elsewhere_is_the_same_for_who_has_answered(reader, answered):
    before = META.findall(reader.open(f"{COVER}results/").content.decode())
    reader.answer(1, Q1="2")

    after = META.findall(reader.open(f"{COVER}results/").content.decode())
    welcome = dict(META.findall(reader.open(COVER).content.decode()))

    assert (after, welcome["og:title"]) == (before, answered.title["en"])


@pytest.mark.parametrize(("address", "most"), [(CARD, 3), (QR, 1)])
def test_they_cost_a_few_small_queries(client, answered, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        client.get(address)
