from datetime import UTC, datetime

import pytest
from django.test import override_settings

from apps.participants import tokens
from apps.participants.tokens import LIFETIME_DAYS, TEXT_LENGTH, new_token, read_token


def test_new_token_reads_back_as_sixteen_bytes():
    text = new_token()

    assert len(text) == TEXT_LENGTH
    assert len(read_token(text)) == 16


def test_tokens_differ_from_each_other():
    texts = {new_token() for _ in range(50)}

    assert len(texts) == 50


def test_same_seed_stands_for_the_same_participant():
    assert read_token(new_token(b"s" * 32)) == read_token(new_token(b"s" * 32)) == b"s" * 16


@pytest.mark.parametrize("place", range(0, TEXT_LENGTH, 3))
def test_one_changed_letter_makes_a_token_worthless(place):
    text = new_token()
    other = "A" if text[place] != "A" else "B"

    assert read_token(text[:place] + other + text[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "A", "é" * TEXT_LENGTH, "A" * TEXT_LENGTH, "!" * TEXT_LENGTH, "A" * 5000])
def test_what_was_never_a_token_is_refused(text):
    assert read_token(text) is None


def test_truncated_token_is_refused():
    assert read_token(new_token()[:-1]) is None


def test_token_of_another_audience_is_refused():
    assert read_token(new_token(audience="frame")) is None


def test_token_expires(monkeypatch):
    text = new_token()
    today = int(datetime.now(UTC).timestamp()) // 86_400

    monkeypatch.setattr(tokens, "_today", lambda: today + LIFETIME_DAYS)
    assert read_token(text) is not None
    monkeypatch.setattr(tokens, "_today", lambda: today + LIFETIME_DAYS + 1)
    assert read_token(text) is None


def test_token_of_tomorrow_is_known_where_a_clock_is_behind(monkeypatch):
    text = new_token()
    today = int(datetime.now(UTC).timestamp()) // 86_400

    monkeypatch.setattr(tokens, "_today", lambda: today - 1)

    assert read_token(text) is not None


def test_token_of_an_earlier_secret_is_honoured_while_it_is_named():
    with override_settings(SECRET_KEY="earlier " * 6):
        text = new_token()

    assert read_token(text) is None
    with override_settings(SECRET_KEY_FALLBACKS=["earlier " * 6]):
        assert read_token(text) is not None
