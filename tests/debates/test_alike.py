import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.debates.alike import alike_statements, alike_to_each
from apps.debates.models import StatementState
from tests.debates.factories import make_debate, make_statement

pytestmark = pytest.mark.django_db

ASKED = "速さより安全を優先して考えるべきだ"


@pytest.fixture
def debate():
    """Number 1 says: safety should be thought of before speed."""
    return make_debate(statements=6)


def numbers(found):
    return [each.statement.number for each in found]


def test_nearest_statement_comes_first_and_the_others_stay_away(debate):
    make_statement(debate, 7, "安全は速さより大事だと考えるべきだ", origin="reader")

    found = alike_statements(debate.pk, ASKED)

    assert numbers(found) == [1, 7]
    assert 1 > found[0].likeness > found[1].likeness > 0


def test_readers_are_shown_only_what_is_published(debate):
    for number, state in enumerate(("waiting", "withdrawn"), start=7):
        make_statement(debate, number, f"{ASKED}。{number}", origin="reader", state=state)
    make_statement(debate, 9, f"{ASKED}よ", origin="reader", state="rejected", reason="unclear")

    assert numbers(alike_statements(debate.pk, ASKED)) == [1]
    assert numbers(alike_statements(debate.pk, ASKED, most=9, only_served=False)) == [9, 7, 1]


def test_statement_itself_and_other_debates_are_left_out(debate):
    make_statement(make_debate("other", statements=0), 1, ASKED)

    assert numbers(alike_statements(debate.pk, ASKED, but=1)) == []


def test_at_most_so_many_are_named(debate):
    for number in range(7, 13):
        make_statement(debate, number, f"{ASKED}{'。' * number}", origin="seed")

    assert numbers(alike_statements(debate.pk, ASKED)) == [7, 8, 9]


def test_words_in_any_language_of_a_statement_count(debate):
    texts = {"ja": "大きな力には見張りが要る。", "en": "Great power needs to be watched."}
    make_statement(debate, 7, texts["ja"], texts=texts)

    assert numbers(alike_statements(debate.pk, "A great power needs watching")) == [7]


@pytest.mark.parametrize("text", ["", "？！", "🙂", "zzz"])
def test_what_says_little_is_like_nothing(debate, text):
    assert alike_statements(debate.pk, text) == []


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_many_are_compared_by_as_many_queries_as_one(debate, rows):
    texts = {number: [f"{ASKED}。"] for number in range(100, 100 + rows)}

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = alike_to_each(debate.pk, texts, only_served=True)

    assert (len(queries), {number: numbers(near) for number, near in found.items()}) == (
        2,
        {number: [1] for number in texts},
    )


def test_erased_statement_is_like_nothing(debate):
    debate.statements.filter(number=1).update(text="", folded="", state=StatementState.REJECTED, reason="personal")

    assert alike_statements(debate.pk, "", only_served=False) == []
    assert alike_statements(debate.pk, ASKED, only_served=False) == []
