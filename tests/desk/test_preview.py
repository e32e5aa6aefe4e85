"""The preview shows the draft through the readers' own pages, keeps nothing, and may be framed by the desk alone."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Role
from apps.debates.models import Ballot, Statement
from apps.inquiries.models import Inquiry
from apps.responses.models import Response, VisitCount
from apps.surveys.drafts import change_draft, working_document
from apps.surveys.editing import past_of
from apps.surveys.editing.options import add_option
from apps.surveys.editing.wording import reword
from tests.accounts.cast import member, signed_in
from tests.surveys.documents import FOLLOW_UP, ORDINAL, built_in, every_kind_document
from tests.surveys.documents import document as small

pytestmark = pytest.mark.django_db

PREVIEW = "/desk/inquiries/bridge/preview/"
SCREEN = f"{PREVIEW}screen/"
NOTHING = past_of([])


@pytest.fixture
def desk(inquiry) -> Client:
    client = signed_in(member(Role.AUTHOR))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def draft(inquiry: Inquiry, document) -> None:
    change_draft(inquiry=inquiry, revision=working_document(inquiry).revision, document=document, by=None)


def kept() -> tuple[int, int]:
    return Response.objects.count(), VisitCount.objects.count()


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(("language", "stem"), [("ja", "新しい文です。"), ("en", "New words")])
def test_draft_is_shown_not_what_is_published(desk, inquiry, language, stem):
    draft(inquiry, reword(built_in(), NOTHING, "Q1", {"stem": {"ja": "新しい文です。", "en": "New words"}}))

    page = text(desk.get(f"{SCREEN}?language={language}"))

    assert stem in page
    assert stem not in text(Client().get(f"/q/bridge/?lang={language}"))


def test_screen_is_the_one_that_readers_get(desk, inquiry):
    """Between its head and its button the page differs in nothing but the readers' pass."""
    own = text(Client().get("/q/bridge/?lang=en"))
    previewed = text(desk.get(f"{SCREEN}?language=en"))

    def question(page: str) -> str:
        return re.search(r'<fieldset class="question" id="Q1".*?</fieldset>', page, re.DOTALL)[0]

    def options(page: str) -> list[str]:
        return sorted(re.findall(r"<label class=\"choice.*?</label>", question(page), re.DOTALL))

    assert options(previewed) == options(own)
    assert 'class="context"' in previewed


def test_frame_is_open_to_the_desk_alone_and_the_desk_frames_itself_alone(desk, inquiry):
    outer, inner = desk.get(PREVIEW), desk.get(SCREEN)

    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    assert outer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in inner["Content-Security-Policy"]
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in desk.get("/desk/inquiries/bridge/items/")["Content-Security-Policy"]


def test_every_screen_is_reached_by_next_and_back_and_nothing_is_kept(desk, inquiry):
    draft(inquiry, every_kind_document())
    before, place, seen = kept(), SCREEN + "?step=1&language=en", []
    with CaptureQueriesContext(connection) as queries:
        while "step=end" not in place:
            assert desk.get(place).status_code == 200
            seen.append(re.search(r"step=(\w+)", place)[1])
            place = desk.post(place, {"intent": "next", "prompted": "1"}).url
    assert seen == [str(number) for number in range(1, 11)]
    assert "That was the last screen" in text(desk.get(place))
    assert desk.post(f"{SCREEN}?step=3&language=en", {"intent": "back"}).url == f"{SCREEN}?step=2&language=en"
    assert kept() == before
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "session" not in sql] == []


def test_answers_are_received_as_readers_get_them(desk, inquiry):
    draft(inquiry, every_kind_document())

    blank = desk.post(f"{SCREEN}?step=1&language=en", {"intent": "next"})
    follow_up = desk.post(f"{SCREEN}?step=1&language=en", {"intent": "next", "Q1": "2", "prompted": "1"})
    faulty = desk.post(f"{SCREEN}?step=9&language=en", {"intent": "next", "Q9": "many"})

    assert "A question is still unanswered." in text(blank)
    assert re.search(r'id="Q1L"(?![^>]*hidden)', text(follow_up))
    assert faulty.status_code == 422
    assert "A number is expected here." in text(faulty)


def test_question_for_some_readers_is_shown_with_whom_it_is_for(desk, inquiry):
    draft(inquiry, small(ORDINAL, FOLLOW_UP))

    page = text(desk.get(f"{SCREEN}?step=2&language=en"))

    assert "Only for readers who chose “so so” in Q1." in page
    assert re.search(r'id="Q1L"(?![^>]*hidden)', page)


def test_strict_profile_begins_with_the_consent(desk, inquiry):
    Inquiry.objects.filter(pk=inquiry.pk).update(privacy_profile="strict")

    page = text(desk.get(f"{SCREEN}?language=en"))

    assert "Please take our reader survey" in page
    assert f"{SCREEN}?step=1&amp;language=en" in page


def test_what_is_not_written_yet_is_shown_as_such(desk, inquiry):
    unwritten = reword(built_in(), NOTHING, "Q1", {"stem": {"ja": "どう", "en": ""}})
    draft(inquiry, add_option(unwritten, NOTHING, "Q6"))

    assert "[English: not written yet, 1]" in text(desk.get(f"{SCREEN}?language=en"))
    assert desk.get(f"{SCREEN}?step=6&language=ja").status_code == 200


def test_draft_that_cannot_be_drawn_says_why_and_where(desk, inquiry):
    broken = built_in()
    broken["items"][0]["options"] = broken["items"][0]["options"][:1]
    draft(inquiry, broken)

    page = text(desk.get(PREVIEW))

    assert desk.get(SCREEN).status_code == 409
    assert "At least 2 options that carry an answer are expected." in page
    assert 'href="/desk/inquiries/bridge/items/Q1/"' in page
    assert "<iframe" not in page


def test_another_reader_sees_another_order(desk, inquiry):
    orders = {
        tuple(re.findall(r'name="Q6" value="(\d+)"', text(desk.get(f"{SCREEN}?step=6&reader={each}"))))
        for each in range(9)
    }

    assert ("1", "2", "3", "4", "5", "98") in orders
    assert len(orders) > 1
    assert {order[3:] for order in orders} == {("4", "5", "98")}


@pytest.mark.parametrize(
    "query",
    ["step=99", "step=x", "lang=fr", "reader=x", "reader=99999", "step=0", "question=Q99", "width=1", "language=xx"],
)
def test_what_is_not_there_is_the_beginning(desk, inquiry, query):
    assert desk.get(f"{PREVIEW}?{query}").status_code == 200
    assert "Q1" in text(desk.get(f"{SCREEN}?{query}"))


def test_markup_of_authors_stays_text(desk, inquiry):
    draft(inquiry, reword(built_in(), NOTHING, "Q1", {"stem": {"ja": "<img src=x>", "en": "<img src=x>"}}))

    assert "<img src=x>" not in text(desk.get(SCREEN))


def test_way_to_a_question_leads_to_its_screen(desk, inquiry):
    page = text(desk.get(f"{PREVIEW}?question=Q8"))

    assert f"{SCREEN}?step=7&amp;language=en" in page


def test_questionnaire_in_one_language_is_shown_in_that_one(desk, inquiry):
    draft(inquiry, {**built_in(), "languages": ["ja"]})

    page = text(desk.get(f"{SCREEN}?language=en&step=2"))

    assert '<html lang="ja">' in page
    assert "次へ" in page
    assert "プレビュー：何も保存されません" in page


def test_nothing_that_saves_runs_in_the_preview(desk, inquiry):
    draft(inquiry, every_kind_document())
    scripts = {
        script
        for step in range(1, 12)
        for script in re.findall(r'src="/static/js/(\w+)[.\w]*\.js', text(desk.get(f"{SCREEN}?step={step}")))
    }

    assert scripts == {"counter", "exclusive", "preview", "rank", "reveal"}


def test_looking_in_one_language_leaves_the_desk_in_another(desk, inquiry):
    english = {"Accept-Language": "en"}

    framed = desk.get(desk.get(f"{PREVIEW}?language=ja", headers=english).context["address"], headers=english)
    after = desk.get(PREVIEW, headers=english)

    assert [re.search(r'<html lang="(..)"', text(page)).group(1) for page in (framed, after)] == ["ja", "en"]


def words_of_card(page: str) -> str:
    return re.search(r'<h1 tabindex="-1"><span class="words">(.*?)</span>', page)[1]


def test_first_cards_are_the_drafts_own_statements_as_readers_get_them(desk, inquiry):
    document = built_in()
    document["statements"][0] |= {"ja": "まだ誰にも見せていない意見。", "en": "A statement nobody has seen yet."}
    draft(inquiry, document)

    page = text(desk.get(f"{SCREEN}?step=vote&language=en"))
    others = [text(desk.get(f"{SCREEN}?step=vote&language=en&card={card}")) for card in (2, 5, 6, 99, "x", "-1")]

    assert words_of_card(page) == "A statement nobody has seen yet."
    assert "From the editors" in page
    assert [label for _value, label in re.findall(r'name="vote" value="(\w+)">(.*?)</button>', page)] == [
        "Agree", "Disagree", "Neither", "Don&#x27;t know",
    ]  # fmt: skip
    assert words_of_card(others[0]) == document["statements"][1]["en"]
    assert [words_of_card(each) == words_of_card(others[1]) for each in others[2:4]] == [True, True]
    assert [words_of_card(each) == words_of_card(page) for each in others[4:]] == [True, True]
    assert f"{SCREEN}?step=vote" in text(desk.get(f"{SCREEN}?step=end&language=en"))


def test_another_reader_gets_the_cards_in_another_order_one_of_each_side_first(desk, inquiry):
    stances = {entry["en"]: entry["stance"] for entry in built_in()["statements"]}

    def hand(reader: int) -> list[str]:
        pages = [text(desk.get(f"{SCREEN}?step=vote&language=en&reader={reader}&card={card}")) for card in (1, 2, 3)]
        return [unescape(words_of_card(page)) for page in pages]

    hands = [hand(reader) for reader in range(1, 5)]
    assert [sorted(stances[words] for words in each) for each in hands] == [["bridge", "con", "pro"]] * 4
    assert len({tuple(each) for each in hands}) > 1
    assert hands[0] == hand(1)


def test_a_vote_in_the_preview_says_that_it_counts_nowhere_and_stays(desk, inquiry):
    before = (*kept(), Ballot.objects.count(), Statement.objects.count())

    page = text(desk.post(f"{SCREEN}?step=vote&language=en&card=2", {"vote": "agree"}))

    assert "In the preview nothing is counted." in page
    assert words_of_card(page) == words_of_card(text(desk.get(f"{SCREEN}?step=vote&language=en&card=2")))
    assert (*kept(), Ballot.objects.count(), Statement.objects.count()) == before
    assert set(re.findall(r'src="/static/js/(\w+)[.\w]*\.js', page)) == {"preview"}


def test_a_draft_without_statements_has_no_cards(desk, inquiry):
    draft(inquiry, {**built_in(), "statements": []})

    page = desk.get(f"{PREVIEW}?step=vote&language=en")

    assert "vote" not in page.context["looked"].steps
    assert page.context["looked"].step == "1"
    assert "See the first card" not in text(desk.get(f"{SCREEN}?step=end&language=en"))
