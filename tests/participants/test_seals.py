import pytest
from django.test import override_settings

from apps.participants.seals import key_for, keys_for, mac, proves

EARLIER, PRESENT = "an earlier secret " * 3, "the present secret " * 3


def test_each_purpose_has_a_key_of_its_own():
    keys = {key_for(purpose) for purpose in ("receipt", "receipt.hash", "pass", "pass.key", "participant-token.site")}

    assert len(keys) == 5
    assert {len(key) for key in keys} == {32}


def test_present_key_comes_first():
    with override_settings(SECRET_KEY=PRESENT, SECRET_KEY_FALLBACKS=[EARLIER]):
        present, earlier = keys_for("pass")
        assert present == key_for("pass")

    with override_settings(SECRET_KEY=EARLIER):
        assert key_for("pass") == earlier


@pytest.mark.parametrize("length", [16, 20, 32])
def test_seal_proves_its_message_for_its_purpose_only(length):
    seal = mac(key_for("pass"), b"message")[:length]

    assert proves("pass", b"message", seal)
    assert not proves("pass", b"another", seal)
    assert not proves("receipt", b"message", seal)
    assert not proves("pass", b"message", seal[:-1] + bytes([seal[-1] ^ 1]))


def test_earlier_seal_holds_while_its_secret_is_named():
    with override_settings(SECRET_KEY=EARLIER):
        seal = mac(key_for("pass"), b"message")

    with override_settings(SECRET_KEY=PRESENT, SECRET_KEY_FALLBACKS=[EARLIER]):
        assert proves("pass", b"message", seal)
    with override_settings(SECRET_KEY=PRESENT, SECRET_KEY_FALLBACKS=[]):
        assert not proves("pass", b"message", seal)
