"""Decisions in the moderation queue: one or several, all or none, twice, meanwhile, and taken back."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import AuditEntry, Role
from apps.debates.models import Debate, Statement
from apps.debates.moderation import approve_statement, reject_statement, withdraw_statement
from tests.accounts.cast import member, signed_in
from tests.debates.factories import make_debate, make_moderator, make_statement

pytestmark = pytest.mark.django_db

QUEUE = "/desk/inquiries/bridge/statements/"
REVIEW = f"{QUEUE}review/"
WAITING = {"origin": "reader", "state": "waiting"}


@pytest.fixture
def moderator():
    return member(Role.MODERATOR)


@pytest.fixture
def desk(moderator) -> Client:
    return signed_in(moderator)


@pytest.fixture
def debate(inquiry) -> Debate:
    """Number 1 is published, 2 to 4 wait."""
    debate = Debate.objects.create(inquiry=inquiry)
    make_statement(debate, 1, "安全を先に考えるべきだ。")
    for number in (2, 3, 4):
        make_statement(debate, number, f"読者の意見その{number}", author=b"a" * 16, **WAITING)
    return debate


def states(debate: Debate) -> str:
    """The first letter of each statement's state: w a r m."""
    return "".join(each.state[0] for each in debate.statements.order_by("number"))


def decide(desk: Client, chosen: str, decision: str, *, to: str = REVIEW, **more: str):
    """`chosen`: numbers and the states in which the page showed them, as `2:waiting 3:waiting`."""
    return desk.post(to, {"chosen": chosen.split(), "decision": decision, **more})


def sentences(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("decision", "more", "left"),
    [
        ("approve", {}, "aaww"),
        ("reject", {"reason": "unclear"}, "arww"),
        ("merge", {"into": "1"}, "amww"),
        ("merge:1", {}, "amww"),
    ],
)
def test_one_statement_is_decided_on(desk, debate, moderator, decision, more, left):
    response = decide(desk, "2:waiting", decision, **more)

    assert (response.status_code, response.url) == (302, QUEUE)
    assert states(debate) == left
    assert Statement.objects.get(number=2).moderated_by == moderator
    assert len(sentences(response)) == 1


def test_several_are_decided_on_at_once(desk, debate):
    decide(desk, "2:waiting 4:waiting", "reject", reason="off_topic")

    assert states(debate) == "arwr"
    assert set(Statement.objects.filter(state="rejected").values_list("reason", flat=True)) == {"off_topic"}


def test_of_several_none_is_decided_on_where_one_cannot_be(desk, debate):
    approve_statement(statement=Statement.objects.get(number=3), by=make_moderator("hanako@example.org"))
    Statement.objects.filter(number=4).update(held=["mail"])

    response = decide(desk, "2:waiting 3:waiting 4:waiting", "approve", to=f"{REVIEW}?lang=en")

    assert response.status_code == 409
    assert f'href="{QUEUE}?lang=' in response.content.decode()  # the review's own address takes presses only
    assert states(debate) == "awaw"
    problems = response.context["problems"]
    assert len(problems) == 2
    assert problems[0].startswith("No. 3 was decided meanwhile: Published (hanako@example.org, ")
    assert problems[1].startswith("No. 4 may hold personal data.")


def test_second_press_is_told_what_happened_and_doubles_nothing(desk, debate):
    first = decide(desk, "2:waiting", "approve")
    second = decide(desk, "2:waiting", "approve")

    assert (first.status_code, second.status_code) == (302, 409)
    assert states(debate) == "aaww"
    assert AuditEntry.objects.filter(action="statement.approved").count() == 1


def test_who_comes_second_reads_what_the_first_decided(desk, debate):
    first = make_moderator("hanako@example.org")
    reject_statement(statement=Statement.objects.get(number=2), reason="insult", by=first)

    response = decide(desk, "2:waiting", "approve", to=f"{REVIEW}?lang=en")

    assert "Not published (hanako@example.org" in response.context["problems"][0]
    assert states(debate) == "arww"


def test_statement_that_its_author_took_back_is_not_published(desk, debate):
    withdraw_statement(inquiry_id=debate.pk, number=2, pseudonym=b"a" * 16)

    response = decide(desk, "2:waiting", "approve", to=f"{REVIEW}?lang=en")

    assert response.context["problems"] == ["No. 2 was withdrawn by its author meanwhile."]


def test_last_decision_is_offered_to_be_taken_back_by_who_took_it(desk, debate):
    decide(desk, "2:waiting", "reject", reason="insult")
    last = desk.get(QUEUE).context["queue"].last
    others = signed_in(member(Role.OWNER)).get(QUEUE).context["queue"].last

    decide(desk, f"{last.number}:{last.state}", "reopen")

    assert (last.number, last.state, others) == (2, "rejected", None)
    assert states(debate) == "awww"
    assert desk.get(QUEUE).context["queue"].last is None


def test_history_says_who_did_what_from_where_to_where(desk, debate, moderator):
    decide(desk, "2:waiting", "reject", reason="insult")
    decide(desk, "2:rejected", "reopen")
    decide(desk, "2:waiting", "merge:1")

    history = desk.get(QUEUE, {"state": "merged", "lang": "en"}).context["queue"].entries[0].history

    assert [(each.who, each.what) for each in history] == [
        (str(moderator), "Waiting for review → Not published (Insults or threatens people)"),
        (str(moderator), "Not published → Waiting for review"),
        (str(moderator), "Waiting for review → Merged with another (No. 1)"),
    ]


def test_held_statement_is_published_by_saying_that_it_holds_none(desk, debate):
    Statement.objects.filter(number=2).update(held=["phone"])
    assert decide(desk, "2:waiting", "approve").status_code == 409

    assert decide(desk, "2:waiting", "clear").status_code == 302

    assert states(debate) == "aaww"


def test_covered_statement_offers_no_press_that_publishes_it(desk, debate):
    Statement.objects.filter(number__in=(3, 4)).delete()
    Statement.objects.filter(number=2).update(held=["phone"])

    covered = desk.get(QUEUE).content.decode()
    seen = desk.post(f"{QUEUE}2/words/").content.decode()

    assert ('value="clear"' in covered, 'value="clear"' in seen) == (False, True)
    assert AuditEntry.objects.filter(action="statement.seen").count() == 1


def test_decision_leads_back_to_the_page_it_came_from(desk, debate):
    response = decide(desk, "1:approved", "reopen", to=f"{REVIEW}?state=approved&q=%E5%AE%89&page=1")

    assert response.url == f"{QUEUE}?state=approved&q=%E5%AE%89&page=1"


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({}, ["Statements", "Decision"]),
        ({"decision": "approve"}, ["Statements"]),
        ({"chosen": "2:waiting"}, ["Decision"]),
        ({"chosen": "2:waiting", "decision": "publish"}, ["Decision"]),
        ({"chosen": "2:waiting", "decision": "merge:0"}, ["Decision"]),
        ({"chosen": "2:waiting", "decision": "approve\x00"}, ["Decision"]),
        ({"chosen": "2:waiting", "decision": "reject"}, ["Reason"]),
        ({"chosen": "2:waiting", "decision": "reject", "reason": "ugly"}, ["Reason"]),
        ({"chosen": "2:waiting", "decision": "reject", "reason": "elsewhere"}, ["Reason"]),
        ({"chosen": "2:waiting", "decision": "merge"}, ["Number of the other statement"]),
        ({"chosen": "2:waiting", "decision": "merge", "into": "-1"}, ["Number of the other statement"]),
        ({"chosen": "2:waiting", "decision": "merge", "into": "1e400"}, ["Number of the other statement"]),
        ({"chosen": "2", "decision": "approve"}, ["Statements"]),
        ({"chosen": "2:gone", "decision": "approve"}, ["Statements"]),
        ({"chosen": ["2:waiting", "2:waiting"], "decision": "approve"}, ["Statements"]),
        ({"chosen": ["2:waiting", "2:approved"], "decision": "approve"}, ["Statements"]),
        ({"chosen": "\x00", "decision": "approve"}, ["Statements"]),
        ({"chosen": [f"{n}:waiting" for n in range(2, 30)], "decision": "approve"}, ["Statements"]),
    ],
)
def test_what_cannot_be_decided_names_the_field_and_changes_nothing(desk, debate, sent, named):
    response = desk.post(f"{REVIEW}?lang=en", sent)

    assert response.status_code == 422
    assert [problem.partition(": ")[0] for problem in response.context["problems"]] == named
    assert states(debate) == "awww"


def test_what_cannot_be_decided_names_the_statement(desk, debate):
    response = desk.post(f"{REVIEW}?lang=en", {"chosen": "2:waiting", "decision": "reject"})

    assert response.context["problems"] == ["Reason: Choose the reason that the author will read. (No. 2)"]


@pytest.mark.parametrize(
    ("chosen", "decision"), [("99:waiting", "approve"), ("2:waiting 99:waiting", "approve"), ("2:waiting", "merge:99")]
)
def test_statement_that_is_not_there_is_not_found(desk, debate, chosen, decision):
    make_statement(make_debate("elsewhere", statements=0), 99, **WAITING)

    assert decide(desk, chosen, decision).status_code == 404
    assert states(debate) == "awww"


def test_merging_into_what_readers_do_not_see_is_refused(desk, debate):
    assert decide(desk, "2:waiting", "merge:3").status_code == 409
    assert states(debate) == "awww"


@pytest.mark.parametrize("path", [REVIEW, f"{QUEUE}2/words/"])
@pytest.mark.parametrize(("role", "status"), [("analyst", 403), ("moderator", 200), ("author", 200), ("owner", 200)])
def test_analysts_decide_on_nothing_and_see_no_covered_words(debate, path, role, status):
    Statement.objects.filter(number=2).update(held=["phone"])
    desk = signed_in(member(role))

    response = desk.post(path, {"chosen": "3:waiting", "decision": "approve"}, follow=True)

    assert response.status_code == status
    assert (states(debate) == "awww") == (status == 403 or "words" in path)


def test_form_of_another_site_is_refused(moderator, debate):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)

    assert decide(client, "2:waiting", "approve").status_code == 403
    assert states(debate) == "awww"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.dictionaries(
        st.sampled_from(["chosen", "decision", "reason", "into", "weight"]),
        st.one_of(st.text(max_size=40), st.sampled_from(["2:waiting", "approve", "reject", "merge:1", "1", "insult"])),
        max_size=5,
    ),
    query=st.dictionaries(st.sampled_from(["state", "q", "page"]), st.text(max_size=20), max_size=3),
)
def test_no_form_breaks_the_queue(desk, debate, form, query):
    decided = desk.post(REVIEW, form, query_params=query)
    looked = desk.get(QUEUE, query)

    assert decided.status_code in {302, 400, 404, 409, 422}
    assert looked.status_code in {200, 400}
