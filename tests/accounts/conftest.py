import pytest

from apps.inquiries.models import Inquiry
from tests.accounts.cast import publication
from tests.responses.factories import make_inquiry


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing a password costs a third of a second on purpose; not in every test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def inquiry(db) -> Inquiry:
    """An open inquiry of the paper, with one published version."""
    return make_inquiry(
        "bridge", publication=publication(), title={"ja": "橋をどうする", "en": "What about the bridge?"}
    )
