import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.reader.conftest import COVER
from tests.reader.ways import vote

RESULTS = f"{COVER}results/"


@pytest.fixture
def answered(inquiry):
    """Twelve readers, which is enough to be shown."""
    call_command("simulate_readers", inquiry.slug, readers=60, seed=3, verbosity=0)
    inquiry.refresh_from_db()
    return inquiry


def test_too_few_answers_say_from_when_on_there_is_something(reader, inquiry):
    page = reader.open(RESULTS).content.decode()

    assert "10" in page.partition('class="waiting"')[2]
    assert f'class="go" href="{COVER}"' in page


def test_results_are_shown_with_the_own_answer_marked(reader, answered):
    reader.answer(1, Q1="4")

    own, strangers = reader.open(RESULTS).content.decode(), type(reader)(type(reader.client)()).open(RESULTS)

    assert 'class="yours"' in own
    assert b'class="yours"' not in strangers.content


def test_way_on_stands_after_the_first_picture_for_strangers_and_after_the_last_for_who_answered(reader, answered):
    strangers = reader.open(RESULTS).content.decode()
    reader.answer(1, Q1="4")
    own = reader.open(RESULTS).content.decode()

    ways = [
        (page.count('class="way-on"'), page.partition('class="way-on"')[0].count("<figure"))
        for page in (strangers, own)
    ]
    opinions = own.partition('id="readers"')[0].count("<figure")
    assert ways == [(1, 1), (1, opinions)]
    assert f'class="go" href="{COVER}"' in strangers
    assert f'class="go" href="{COVER}debate/"' in own


@pytest.mark.parametrize(
    ("votes", "said", "links"),
    [
        (0, "After five you can write one of your own.", ["debate/"]),
        (3, "After 2 more votes you can write a statement of your own.", ["debate/", "stand/"]),
        (5, "Every further vote makes it clearer", ["debate/", "stand/", "debate/write/"]),
        (24, "You have cast 24 votes. Thank you.", ["stand/", "debate/write/"]),
    ],
)
def test_way_on_says_what_holds_for_this_reader(reader, inquiry, votes, said, links):
    reader.answer(1, Q1="4")
    vote(votes)

    way = reader.open(RESULTS).content.decode().partition('class="way-on"')[2].partition("</section>")[0]

    assert (said in way, way.count("five"), re.findall(rf'href="{COVER}([^"]+)"', way)) == (True, int(not votes), links)


def test_results_of_an_election_wait_for_the_close(reader, answered):
    answered.results_shown = "after_close"
    answered.closes_at = timezone.now() + timedelta(days=2)
    answered.save()

    before = reader.open(RESULTS)
    answered.closes_at = timezone.now() - timedelta(minutes=1)
    answered.save()
    after = reader.open(RESULTS)

    assert b"<figure" not in before.content
    assert b"<figure" in after.content


def test_results_are_asked_for_again_but_sent_only_when_changed(reader, answered):
    first = reader.open(RESULTS)

    second = reader.client.get(RESULTS, HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (second.status_code, second.content) == (304, b"")


def test_about_page_shows_the_consent_text_and_the_exact_wording(reader, inquiry):
    page = reader.open(f"{COVER}about/").content.decode()

    from apps.surveys.queries import published_instrument

    used = published_instrument(inquiry.pk)
    assert used.sha256 in page
    assert used.definition.consent_sha256 in page
    assert used.definition.question("Q9").stem["ja"] in page
    assert used.definition.question("Q9").stem["en"] in page
    assert page.count("<details lang=") == 1  # the other language unfolds
    assert 'lang=""' not in page
    assert "{operator}" not in page
    assert "{freeze_date}" not in page
