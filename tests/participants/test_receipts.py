import re

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.participants.receipts import read_receipt, receipt_code, receipt_hash

SOMEBODY = bytes(range(16))


def test_code_is_twenty_six_letters_in_groups():
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}", receipt_code(SOMEBODY))


@settings(max_examples=50)
@given(st.binary(min_size=16, max_size=16))
def test_every_code_leads_to_the_stored_hash(pseudonym):
    assert read_receipt(receipt_code(pseudonym)) == [receipt_hash(pseudonym)]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')}\n",
        lambda code: code.replace("-", "ー"),
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: "".join(chr(ord(letter) + 0xFEE0) for letter in code),
    ],
    ids=["small", "joined", "spaces", "long vowel marks", "O and I", "o and l", "full width"],
)
def test_code_may_be_typed_carelessly(typed):
    assert read_receipt(typed(receipt_code(SOMEBODY))) == [receipt_hash(SOMEBODY)]


@pytest.mark.parametrize(
    "text", ["", "ABC", "U" * 26, "Z" * 26, "0" * 25, "0" * 27, "あ" * 26, "\x00" * 26, "0" * 100_000]
)
def test_what_cannot_be_a_code_has_no_hash(text):
    assert read_receipt(text) == []


def test_code_of_an_earlier_secret_is_shown_and_found_while_it_is_named():
    with override_settings(SECRET_KEY="earlier " * 6):
        code, stored = receipt_code(SOMEBODY), receipt_hash(SOMEBODY)

    with override_settings(SECRET_KEY_FALLBACKS=["earlier " * 6]):
        assert receipt_code(SOMEBODY, stored) == code
        assert stored in read_receipt(code)


def test_code_of_an_earlier_secret_opens_nothing_once_that_is_named_no_longer():
    with override_settings(SECRET_KEY="earlier " * 6):
        code, stored = receipt_code(SOMEBODY), receipt_hash(SOMEBODY)

    assert stored not in read_receipt(code)
