import time

import pytest
from django.test import override_settings

from apps.participants.passes import LIFETIME_SECONDS, PassExpired, PassForged, issue_pass, read_pass, token_from_pass
from apps.participants.tokens import new_token, read_token


def test_pass_reads_back_with_one_key_and_one_seed():
    text = issue_pass(7)

    first, second = read_pass(text, 7), read_pass(text, 7)

    assert first == second
    assert (first.key, first.seed) == (second.key, second.seed)


def test_two_passes_share_neither_key_nor_participant():
    first, second = read_pass(issue_pass(7), 7), read_pass(issue_pass(7), 7)

    assert first.key != second.key
    assert read_token(token_from_pass(first)) != read_token(token_from_pass(second))


def test_pass_makes_one_participant_however_often_it_is_sent():
    form_pass = read_pass(issue_pass(7), 7)

    assert read_token(token_from_pass(form_pass)) == read_token(token_from_pass(form_pass))


def test_pass_for_another_inquiry_is_forged():
    with pytest.raises(PassForged):
        read_pass(issue_pass(7), 8)


@pytest.mark.parametrize("text", ["", "x", "A" * 64, "é" * 64, "!" * 64, "A" * 10_000])
def test_what_we_never_issued_is_forged(text):
    with pytest.raises(PassForged):
        read_pass(text, 7)


def test_changed_pass_is_forged_even_when_it_would_be_expired(monkeypatch):
    text = issue_pass(7)
    later = time.time() + LIFETIME_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)

    with pytest.raises(PassForged):
        read_pass("B" + text[1:] if text[0] != "B" else "C" + text[1:], 7)


def test_pass_expires_after_two_hours(monkeypatch):
    text = issue_pass(7)
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + LIFETIME_SECONDS - 2)
    assert read_pass(text, 7)
    monkeypatch.setattr(time, "time", lambda: now + LIFETIME_SECONDS + 2)
    with pytest.raises(PassExpired):
        read_pass(text, 7)


def test_token_is_no_pass():
    with pytest.raises(PassForged):
        read_pass(new_token(), 7)


def test_pass_of_an_earlier_secret_is_honoured_while_it_is_named():
    with override_settings(SECRET_KEY="earlier " * 6):
        text = issue_pass(7)

    with pytest.raises(PassForged):
        read_pass(text, 7)
    with override_settings(SECRET_KEY_FALLBACKS=["earlier " * 6]):
        assert read_pass(text, 7)


@pytest.mark.parametrize(("seconds", "side"), [(0.0, 0), (0.25, 1), (0.799, 255), (3.5, 2), (7000.125, 0)])
def test_pass_knows_to_the_thousandth_how_old_it_is(monkeypatch, seconds, side):
    begun = 1_800_000_000.375
    monkeypatch.setattr(time, "time", lambda: begun)
    text = issue_pass(7, side=side)
    monkeypatch.setattr(time, "time", lambda: begun + seconds)

    form_pass = read_pass(text, 7)

    assert (form_pass.side, round(form_pass.age, 3)) == (side, seconds)
