"""Cards: one at a time, a tap is a vote; five make a hand, and each vote can be taken back."""

import time
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from apps.debates.choices import Choice
from apps.debates.models import Ballot, Exposure, Statement, VoteLog
from apps.debates.moderation import reject_statement
from apps.inquiries.actions import close_inquiry
from apps.participants.models import Participant
from tests.debates.factories import make_moderator
from tests.reader.conftest import ANSWER, COVER
from tests.reader.voters import DEBATE, VOTES, WORDS, WRITE, buttons, votes


def test_card_shows_one_statement_with_its_origin_and_four_answers(voter, inquiry):
    page = voter.open(DEBATE)

    number = voter.card(page)
    statement = Statement.objects.get(number=number)
    text = unescape(page.content.decode())
    assert buttons(page) == [(str(number), word) for word in WORDS]
    assert statement.texts["en"] in text
    assert ">From the editors</p>" in text
    assert "1 / 5" in text


@pytest.mark.parametrize("word", WORDS)
def test_tap_is_a_vote_and_brings_the_next_card(voter, inquiry, word):
    page = voter.open(DEBATE)
    number = voter.card(page)

    sent = voter.press(page, vote=f"{number}-{word}")
    following = voter.follow(sent)

    assert (sent.status_code, sent.headers["Location"]) == (303, f"{DEBATE}?voted={number}")
    assert Ballot.objects.get().choice(number) == Choice[word.upper()]
    assert voter.card(following) != number
    assert "2 / 5" in following.content.decode()


def test_looking_sets_no_cookie_and_writes_only_what_was_shown(voter, inquiry):
    page = voter.open(DEBATE)

    assert page.cookies == {}
    assert (Ballot.objects.count(), Participant.objects.count()) == (0, 0)
    assert list(Exposure.objects.values_list("number", "answered")) == [(voter.card(page), False)]


def test_newcomer_votes_on_the_card_they_were_shown_and_keeps_that_name(voter, inquiry):
    page = voter.open(DEBATE)

    voter.vote(page=page)

    shown = list(Exposure.objects.order_by("position").values_list("pseudonym", "answered"))
    ballot = Ballot.objects.get()
    assert [(bytes(who) == bytes(ballot.pseudonym), answered) for who, answered in shown] == [
        (True, True),
        (True, False),
    ]


def test_first_vote_brings_consent_and_with_it_a_receipt(voter, inquiry):
    voter.vote()

    participant = Participant.objects.get()
    assert bytes(participant.pseudonym) == bytes(Ballot.objects.get().pseudonym)
    assert len(participant.consent_sha256) == 64


def test_notice_stands_beside_the_first_vote_only(voter, inquiry):
    first = voter.open(DEBATE)
    second = voter.vote(page=first)

    assert (b'class="consent"' in first.content, b'class="consent"' in second.content) == (True, False)


def test_who_answered_before_votes_under_the_same_name(voter, inquiry):
    voter.answer(1, Q1="4")

    voter.vote()

    assert bytes(inquiry.responses.get().pk) == bytes(Ballot.objects.get().pseudonym)


def test_who_votes_before_answering_answers_under_the_same_name(voter, inquiry):
    voter.vote()

    voter.answer(1, Q1="4")

    assert bytes(inquiry.responses.get().pk) == bytes(Ballot.objects.get().pseudonym)
    assert Participant.objects.get().coins != {}


def test_five_votes_end_in_a_rest(voter, inquiry):
    page = voter.vote_on(5)

    text = page.content.decode()
    assert "Vote on 5 more" in text
    assert buttons(page) == [buttons(page)[0]] == [(buttons(page)[0][0], "none")]
    assert Exposure.objects.count() == 5  # the sixth card is not dealt before it is asked for


def test_after_the_rest_the_next_five_begin(voter, inquiry):
    voter.vote_on(5)

    page = voter.open(DEBATE)

    assert "1 / 5" in page.content.decode()
    assert len(buttons(page)) == 4


def test_every_statement_comes_once_and_then_there_are_no_more(voter, inquiry):
    page = voter.vote_on(24)

    assert b"You have voted on all statements there are" in page.content
    assert votes() == [[24, 0, 0, 0]]


def test_vote_just_cast_can_be_taken_back_on_the_next_card(voter, inquiry):
    first = voter.open(DEBATE)
    number = voter.card(first)
    second = voter.vote(page=first)

    undone = voter.press(second, vote=f"{number}-none")
    page = voter.follow(undone)

    assert undone.headers["Location"] == DEBATE
    assert votes() == [[0, 0, 0, 0]]
    assert voter.card(page) == number
    assert f'value="{number}-none"' not in page.content.decode()


def test_double_tap_is_one_vote(voter, inquiry):
    page = voter.open(DEBATE)
    number = voter.card(page)

    first = voter.press(page, vote=f"{number}-agree")
    voter.client.cookies.clear()  # the second tap was sent before the answer to the first
    second = voter.press(page, vote=f"{number}-agree")

    assert (first.headers["Location"], first.status_code) == (second.headers["Location"], second.status_code)
    assert votes() == [[1, 0, 0, 0]]
    assert VoteLog.objects.count() == 1


def test_another_answer_from_a_page_that_was_sent_asks_once_more(voter, inquiry):
    page = voter.open(DEBATE)
    number = voter.card(page)
    voter.press(page, vote=f"{number}-agree")

    again = voter.press(page, vote=f"{number}-disagree")
    changed = voter.press(again, vote=f"{number}-disagree")

    assert (again.status_code, voter.card(again)) == (409, number)
    assert b"This page was sent once before" in again.content
    assert f'value="{number}-agree" aria-pressed="true"' in again.content.decode()
    assert (changed.status_code, votes()) == (303, [[0, 1, 0, 0]])


def test_two_tabs_fill_one_ballot(voter, inquiry):
    first, second = voter.open(DEBATE), voter.open(DEBATE)

    voter.vote(page=first)
    voter.vote("disagree", page=second)

    assert Ballot.objects.count() == 1
    assert sum(map(sum, votes())) in {1, 2}  # one, if both tabs happened to show the same card


def test_old_page_asks_once_more_and_counts_nothing(voter, inquiry, monkeypatch):
    with monkeypatch.context() as patch:
        now = time.time()
        patch.setattr("apps.participants.passes.time.time", lambda: now - 3 * 60 * 60)
        page = voter.open(DEBATE)
    number = voter.card(page)

    again = voter.press(page, vote=f"{number}-agree")

    assert (again.status_code, voter.card(again), votes()) == (409, number, [])
    assert b"This page had been open for a long time" in again.content


def test_vote_without_the_notice_in_force_is_not_counted(voter, inquiry):
    page = voter.open(DEBATE)

    sent = voter.press(page, vote=f"{voter.card(page)}-agree", consent="0" * 64)

    assert (sent.status_code, votes(), Participant.objects.count()) == (409, [], 0)


def test_statement_that_takes_no_votes_any_more_is_passed_over(voter, inquiry):
    page = voter.open(DEBATE)
    number = voter.card(page)
    reject_statement(statement=Statement.objects.get(number=number), reason="unclear", by=make_moderator())

    sent = voter.press(page, vote=f"{number}-agree")

    assert (sent.status_code, votes()) == (409, [])
    assert voter.card(sent) != number
    assert b"no longer takes votes" in sent.content


BAD_VOTES = ["", "abc", "1", "1-", "-agree", "1-maybe", "1.5-agree", "１-agree", "1-AGREE", "1-agree-agree", "9" * 5000]


@pytest.mark.parametrize("value", [*BAD_VOTES, "\x00", "null", "1-\ud800", "[1]", "1e400-agree"])
def test_bad_vote_is_said_and_keeps_nothing(voter, inquiry, value):
    page = voter.open(DEBATE)

    sent = voter.press(page, vote=value.encode("utf-8", "replace").decode())

    assert (sent.status_code, votes()) == (422, [])
    assert b"Please choose one of the four answers" in sent.content


@pytest.mark.parametrize("number", ["0", "25", "10001", "99999"])
def test_vote_on_no_statement_is_said_and_keeps_nothing(voter, inquiry, number):
    sent = voter.press(voter.open(DEBATE), vote=f"{number}-agree")

    assert (sent.status_code, votes()) == (409, [])


def test_vote_sent_twice_in_one_form_is_refused(voter, inquiry):
    page = voter.open(DEBATE)

    sent = voter.press(page, vote=[f"{voter.card(page)}-agree", f"{voter.card(page)}-disagree"])

    assert (sent.status_code, votes()) == (400, [])


@pytest.mark.parametrize("query", ["voted=x", "voted=-1", "voted=１", f"voted={'9' * 30}", "voted=1&voted=2"])
def test_bad_address_is_a_page_of_ours(voter, inquiry, query):
    page = voter.open(f"{DEBATE}?{query}")

    assert page.status_code == 400
    assert b'class="number">400' in page.content


def test_cookie_alone_votes_nothing(voter, inquiry):
    voter.vote()

    sent = voter.client.post(DEBATE, {"vote": "3-agree"})

    assert (sent.status_code, votes()) == (403, [[1, 0, 0, 0]])


def test_form_of_another_site_votes_nothing(voter, inquiry):
    page = voter.open(DEBATE)

    sent = voter.client.post(
        DEBATE, {**voter.hidden(page), "vote": f"{voter.card(page)}-agree"}, HTTP_ORIGIN="https://evil.example"
    )

    assert (sent.status_code, votes()) == (403, [])


def test_pass_of_another_purpose_or_inquiry_votes_nothing(voter, inquiry):
    page = voter.open(DEBATE)
    fields = voter.hidden(page)

    flipped = voter.client.post(DEBATE, {**fields, "pass": fields["pass"][::-1], "vote": "1-agree"})

    assert (flipped.status_code, votes()) == (403, [])


def test_words_of_readers_stand_as_text(voter, inquiry):
    voter.open(DEBATE)
    Statement.objects.update(texts={}, text="<script>alert(1)</script> {{7*7}} javascript:x", language="ja")

    text = voter.open(DEBATE).content.decode()

    assert '<span class="words" lang="ja">&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} javascript:x</span>' in text


def test_closed_inquiry_says_so_and_shows_own_votes(voter, inquiry):
    voter.vote("unsure")
    close_inquiry(inquiry=inquiry)

    page = voter.open(DEBATE)

    assert b"The vote on these statements is closed" in page.content
    assert b"<b>Don&#x27;t know</b>" in page.content
    assert buttons(page) == []


def test_vote_after_the_close_is_refused(voter, inquiry):
    page = voter.open(DEBATE)
    close_inquiry(inquiry=inquiry)

    sent = voter.press(page, vote=f"{voter.card(page)}-agree")

    assert (sent.status_code, votes()) == (409, [])
    assert b"What you wrote" not in sent.content


def test_debate_that_has_not_begun_leads_to_the_cover(voter, inquiry):
    inquiry.opens_at = timezone.now() + timedelta(days=1)
    inquiry.save()

    assert voter.open(DEBATE).headers["Location"] == COVER


def test_debate_without_statements_says_so(voter, inquiry):
    voter.open(DEBATE)
    Statement.objects.all().delete()

    page = voter.open(DEBATE)

    assert b"There is no statement to vote on yet" in page.content
    assert buttons(page) == []


@pytest.mark.parametrize("path", [path.replace("one-founder-ai", "none") for path in (DEBATE, VOTES, WRITE)])
def test_unknown_inquiry_is_not_found(voter, db, path):
    assert voter.open(path).status_code == 404


def test_answers_and_votes_share_one_way_in(voter, inquiry):
    voter.open(ANSWER)

    assert voter.vote().status_code == 200
