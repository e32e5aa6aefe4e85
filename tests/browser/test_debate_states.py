"""The debate's pages in every state, looked at by axe-core and by measure like all others."""

import pytest

from tests.browser.debate import debate_states
from tests.browser.test_states import faults


@pytest.mark.timeout(900)  # dozens of pages, each looked at in several ways
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_of_the_debate_is_accessible_and_fits(open_page, inquiry, language):
    found = [
        f"{name}: {sentence}"
        for name, page in debate_states(open_page, inquiry, language)
        for sentence in faults(page, f"{name}-{language}")
    ]

    assert not found, "\n".join(found)
