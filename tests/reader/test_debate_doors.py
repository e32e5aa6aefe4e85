"""Who may vote when: consent under the strict profile, the pace of votes, a crowd, a database that is away."""

import pytest
from django.db import OperationalError

from apps.debates.models import Ballot, Exposure
from apps.inquiries.models import PrivacyProfile
from apps.participants.crowds import ProofNeeded, TooManyVotes
from apps.participants.tokens import new_token
from apps.reader import voting
from tests.reader.voters import DEBATE, VOTES, buttons, votes


@pytest.fixture
def strict(inquiry):
    inquiry.privacy_profile = PrivacyProfile.STRICT
    inquiry.save()
    return inquiry


def test_strict_profile_asks_before_anything_is_noted(voter, strict):
    asked = voter.open(DEBATE)

    text = asked.content.decode()
    assert (buttons(asked), Exposure.objects.count()) == ([], 0)
    assert f'href="{DEBATE}?agreed=' in text


def test_strict_profile_asks_once(voter, strict):
    asked = voter.open(DEBATE).content.decode()
    card = voter.open(DEBATE + asked.split(f'href="{DEBATE}')[1].split('"')[0])

    following = voter.vote(page=card)

    assert votes() == [[1, 0, 0, 0]]
    assert b"2 / 5" in following.content
    assert b"1 / 5" not in voter.open(DEBATE).content


def test_strict_profile_asks_a_reader_of_another_inquiry_too(voter, strict):
    voter.client.cookies["toikake"] = new_token(b"somebody from afar")

    asked = voter.open(DEBATE)

    assert (buttons(asked), Exposure.objects.count()) == ([], 0)


@pytest.mark.parametrize("path", [DEBATE, VOTES])
def test_votes_in_haste_are_not_counted_and_may_be_sent_again(voter, inquiry, monkeypatch, path):
    voter.vote()
    page = voter.open(path)
    number = voter.card(page)
    with monkeypatch.context() as patch:
        patch.setattr(voting, "cast_vote", refusing(TooManyVotes(3)))
        refused = voter.press(page, to=path, vote=f"{number}-agree")

    sent = voter.press(refused, to=path, vote=f"{number}-unsure")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3")
    assert b"Please wait 3 seconds and choose once more." in refused.content
    assert (sent.status_code, Ballot.objects.get().choice(number).word) == (303, "unsure")


def refusing(error):
    def refuse(**_call):
        raise error

    return refuse


@pytest.mark.parametrize("path", [DEBATE, VOTES])
def test_crowded_network_brings_a_challenge_in_the_form(voter, inquiry, monkeypatch, path):
    voter.vote()
    page = voter.open(path)
    monkeypatch.setattr(voting, "cast_vote", refusing(ProofNeeded({"parameters": {"nonce": "00"}}, 40)))

    refused = voter.press(page, to=path, vote=f"{voter.card(page)}-agree")

    text = refused.content.decode()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
    assert 'data-challenge="{&quot;parameters&quot;: {&quot;nonce&quot;: &quot;00&quot;}}"' in text
    assert '<input type="hidden" name="proof" value="">' in text
    assert "Without JavaScript, please wait 40 seconds first." in text


def test_solved_challenge_goes_with_the_vote(voter, inquiry, monkeypatch):
    senders = []
    monkeypatch.setattr(
        voting, "cast_vote", lambda **call: senders.append(call["sender"]) or refusing(TooManyVotes(1))()
    )
    page = voter.open(DEBATE)

    voter.client.post(
        DEBATE,
        {**voter.hidden(page), "vote": f"{voter.card(page)}-agree", "proof": "c29sdmVk"},
        REMOTE_ADDR="203.0.113.9",
    )

    assert [(sender.network, sender.proof) for sender in senders] == [("203.0.113.0/24", "c29sdmVk")]


def test_database_that_is_away_keeps_the_choice(voter, inquiry, monkeypatch):
    page = voter.open(DEBATE)
    number = voter.card(page)
    with monkeypatch.context() as patch:
        patch.setattr(voting, "cast_vote", refusing(OperationalError()))
        away = voter.press(page, vote=f"{number}-neither")

    sent = voter.press(away, vote=f"{number}-neither")

    text = away.content.decode()
    assert away.status_code == 503
    assert f'name="vote" value="{number}-neither"' in text
    assert "What you wrote" not in text
    assert (sent.status_code, votes()) == (303, [[0, 0, 1, 0]])
