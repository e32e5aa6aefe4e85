"""An inquiry becomes strict: from that moment on no public door shows a number that was counted before."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import Inquiry, PrivacyProfile
from apps.participants.tokens import COOKIE
from apps.reports import tasks
from apps.reports.cards.keeping import draw_due
from apps.reports.models import ShareCard
from apps.reports.report.live import counted
from apps.reports.report.settings import LIVE
from apps.surveys.actions import publish_version
from tests.debates.factories import make_debate
from tests.reports.factories import answer_as, publish
from tests.reports.maps import factories as maps
from tests.responses.factories import built_in_document

pytestmark = pytest.mark.django_db

RESULTS, MAP, STAND = (f"/api/v1/inquiries/bridge/{name}" for name in ("results", "map", "stand"))
DOORS = (
    "/", "/q/bridge/", "/q/bridge/results/", "/q/bridge/stand/", "/q/bridge/about/", "/q/bridge/debate/",
    "/q/bridge/debate/votes/", "/embed/bridge/", "/embed/bridge/results/", "/embed/bridge/stand/", "/api/v1/inquiries",
    "/api/v1/inquiries/bridge", RESULTS, MAP, "/oembed?url=http://127.0.0.1:8000/q/bridge/",
)  # fmt: skip
TELLING = {
    "/q/bridge/results/", "/embed/bridge/results/", RESULTS, "/q/bridge/stand/", "/embed/bridge/stand/", MAP,
}  # fmt: skip
COUNTED = re.compile(r"0\.5849|(?<![\d.])58 ?%|(?<!\w)412(?!\w)|(?<!\w)5,?230(?!\w)")
"""31 of 53 answers, 412 voters, 5,230 votes: as the standard profile shows them."""


@pytest.fixture
def inquiry() -> Inquiry:
    debate = make_debate("bridge", statements=0)
    publish_version(inquiry=debate.inquiry, document=built_in_document())
    maps.plant(debate)
    for reader in range(53):
        answer_as(debate.inquiry, reader, {"Q1": 4 if reader < 31 else 2 if reader < 44 else 1})
    tasks.publish_due_epochs(0)
    maps.store(debate, maps.spectrum(), settings={"profile": "standard", "statements": list(range(1, 13))})
    draw_due(timezone.now())
    return debate.inquiry


def visitor(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


def telling() -> set[str]:
    return {door for door in DOORS if COUNTED.search(visitor().get(door).content.decode())}


def handed_out() -> bool:
    """Whether the card that somebody gets has results on it."""
    card = visitor("ja").get("/q/bridge/card.png").content
    return [bytes(each.png) == card for each in ShareCard.objects.filter(language="ja", with_results=True)] == [True]


def become_strict(inquiry: Inquiry) -> Inquiry:
    return set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)


def test_before_the_doors_tell_what_was_counted(inquiry):
    assert telling() == TELLING
    assert handed_out()


def test_from_the_switch_on_no_door_tells_a_number_of_before(inquiry):
    become_strict(inquiry)

    assert telling() == set()
    assert not handed_out()
    gone = {"published": False, "reason": "counted_anew", "smallest_base": 50}
    assert visitor().get(RESULTS).json() == {**gone, "n": None}
    assert visitor().get(MAP).json() == gone


def test_pages_say_that_it_is_being_counted_anew_in_both_languages(inquiry):
    become_strict(inquiry)

    english = [visitor().get(f"/q/bridge/{name}/").content.decode() for name in ("results", "stand")]
    japanese = [visitor("ja").get(f"/q/bridge/{name}/").content.decode() for name in ("results", "stand")]

    assert "<h1>The answers are being counted anew</h1>" in english[0]
    assert "<h1>The opinion map is being drawn anew</h1>" in english[1]
    assert all("within a day" in page for page in english)
    assert "<h1>回答を数え直しています</h1>" in japanese[0]
    assert "<h1>意見地図を描き直しています</h1>" in japanese[1]


def test_a_reader_still_sees_their_own_votes_and_no_counts_beside_them(inquiry):
    token = maps.ballot(inquiry.debate, "+-+-+-")
    become_strict(inquiry)
    reader = visitor()
    reader.cookies[COOKIE] = token

    page = reader.get("/q/bridge/stand/").content.decode()
    stand = reader.get(STAND, headers={"x-toikake-token": token}).json()

    assert "Whoever hurries should first settle how to stop." in page
    assert not COUNTED.search(page)
    assert (stand["state"], stand["map"], len(stand["own_votes"])) == ("counted_anew", None, 6)


def test_the_report_of_the_moment_rounds_and_takes_no_map_of_before(inquiry):
    standard = counted(inquiry, LIVE)
    strict = counted(become_strict(inquiry), LIVE)

    assert (standard["parts"]["map"] is None, strict["parts"]["map"] is None) == (False, True)
    assert (standard["answered"], strict["answered"], strict["profile"]["name"]) == (53, 55, "strict")
    assert COUNTED.search(json.dumps(standard))
    assert not COUNTED.search(json.dumps(strict))


def test_answers_that_nobody_changed_since_are_counted_anew_at_once_and_rounded(inquiry):
    become_strict(inquiry)

    tasks.publish_due_epochs(0)

    content = visitor().get(RESULTS).json()
    told = next(entry for entry in content["questions"] if entry["id"] == "Q1")
    assert (content["epoch"], content["profile"], content["answered"]) == (2, "strict", 55)
    assert {code: count for code, count in told["counts"].items() if count is not None} == {"4": 30}
    assert telling() == {"/q/bridge/results/", "/embed/bridge/results/"}  # 58 % is a whole percentage
    assert not ShareCard.objects.filter(with_results=True).exists()


def test_a_few_answers_that_came_since_wait_for_others_or_for_the_day_to_end(inquiry):
    answer_as(inquiry, 53, {"Q1": 5})
    strict = become_strict(inquiry)

    at_once = publish(strict)
    a_day_later = publish(strict, now=timezone.now() + timedelta(days=1))

    assert at_once is None
    assert (a_day_later.number, a_day_later.profile, a_day_later.answered) == (2, "strict", 54)


def test_many_answers_that_came_since_hide_one_another(inquiry):
    for reader in range(53, 73):
        answer_as(inquiry, reader, {"Q1": 5})
    strict = become_strict(inquiry)

    assert publish(strict).answered == 73


def test_an_inquiry_that_was_always_strict_waits_for_nothing_new(inquiry):
    strict = become_strict(inquiry)
    publish(strict)
    answer_as(inquiry, 53, {"Q1": 5})

    assert publish(strict) is None
    assert visitor().get(RESULTS).json()["published"] is True
