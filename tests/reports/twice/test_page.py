"""The figure of the question that is asked twice: page, API and what readers answered say the same."""

import re
from collections import Counter
from html import unescape
from io import StringIO
from itertools import count

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.inquiries.models import Inquiry
from apps.reports.figures import page
from apps.reports.models import ResultEpoch
from apps.reports.pictures import Style
from apps.reports.twice.figure import twice
from apps.reports.twice.words import headline, left_text
from apps.surveys.actions import publish_version
from apps.surveys.queries import instrument
from tests.reports.factories import answer_as, publish
from tests.responses.factories import built_in_document, instrument_of, make_inquiry
from tests.surveys.factories import make_inquiry as bare_inquiry

pytestmark = pytest.mark.django_db

NUMBER = count(1)
FIGURE = re.compile(r'<figure class="result twice" id="P1".*?</figure>', re.S)
ROW = re.compile(r'<th scope="row">(.*?)</th>((?:<td>.*?</td>)+)', re.S)
CELL = re.compile(r"<td>(.*?)</td>")
SIDE = {5: "high", 4: "high", 3: "middle", 98: "middle", 2: "low", 1: "low"}
SIDES = ("low", "middle", "high")
MOVES = {-2: "down", -1: "down", 0: "same", 1: "up", 2: "up"}

codes = st.sampled_from([5, 4, 3, 2, 1, 98])
crowds = st.lists(st.tuples(codes, codes, st.integers(1, 30)), min_size=3, max_size=6)


def figure_of(slug: str, language: str = "en") -> str:
    html = Client(headers={"accept-language": language}).get(f"/q/{slug}/results/").content.decode()
    found = FIGURE.search(html)
    return found[0] if found else ""


def shown_cells(figure: str) -> list[list[str]]:
    return [CELL.findall(cells) for _label, cells in ROW.findall(figure)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_pairs_on_page_and_in_api_are_those_that_readers_answered(crowd):
    inquiry = make_inquiry(f"twice-{next(NUMBER)}")
    readers = [(first, again) for first, again, times in crowd for _time in range(times)]
    for reader, (first, again) in enumerate(readers):
        answer_as(inquiry, reader, {"Q1": first, "P1": again}, coins={})
    answer_as(inquiry, 9998, {"Q1": 5, "P1": None}, coins={})
    answer_as(inquiry, 9999, {"Q1": 5}, coins={})
    epoch = publish(inquiry)
    if epoch is None:
        assert len(readers) + 2 < 10
        return

    told = Client().get(f"/api/v1/inquiries/{inquiry.slug}/results").json()["prepost"]
    truth = Counter((SIDE[first], SIDE[again]) for first, again in readers)

    assert told == epoch.content["prepost"]
    way = told["arms"]["A"]
    assert (way["base"], way["hidden"]) == (len(readers), len(readers) < 10)
    for when, place in (("before", 0), ("after", 1)):
        if way[when]:
            found = Counter[str]()
            for sides, n in truth.items():
                found[sides[place]] += n
            assert way[when] == {side: round(found[side] / len(readers), 4) for side in SIDES}
    if way["before"]:
        expected = [[f"{int(way[when][side] * 100 + 0.5)}%" for when in ("before", "after")] for side in SIDES[::-1]]
        assert shown_cells(figure_of(inquiry.slug)) == expected
    if way["moved"]:
        moves = Counter[str]()
        for (before, after), n in truth.items():
            moves[MOVES[SIDES.index(after) - SIDES.index(before)]] += n
        assert all(number in {None, moves[name]} for name, number in way["moved"]["counts"].items())
    if not way["hidden"]:
        moved = sum(SIDES.index(after) - SIDES.index(before) for before, after in truth.elements()) / len(readers)
        assert way["shift"]["value"] == pytest.approx(moved, abs=0.0051)


def simulated(**fields: object) -> Inquiry:
    inquiry = make_inquiry(**fields)
    call_command("simulate_readers", inquiry.slug, readers=400, seed=4, stdout=StringIO())
    return inquiry


def test_last_question_has_no_figure_of_its_own():
    simulated()

    html = Client().get("/q/one-founder-ai/results/").content.decode()

    assert 'figure class="result" id="P1"' not in html
    assert html.count('id="P1"') == 1


def test_without_the_experiment_the_page_says_what_cannot_be_told():
    inquiry = simulated()

    figure = figure_of(inquiry.slug)

    assert "Everybody went the same way." in unescape(figure)
    assert figure.count("<h3") == 1
    assert "by lot" not in figure


@pytest.mark.parametrize("language", ["en", "ja"])
def test_three_ways_stand_side_by_side_with_what_they_differ_by(language):
    inquiry = simulated(has_control_arms=True, expected_answers=400)

    figure = figure_of(inquiry.slug, language)

    assert figure.count("<h3") == 3
    assert figure.count('<ul class="differences">') == 1
    told = ResultEpoch.objects.latest("number").content["prepost"]
    assert (told["compared"], sorted(told["arms"])) == (True, ["A", "B", "C"])
    assert told["effect"] is not None


def test_arm_c_stands_in_no_share_of_the_first_question():
    inquiry = simulated(has_control_arms=True, expected_answers=400)

    entry = ResultEpoch.objects.latest("number").content["questions"][0]

    asked = inquiry.responses.exclude(participant__coins__arm=2)
    assert entry["id"] == "Q1"
    assert entry["base"] == sum(1 for each in asked if each.answers.get("Q1", 97) != 97)
    assert entry["not_shown"] == inquiry.responses.filter(participant__coins__arm=2).count()


def test_reader_who_is_still_to_be_asked_does_not_read_the_question_in_the_results():
    inquiry = simulated(has_control_arms=True, expected_answers=400)
    epoch = ResultEpoch.objects.latest("number")

    with override("en"):
        kept_back = page(epoch, instrument(epoch.version_id), inquiry, "en", without=frozenset({"Q1", "Q1L"}))

    assert "Q1" not in [figure.id for figure in kept_back.figures]
    assert (kept_back.twice, kept_back.in_suspense) == (None, True)


def entry_with(**parts: object) -> dict[str, object]:
    shift = {"value": 0.0, "interval": [-0.1, 0.1]}
    return {"effect": None, "arms": {"A": {"hidden": False, "shift": shift}}, **parts}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            entry_with(effect={"value": 0.12, "interval": [0.02, 0.2]}),
            "Those who had seen others' statements moved 12 points further towards the side of “Desirable” than those"
            " who had only been asked twice",
        ),
        (
            entry_with(effect={"value": -0.12, "interval": [-0.2, -0.02]}),
            "Those who had seen others' statements moved 12 points further towards the side of “Undesirable” than those"
            " who had only been asked twice",
        ),
        (
            entry_with(effect={"value": 0.12, "interval": [-0.01, 0.2]}),
            "No clear difference between those who had seen others' statements and those who had only been asked twice",
        ),
        (entry_with(), "Asked once more, readers stood about where they had stood before"),
        (
            entry_with(arms={"A": {"hidden": False, "shift": {"value": 0.05, "interval": [0.01, 0.1]}}}),
            "Asked once more, readers stood 5 points further towards the side of “Desirable”",
        ),
        (entry_with(arms={"A": {"hidden": True, "shift": None}}), "The first question, asked once more"),
    ],
)
def test_headline_says_no_more_than_the_interval_carries(entry, said):
    question = instrument_of(make_inquiry()).definition.question("Q1")

    with override("en"):
        assert headline(entry, question, Style("en")) == said


def test_many_who_left_are_told_first():
    with override("en"):
        assert left_text({"left": {"sent": 90, "share": 0.3}}) == ""
        assert left_text({"left": {"sent": 90, "share": 0.42}}).startswith("Of those who were to be asked once more")


def test_epochs_of_before_have_no_such_figure():
    definition = instrument_of(make_inquiry()).definition

    assert twice(None, definition, Style("en")) is None


def test_answers_of_a_version_that_asked_once_are_left_out():
    document = built_in_document()
    once = {**document, "post_items": [], "experiments": {"order_coins": document["experiments"]["order_coins"]}}
    inquiry = bare_inquiry("grown")
    publish_version(inquiry=inquiry, document=once)
    for reader in range(12):
        answer_as(inquiry, reader, {"Q1": 5})
    publish_version(inquiry=inquiry, document=document)
    for reader in range(20, 35):
        answer_as(inquiry, reader, {"Q1": 5, "P1": 1})

    epoch = publish(inquiry)

    assert epoch is not None
    assert epoch.content["questions"][0]["base"] == 27
    assert epoch.content["prepost"]["arms"]["A"]["base"] == 15
