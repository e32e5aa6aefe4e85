"""A frame whose browser drops cookies: the token is told to the page's script, and comes back with what it sends."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from apps.debates.models import Ballot
from apps.inquiries.models import PrivacyProfile
from apps.participants.tokens import FRAME, new_token, read_token
from apps.responses.models import Response
from tests.reader.conftest import ANSWER, COVER
from tests.reader.test_results import answered  # noqa: F401 (a fixture)
from tests.reader.test_without_cookies import Forgetful
from tests.reader.voters import Voter

EMBED = "/embed/one-founder-ai/"
BLOG = "https://blog.example"
AGAIN = "hidden data-newcomer>"


class Framed(Forgetful, Voter):
    """In a frame, by a browser that throws its cookies away; `token`: what the script has put into the storage."""

    token = ""

    def save(self, page, **answers):
        fields = {**self.hidden(page), "intent": "save", "key": str(uuid4()), "touched": ",".join(answers), **answers}
        saved = self.client.post(f"{EMBED}answer/?step=1", fields)
        self.token = saved.headers["X-Toikake-Token"]
        return saved

    def come_back(self, path: str = "", **fields):
        """As the script does on a page that knows nobody."""
        found = {**self.hidden(self.open(EMBED + path)), "carried": self.token, "intent": "carry"}
        return self.client.post(f"{EMBED}{path or 'answer/?step=1'}", {**found, **fields})


@pytest.fixture
def framed(inquiry):
    inquiry.allowed_origins = [BLOG]
    inquiry.save()
    return inquiry


@pytest.fixture
def forgetful():
    return Framed(Client())


def text(page) -> str:
    return page.content.decode()


def test_newcomers_save_tells_the_token_to_our_own_script_alone(forgetful, framed):
    saved = forgetful.save(forgetful.open(EMBED), Q1="4")

    assert saved.json() == {"saved": True}
    assert read_token(saved.headers["X-Toikake-Token"], FRAME) is not None
    assert saved.headers["Cache-Control"] == "private, no-store"
    assert [name for name in saved.headers if name.lower().startswith("access-control")] == []


def test_no_answer_of_the_own_site_tells_it(reader, inquiry):
    saved = reader.send(reader.open(), 1, intent="save", Q1="4", key=str(uuid4()), touched="Q1")
    sent = reader.answer(1, Q1="4")

    assert saved.json() == {"saved": True}
    assert not saved.has_header("X-Toikake-Token")
    assert not sent.has_header("X-Toikake-Token")


def test_page_that_is_only_opened_tells_none(forgetful, framed):
    opened = [forgetful.open(EMBED + path) for path in ("", "debate/", "results/", "stand/")]

    assert [page.has_header("X-Toikake-Token") for page in opened] == [False] * 4


def test_saved_twice_while_nothing_was_told_is_one_reader_of_one_token(forgetful, framed):
    page = forgetful.open(EMBED)
    first, second = forgetful.save(page, Q1="4"), forgetful.save(page, Q1="2")

    assert first.headers["X-Toikake-Token"] == second.headers["X-Toikake-Token"]
    assert [response.answers for response in Response.objects.all()] == [{"Q1": 2}]


def test_next_after_a_save_goes_on_as_the_same_reader(forgetful, framed):
    page = forgetful.open(EMBED)
    forgetful.save(page, Q1="4")

    second = forgetful.client.post(
        f"{EMBED}answer/?step=1", {**forgetful.hidden(page), "carried": forgetful.token, "intent": "next", "Q1": "4"}
    )

    assert second.status_code == 200
    assert forgetful.hidden(second)["carried"] == forgetful.token
    assert 'name="Q2-a"' in text(second)
    assert Response.objects.count() == 1


def test_pressed_before_any_script_goes_on_as_the_same_reader(forgetful, framed):
    second = forgetful.client.post(
        f"{EMBED}answer/?step=1", {**forgetful.hidden(forgetful.open(EMBED)), "intent": "next", "Q1": "4"}
    )
    third = forgetful.client.post(
        f"{EMBED}answer/?step=2", {**forgetful.hidden(second), "intent": "next", "Q2-a": "3", "Q2-b": "4"}
    )

    assert ('name="Q2-a"' in text(second), third.status_code) == (True, 200)
    assert [response.answers for response in Response.objects.all()] == [{"Q1": 4, "Q2": {"a": 3, "b": 4}}]


def test_voted_before_any_script_goes_on_as_the_same_reader(forgetful, framed):
    page = forgetful.open(f"{EMBED}debate/")
    for _ in range(2):
        page = forgetful.press(page, to=f"{EMBED}debate/", vote=f"{forgetful.card(page)}-agree")

    assert "3 / 5" in text(page)
    assert Ballot.objects.count() == 1


def test_what_is_left_blank_at_first_makes_nobody(forgetful, framed):
    page = forgetful.open(EMBED)

    asked = forgetful.client.post(
        f"{EMBED}answer/?step=1", {**forgetful.hidden(page), "intent": "next", "cookies": "none"}
    )

    assert 'name="prompted"' in text(asked)
    assert "carried" not in forgetful.hidden(asked)
    assert not asked.has_header("X-Toikake-Token")


def test_finished_reader_comes_back_to_their_answers(forgetful, framed):
    forgetful.save(forgetful.open(EMBED), Q1="4")
    Response.objects.update(finished=True)

    assert "See how others answered" in text(forgetful.come_back())


def test_later_screen_is_found_again_where_it_was(forgetful, framed):
    forgetful.save(forgetful.open(EMBED), Q1="4")
    lost = text(forgetful.open(f"{EMBED}answer/?step=2"))

    back = forgetful.come_back("answer/?step=2")

    assert 'data-newcomer="here"' in lost
    assert forgetful.hidden(back)["carried"] == forgetful.token
    assert 'name="Q2-a"' in text(back)


def test_reader_of_another_inquiry_reads_the_first_page_first(forgetful, framed):
    forgetful.token = new_token(audience=FRAME)

    first = text(forgetful.come_back())

    assert "Choosing an answer saves it." in first
    assert "data-newcomer" not in first
    assert Response.objects.count() == 0


def test_under_the_strict_profile_a_token_is_no_consent(forgetful, framed):
    framed.privacy_profile = PrivacyProfile.STRICT
    framed.save()
    forgetful.token = new_token(audience=FRAME)

    refused = forgetful.come_back()
    cover = text(forgetful.open(EMBED))

    assert (refused.status_code, refused.headers["Location"]) == (303, EMBED)
    assert f'action="{EMBED}answer/?step=1" {AGAIN}' in cover
    agree = re.search(r'href="([^"]*agreed=[^"]*)"', cover)[1].replace("&amp;", "&").removeprefix(EMBED)
    assert forgetful.hidden(forgetful.come_back(agree))["carried"] == forgetful.token


def test_results_mark_the_answers_of_whoever_comes_back(forgetful, answered, framed):  # noqa: F811
    forgetful.save(forgetful.open(EMBED), Q1="4")

    strangers, own = text(forgetful.open(f"{EMBED}results/")), text(forgetful.come_back("results/"))

    assert (AGAIN in strangers, 'class="yours"' in strangers) == (True, False)
    assert (AGAIN in own, 'class="yours"' in own) == (False, True)


def test_debate_and_map_know_whoever_comes_back(forgetful, framed):
    page = forgetful.open(f"{EMBED}debate/")
    first = forgetful.press(page, to=f"{EMBED}debate/", vote=f"{forgetful.card(page)}-agree", cookies="none")
    forgetful.token = first.headers["X-Toikake-Token"]

    pages = {path: text(forgetful.come_back(path)) for path in ("debate/", "debate/votes/", "stand/")}

    assert "2 / 5" in pages["debate/"]
    assert "1 vote" in pages["debate/votes/"]
    assert [AGAIN in page for page in pages.values()] == [False] * 3
    assert [f'name="carried" value="{forgetful.token}"' in page for page in pages.values()] == [True] * 3
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("path", ["debate/", "debate/write/", "debate/votes/", "debate/?voted=1", "results/", "stand/"])
def test_only_in_a_frame_does_a_page_that_knows_nobody_ask_once_more(forgetful, framed, path):
    assert AGAIN in text(forgetful.open(EMBED + path))
    assert AGAIN not in text(forgetful.open(COVER + path))


def test_whoever_has_a_cookie_is_not_asked_once_more(voter, framed):
    page = voter.open(EMBED)
    voter.client.post(f"{EMBED}answer/?step=1", {**voter.hidden(page), "intent": "next", "Q1": "4"})

    for path in ("", "answer/?step=1", "debate/", "debate/write/", "debate/votes/", "results/", "stand/"):
        assert "data-newcomer" not in text(voter.open(EMBED + path)), path


def test_token_of_the_own_site_is_told_to_no_frame_and_taken_by_none(forgetful, framed):
    forgetful.token = new_token()

    back = forgetful.come_back()

    assert forgetful.hidden(back)["carried"] != forgetful.token
    assert ANSWER not in text(back)
