import pytest

from apps.inquiries.models import Inquiry
from tests.accounts.cast import publication
from tests.accounts.conftest import quick_passwords
from tests.responses.factories import make_inquiry

__all__ = ["quick_passwords"]


@pytest.fixture
def inquiry(db) -> Inquiry:
    """An open inquiry of the paper, with one published version."""
    return make_inquiry(
        "bridge", publication=publication(), title={"ja": "橋をどうする", "en": "What about the bridge?"}
    )
