"""Weights on the desk: entered, refused in place, kept as they were, dropped."""

from html import unescape

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, WeightRun
from apps.reports.tasks import make_calculation
from tests.accounts.cast import member, publication, signed_in
from tests.reports.factories import answer_as
from tests.reports.report.factories import content_of, told
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

PAGE = "/desk/inquiries/bridge/weights/"
AGES = {"B1:1": "20", "B1:2": "20", "B1:3": "20", "B1:4": "15", "B1:5": "15%", "B1:6": "１０"}
ABOUT = {"B1:source": "総務省 人口推計", "B1:date": "2025-10-01", "B1:url": "https://stat.example/age"}
WHOLE = AGES | ABOUT
STORED = [
    {
        "field": "B1",
        "shares": {"1": 20.0, "2": 20.0, "3": 20.0, "4": 15.0, "5": 15.0, "6": 10.0},
        "source": "総務省 人口推計",
        "date": "2025-10-01",
        "url": "https://stat.example/age",
    }
]


@pytest.fixture
def bridge() -> Inquiry:
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def desk():
    client = signed_in(member(Role.ANALYST))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def looked_at(desk) -> str:
    Calculation.objects.update(took_ms=0)
    desk.get(PAGE)
    for waiting in Calculation.objects.filter(state="waiting"):
        make_calculation(waiting.pk)
    return unescape(desk.get(PAGE).content.decode())


def test_shares_are_entered_once_and_kept_with_who_and_where_from(desk, bridge):
    for _press in range(2):
        desk.post(PAGE, WHOLE)

    run = WeightRun.objects.get()
    assert (run.number, run.margins, run.by.name) == (1, STORED, "Analyst")
    assert list(AuditEntry.objects.filter(action__startswith="weights").values_list("action", "detail")) == [
        ("weights.set", {"number": 1, "margins": "B1"})
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"B1:6": "11"}, "Together these are 101%, not 100%."),
        ({"B1:6": ""}, "Please enter a percentage here, too; 0 where there is nobody."),
        ({"B1:6": "-10"}, "Please enter a percentage from 0 to 100."),
        ({"B1:6": "101"}, "Please enter a percentage from 0 to 100."),
        ({"B1:6": "ten"}, "Please enter a number, for example 12.5."),
        ({"B1:6": "nan"}, "Please enter a number, for example 12.5."),
        ({"B1:6": "1e400"}, "Please enter a number, for example 12.5."),
        ({"B1:6": "1_0"}, "Please enter a number, for example 12.5."),
        ({"B1:6": "1" * 5000}, "Please enter a number, for example 12.5."),
        ({"B1:7": "0"}, "The form names a category that does not exist."),
        ({"Q3:1": "0"}, "The form names a category that does not exist."),
        ({"B1:source": ""}, "Source: please say where these shares come from."),
        ({"B1:date": ""}, "Date of the source: please enter a day."),
        ({"B1:date": "yesterday"}, "Date of the source: please enter a day."),
        ({"B1:url": "javascript:alert(1)"}, "Address of the source: please enter a whole address, or none."),
        ({"B2:1": "100"}, "Please enter a percentage here, too; 0 where there is nobody."),
    ],
)
def test_broken_shares_are_refused_where_they_stand(desk, bridge, change, sentence):
    response = desk.post(PAGE, WHOLE | change)

    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert sentence in page
    assert 'value="20"' in page
    assert not WeightRun.objects.exists()


def test_an_empty_form_asks_for_one_question(desk, bridge):
    response = desk.post(PAGE, {})

    assert response.status_code == 422
    assert "Please enter the shares of at least one question." in response.content.decode()


def test_too_few_answers_are_told_in_words(desk, bridge):
    answer_as(bridge, 1, {"Q1": 5, "B1": 1})
    desk.post(PAGE, WHOLE)

    assert "with fewer than 200 answers weights would mostly magnify chance" in looked_at(desk)


def crowd(inquiry, readers=210):
    for reader in range(readers):
        answer_as(inquiry, reader, {"Q1": 5 if reader % 7 < 2 else 1, "B1": min(reader % 7, 5) + 1})


def test_weighted_shares_stand_beside_the_headline_on_the_desk_and_in_the_report(desk, bridge):
    crowd(bridge)
    desk.post(PAGE, WHOLE)

    page = looked_at(desk)
    content = content_of(bridge)

    assert "Indicative figures weighted to 総務省 人口推計 on Age group (optional)" in page
    part = content["parts"]["weighting"]
    first = part["questions"][0]
    assert (first["field"], first["unweighted"][0], first["weighted"][0]) == ("Q1", 0.2857, 0.4)
    assert "<td>29%</td><td>40%</td>" in page
    entry = content["parts"]["questions"]["questions"][0]
    assert entry["shares"]["5"] == 0.2857
    assert {section.id for language in ("ja", "en") for section in told(bridge, language, content).sections} >= {
        "weighting"
    }


def test_dropped_weights_are_gone_from_the_report_and_their_rows_stay(desk, bridge):
    desk.post(PAGE, WHOLE)
    for _press in range(2):
        desk.post(f"{PAGE}drop/")

    assert list(WeightRun.objects.values_list("number", "margins")) == [(1, STORED), (2, [])]
    answer_as(bridge, 1, {"Q1": 5})
    assert content_of(bridge)["parts"]["weighting"] is None


def test_a_weighting_is_never_rewritten(desk, bridge):
    desk.post(PAGE, WHOLE)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        WeightRun.objects.update(margins=[])


def test_an_inquiry_without_questions_says_so(desk):
    Inquiry.objects.create(slug="bridge", title={"en": "Bridge"}, publication=publication())

    assert "there is nothing to weight to" in desk.get(PAGE).content.decode()
