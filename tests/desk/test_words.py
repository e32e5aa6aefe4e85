"""Questions as the first column of a table tells them."""

import pytest

from apps.desk.words import beginning


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        ("Age group", "Age group"),
        (
            "Is it desirable or undesirable for society when the power to decide gathers in one pair of hands?",
            "Is it desirable or undesirable for society when the power…",
        ),
        ("あ" * 70, f"{'あ' * 59}…"),
        (f"次の 問い{'あ' * 70}", f"次の 問い{'あ' * 54}…"),
    ],
)
def test_long_question_ends_with_a_whole_word_where_words_have_spaces(stem, shown):
    assert beginning(stem) == shown
