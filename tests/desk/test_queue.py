"""The moderation queue: what it shows of which statements, at what cost, and that it knows nothing of votes."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Role
from apps.debates.models import Debate, Statement
from apps.desk.queries import QueueLength
from apps.inquiries.models import Inquiry
from tests.accounts.cast import member, publication, signed_in
from tests.debates.factories import make_reader, make_statement, vote, vote_on_all

pytestmark = pytest.mark.django_db

QUEUE = "/desk/inquiries/bridge/statements/"
WAITING = {"origin": "reader", "state": "waiting"}


@pytest.fixture
def moderator():
    return member(Role.MODERATOR)


@pytest.fixture
def desk(moderator):
    return signed_in(moderator)


@pytest.fixture
def debate(inquiry) -> Debate:
    """Two statements of the editors, two of readers that wait."""
    debate = Debate.objects.create(inquiry=inquiry)
    make_statement(debate, 1, "速さより安全を先に考えるべきだ。")
    make_statement(debate, 2, "一人が決めるほうが責任がはっきりする。")
    make_statement(debate, 3, "安全を速さより先に考えるべき", **WAITING)
    make_statement(debate, 4, "橋は要らない。", **WAITING)
    return debate


def shown(page) -> list[int]:
    return [entry.statement.number for entry in page.context["queue"].entries]


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_what_waits_comes_first_and_the_oldest_of_it_first(desk, debate):
    Statement.objects.filter(number=3).update(day=timezone.localdate() - timedelta(days=3))

    page = desk.get(QUEUE)

    assert shown(page) == [3, 4]
    assert [entry.days for entry in page.context["queue"].entries] == [3, 0]
    assert [(str(state), n) for state, n in page.context["queue"].tabs] == [
        ("waiting", 2),
        ("approved", 2),
        ("rejected", 0),
        ("merged", 0),
        ("withdrawn", 0),
    ]


def test_every_state_has_its_page(desk, debate):
    make_statement(debate, 5, "載らない。", origin="reader", state="rejected", reason="insult")
    make_statement(debate, 6, "同じ。", origin="reader", state="merged", merged_into=Statement.objects.get(number=1))
    make_statement(debate, 7, "取り下げ。", origin="reader", state="withdrawn")

    found = {
        state: shown(desk.get(QUEUE, {"state": state})) for state in ("approved", "rejected", "merged", "withdrawn")
    }

    assert found == {"approved": [2, 1], "rejected": [5], "merged": [6], "withdrawn": [7]}


def test_near_statement_lies_beside_it_with_the_differing_words_marked(desk, debate):
    entry = desk.get(QUEUE).context["queue"].entries[0]

    assert [(near.statement.number, near.takes_it_in) for near in entry.near] == [(1, True)]
    assert 44 <= entry.near[0].per_cent < 100
    assert "".join(piece.text for piece in entry.near[0].mine) == "安全を速さより先に考えるべき"
    assert any(piece.differs for piece in entry.near[0].theirs)


def test_search_finds_the_other_language_of_an_editors_statement(desk, debate):
    texts = {"ja": "大きな力には見張りが要る。", "en": "Great power needs to be watched."}
    make_statement(debate, 5, texts["ja"], texts=texts)

    assert shown(desk.get(QUEUE, {"state": "approved", "q": "great POWER"})) == [5]


def test_search_finds_words_in_any_writing_and_numbers(desk, debate):
    found = {words: shown(desk.get(QUEUE, {"q": words})) for words in ("ハシは", "橋", "４", "3", "100%_", "無い")}

    assert found == {"ハシは": [], "橋": [4], "４": [4], "3": [3], "100%_": [], "無い": []}


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_queue_costs_the_same_however_much_waits(desk, debate, rows):
    make_many(debate, rows)
    desk.get(QUEUE)

    with CaptureQueriesContext(connection) as queries:
        page = desk.get(QUEUE)

    assert len(shown(page)) == min(20, rows + 2)
    assert len(queries) == QUERIES


# Session, user, second factor, roles, publications; inquiry, version, counts, page, what is alike, history, decisions.
QUERIES = 17


def make_many(debate, rows):
    texts = ("安全を速さより先に", "一人が決めるほうが責任がはっきり", "橋を直すお金がない")
    Statement.objects.bulk_create(
        Statement(
            debate=debate,
            number=number,
            text=f"{texts[number % 3]}{number}",
            folded=str(number),
            day=timezone.localdate(),
            **WAITING,
        )
        for number in range(10, 10 + rows)
    )


def test_pages_hold_twenty_and_one_beyond_the_last_is_the_last(desk, debate):
    make_many(debate, 30)

    pages = [shown(desk.get(QUEUE, {"page": page})) for page in (1, 2, 99)]

    assert [len(page) for page in pages] == [20, 12, 12]
    assert pages[1] == pages[2]


@pytest.mark.parametrize("state", ["waiting", "approved", "rejected", "merged", "withdrawn"])
def test_page_is_the_same_whatever_was_voted(desk, debate, state):
    before = desk.get(QUEUE, {"state": state})
    for _ in range(12):
        reader = make_reader(debate)
        vote_on_all(debate, reader, "+-")
        vote(debate, reader, 1)

    after = desk.get(QUEUE, {"state": state})

    assert text_of(after) == text_of(before)


def test_analyst_looks_and_has_nothing_to_press(debate):
    page = signed_in(member(Role.ANALYST)).get(QUEUE)

    assert shown(page) == [3, 4]
    assert b'name="decision"' not in page.content
    assert b'name="chosen"' not in page.content


def test_statements_are_text_and_never_markup(desk, debate):
    make_statement(debate, 5, "<script>alert(1)</script>{{ 7*7 }}", **WAITING)
    make_statement(debate, 6, "<script>alert(1)</script>{{ 7*8 }}", **WAITING)

    page = desk.get(QUEUE).content.decode()

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_held_words_are_covered_everywhere_until_somebody_asks(desk, debate):
    make_statement(debate, 5, "安全を速さより先に考える人は090-1234-5678へ", held=["phone"], **WAITING)
    pages = [desk.get(QUEUE), desk.get(QUEUE, {"q": "090"}), desk.get(QUEUE, {"q": "5"})]
    assert [b"090-1234" in page.content for page in pages] == [False, False, False]
    assert [5 in shown(page) for page in pages] == [True, False, True]

    asked = desk.post(f"{QUEUE}5/words/")

    assert "090-1234-5678" in asked.content.decode()
    assert "090-1234-5678" not in desk.get(QUEUE).content.decode()


def test_part_alone_is_sent_to_htmx(desk, debate):
    part = desk.get(QUEUE, headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div id="queue"')
    assert "<html" not in part


@pytest.mark.parametrize(
    ("asked", "named"),
    [({"state": "gone"}, "State"), ({"page": "-5"}, "Page"), ({"page": "x"}, "Page"), ({"q": "長" * 141}, "Search")],
)
def test_what_cannot_be_asked_for_is_named_and_the_queue_is_there_all_the_same(desk, debate, asked, named):
    page = desk.get(QUEUE, {**asked, "lang": "en"})

    assert page.status_code == 400
    assert page.context["problems"][0].startswith(f"{named}: ")
    assert shown(page) == [3, 4]


def test_imported_conversation_lands_in_its_states_and_does_not_wait_since_it_was_held(desk):
    imported = Inquiry.objects.create(
        publication=publication(), slug="held-before", title={"ja": "昔の"}, state="closed"
    )
    debate = Debate.objects.create(inquiry=imported)
    day = timezone.localdate() - timedelta(days=3000)
    for number, state in enumerate(("waiting", "approved", "rejected"), start=1):
        reason = "elsewhere" if state == "rejected" else ""
        fields = {"origin": "imported", "imported_id": number, "state": state, "reason": reason, "day": day}
        make_statement(debate, number, f"昔の意見{number}", **fields)
    place = "/desk/inquiries/held-before/statements/"

    pages = {state: desk.get(place, {"state": state}) for state in ("waiting", "approved", "rejected")}

    assert {state: shown(page) for state, page in pages.items()} == {"waiting": [1], "approved": [2], "rejected": [3]}
    assert "取り込み" in text_of(pages["waiting"])
    assert "取り込み元で掲載されていませんでした" in text_of(pages["rejected"])
    assert not [
        state for state, page in pages.items() if "3000" in text_of(page) or "#moderation" in page.content.decode()
    ]
    assert [line.queue for line in desk.get("/desk/").context["lines"]] == [QueueLength(statements=1, days=None)]
