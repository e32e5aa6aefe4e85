import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth

from apps.inquiries.models import Inquiry
from tests.accounts.cast import publication
from tests.responses.factories import make_inquiry


@pytest.fixture
def inquiry(db) -> Inquiry:
    """An open inquiry of the paper, with one published version."""
    return make_inquiry(
        "bridge", publication=publication(), title={"ja": "橋をどうする", "en": "What about the bridge?"}
    )


@pytest.fixture(autouse=True)
def steady_app(monkeypatch):
    """The code of an authenticator app changes every half minute; in a test it stays what it was at its beginning."""
    began = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: began))
