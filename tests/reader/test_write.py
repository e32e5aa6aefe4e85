"""One's own statement: after five votes, looked through before it is sent, each refusal at its field, nothing lost."""

import pytest

from apps.debates.models import Origin, Statement, StatementState
from apps.inquiries.actions import close_inquiry
from apps.participants.queries import own_receipt
from tests.reader.voters import DEBATE, WRITE, buttons

TEXT = "Every large decision should come with a date for review."
NUMBERS = (("first", "eleven"), ("second", "twelve"))


@pytest.fixture
def writer(voter, inquiry):
    """A reader who has voted five times."""
    voter.vote_on(5)
    return voter


def send(writer, text, page=None, **fields):
    return writer.press(page or writer.open(WRITE), to=WRITE, intent="send", text=text, **fields)


def own():
    return list(Statement.objects.filter(origin=Origin.READER).values_list("text", "language", "state"))


@pytest.mark.parametrize(("cast", "missing"), [(0, "You need 5 more"), (3, "You need 2 more")])
def test_before_five_votes_the_page_says_how_many_are_missing(voter, inquiry, cast, missing):
    if cast:
        voter.vote_on(cast)

    page = voter.open(WRITE)

    text = page.content.decode()
    assert missing in text
    assert "<textarea" not in text


def test_page_shows_rules_and_limit(writer):
    text = writer.open(WRITE).content.decode()

    assert "One idea per statement; no questions" in text
    assert 'data-limit="140" data-counts="characters"' in text


def test_statement_waits_for_a_moderator(writer):
    sent = send(writer, f"  {TEXT}\r\n ")
    thanks = writer.follow(sent)

    statement = Statement.objects.get(origin=Origin.READER)
    text = thanks.content.decode()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{WRITE}?sent=1")
    assert own() == [(TEXT, "en", "waiting")]
    assert TEXT in text
    assert "A moderator reads it before other readers see it." in text
    assert own_receipt(bytes(statement.author)) in text


def test_double_press_sends_one_statement(writer):
    page = writer.open(WRITE)

    first, second = send(writer, TEXT, page), send(writer, TEXT, page)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(own()) == 1


def test_other_words_from_a_page_that_was_sent_ask_once_more(writer):
    page = writer.open(WRITE)
    send(writer, TEXT, page)

    again = send(writer, "Quite another thought about satellites.", page)

    assert (again.status_code, len(own())) == (409, 1)
    assert b"Quite another thought about satellites." in again.content
    assert b"This page was sent once before" in again.content


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Please write your statement first."),
        ("   \n ", "Please write your statement first."),
        ("x" * 141, "Please shorten the text to 140 characters; it has 141."),
        ("a\x00b", "characters that cannot be kept"),
        ("\u200b\u2800", "Please write your statement first."),
    ],
)
def test_text_that_cannot_be_taken_is_said_at_its_field(writer, text, reason):
    sent = send(writer, text)

    page = sent.content.decode()
    assert (sent.status_code, own()) == (422, [])
    assert reason in page.split('id="text-error">')[1].split("<")[0]
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("text", ["x" * 140, "🇯🇵" * 140])
def test_text_of_just_the_limit_is_taken(writer, text):
    assert send(writer, text).status_code == 303


def test_japanese_page_asks_for_sixty_characters(client, writer):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"

    long, right = send(writer, "あ" * 61), send(writer, "あ" * 60)

    assert (long.status_code, right.status_code) == (422, 303)
    assert own() == [("あ" * 60, "ja", "waiting")]


def test_what_is_nearly_the_same_is_shown_first_and_can_be_voted_on(writer):
    near = Statement.objects.get(number=3)
    text = near.texts["en"].replace("strength", "real strength")

    shown = send(writer, text)
    voted = writer.press(shown, to=DEBATE, vote="3-disagree")

    assert (shown.status_code, own()) == (200, [])
    assert near.texts["en"] in shown.content.decode()
    assert {("3", word) for word in ("agree", "disagree", "neither", "unsure")} <= set(buttons(shown))
    assert voted.headers["Location"] == f"{DEBATE}?voted=3"


def test_writer_may_send_it_all_the_same(writer):
    text = Statement.objects.get(number=3).texts["en"].replace("strength", "real strength")
    shown = send(writer, text)

    sent = send(writer, text, shown)

    assert (sent.status_code, own()) == (303, [(text, "en", "waiting")])


def test_words_that_were_changed_meanwhile_are_looked_through_again(writer):
    strength, speed = (Statement.objects.get(number=number).texts["en"] for number in (3, 1))
    shown = send(writer, strength.replace("strength", "real strength"))

    again = send(writer, speed.replace("better", "far better"), shown)

    assert (again.status_code, own()) == (200, [])
    assert speed in again.content.decode()


def test_the_same_statement_is_not_taken_and_can_be_voted_on(client, writer):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    same = Statement.objects.get(number=3).text
    shown = send(writer, same)

    refused = send(writer, same, shown)

    assert (refused.status_code, own()) == (409, [])
    assert 'id="text-error"' in refused.content.decode()
    assert ("3", "agree") in buttons(refused)


def test_the_same_that_waits_is_not_shown_to_others(writer, another_voter):
    send(writer, TEXT)
    another_voter.vote_on(5)

    refused = send(another_voter, TEXT.upper())

    assert (refused.status_code, len(own())) == (409, 1)
    assert TEXT not in refused.content.decode()
    assert b"is not among the published ones" in refused.content


def test_personal_data_is_named_before_it_is_sent(writer):
    text = "Please write to taro.yamada@example.org about it."

    shown = send(writer, text)
    sent = send(writer, text, shown)

    assert b"personal data: mail address" in shown.content
    assert (shown.status_code, sent.status_code, own()) == (200, 303, [(text, "en", "waiting")])


def test_one_more_than_an_hour_allows_keeps_the_words(writer):
    for ordinal, number in (*NUMBERS, ("third", "thirteen")):
        send(writer, f"The {ordinal} thought concerns {number} satellites.")

    refused = send(writer, "Whoever builds rockets should pay for the noise.")

    assert (refused.status_code, len(own())) == (429, 3)
    assert int(refused.headers["Retry-After"]) > 0
    assert b"Whoever builds rockets should pay for the noise." in refused.content


def test_votes_taken_back_meanwhile_are_missing_again(writer):
    page = writer.open(WRITE)
    number = next(number for number, word in buttons(writer.open(f"{DEBATE}votes/")) if word == "none")
    writer.press(writer.open(f"{DEBATE}votes/"), to=f"{DEBATE}votes/", vote=f"{number}-none")

    refused = send(writer, TEXT, page)

    assert (refused.status_code, own()) == (409, [])
    assert TEXT in refused.content.decode()
    assert b"You need 1 more" in refused.content


def test_full_debate_says_so(writer, monkeypatch):
    monkeypatch.setattr("apps.debates.actions.MOST_STATEMENTS", 24)

    refused = send(writer, TEXT)

    assert (refused.status_code, own()) == (409, [])
    assert b"This debate takes no more statements." in refused.content


def test_closed_meanwhile_gives_the_words_back(writer, inquiry):
    page = writer.open(WRITE)
    close_inquiry(inquiry=inquiry)

    refused = send(writer, TEXT, page)

    assert (refused.status_code, own()) == (409, [])
    assert TEXT in refused.content.decode()


def test_closed_debate_asks_for_nothing(writer, inquiry):
    close_inquiry(inquiry=inquiry)

    assert writer.open(WRITE).headers["Location"] == DEBATE


def test_text_is_shown_as_text(writer):
    text = "<script>alert(1)</script> {{7*7}} javascript:x"

    page = writer.follow(send(writer, text))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} javascript:x" in page.content.decode()


def test_text_sent_twice_in_one_form_is_refused(writer):
    assert send(writer, [TEXT, TEXT]).status_code == 400


def test_thanks_of_nobody_lead_to_the_page_to_write_on(writer):
    page = writer.open(f"{WRITE}?sent=1")

    assert b"<textarea" in page.content


def test_own_statement_is_not_offered_for_a_vote(writer):
    send(writer, TEXT)
    Statement.objects.filter(origin=Origin.READER).update(state=StatementState.APPROVED)

    shown = send(writer, TEXT.replace("large", "very large"))

    assert b"You wrote this one yourself." in shown.content
    assert buttons(shown) == []
