"""Passing the question on from the desk."""

import pytest
from django.conf import settings

from apps.accounts.models import Role
from apps.inquiries.models import State
from tests.accounts.cast import member, publication, signed_in
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
PAGE = "/desk/inquiries/bridge/share/"


@pytest.fixture
def desk():
    client = signed_in(member(Role.MODERATOR))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_address_code_and_both_cards_are_there(desk):
    make_inquiry("bridge", publication=publication())

    html = desk.get(PAGE).content.decode()

    assert f"<code data-code>{settings.SITE_URL}/q/bridge/</code>" in html
    assert '<img src="/q/bridge/qr.svg"' in html
    assert [f'<img src="/q/bridge/card.png?lang={code}"' in html for code in ("ja", "en")] == [True, True]


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_what_readers_cannot_see_is_not_passed_on(desk, state):
    make_inquiry("bridge", publication=publication(), state=state)

    html = desk.get(PAGE).content.decode()

    assert "Readers cannot see this inquiry yet." in html
    assert "/q/bridge/" not in html
