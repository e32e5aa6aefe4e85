"""Numbers of single parts, in cases that a person can check by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inquiries.privacy import PROFILES
from apps.reports.report.counted.along import along
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from tests.reports.factories import answer_as, every_kind_document, make_inquiry
from tests.reports.report.factories import content_of, figures_of, told

pytestmark = pytest.mark.django_db


def part(inquiry, name):
    return content_of(inquiry)["parts"][name]


def test_the_whole_scale_is_shown_where_every_step_was_taken_by_enough():
    inquiry = make_inquiry()
    for number in range(250):
        answer_as(inquiry, number, {"Q1": number % 5 + 1, "P1": number // 5 % 5 + 1})

    scale = part(inquiry, "twice")["scale"]["A"]

    assert scale["counts"] == [[10] * 5] * 5
    assert (scale["bowker"], scale["stuart_maxwell"]) == ({"df": 10, "p": 1.0}, {"df": 4, "p": 1.0})
    report = told(inquiry)
    assert figures_of(report)["P1-A"].notes[2] == (
        "60 came to the side of “Desirable”, 60 left it: 0 points (95% guide −9 points to +9 points)."
        " Indicative test: p=1.000 (McNemar)."
    )
    blocks = next(section for section in report.sections if section.id == "twice").blocks
    assert any("at first (rows) and at the end (columns)" in getattr(each, "caption", "") for each in blocks)


def test_the_whole_scale_is_tested_but_not_shown_where_a_step_is_rare():
    inquiry = make_inquiry()
    for number in range(60):
        answer_as(inquiry, number, {"Q1": 2, "P1": 2 if number < 40 else 4})

    scale = part(inquiry, "twice")["scale"]["A"]

    assert scale["counts"] is None
    assert scale["bowker"] == {"df": 1, "p": 0.0}
    notes = " ".join(figures_of(told(inquiry))["P1-A"].notes)
    assert ("(Bowker)" in notes, "(McNemar)" in notes) == (True, False)


def test_rankings_add_up_as_by_hand():
    inquiry = make_inquiry()
    given = [[1, 2, 3]] * 6 + [[2, 1]] * 4 + [[3]] * 2 + [[7]]
    for number, ranks in enumerate(given):
        answer_as(inquiry, number, {"Q9": ranks})

    found = part(inquiry, "rankings")["questions"]["Q9"]

    points = dict(zip(found["codes"], found["points"], strict=True))
    assert (points[1], points[2], points[3], points[4]) == (6 * 3 + 4 * 2, 6 * 2 + 4 * 3, 6 + 2 * 3, 0)
    assert found["rankers"] == 12
    assert found["winner"] == 1
    assert found["duels"][0][1] == 6
    assert found["duels"][1][0] == 4
    assert sum(found["worths"]) == pytest.approx(1, abs=0.005)


def test_the_mirror_pairs_what_the_questionnaire_says_is_one_theme():
    inquiry = make_inquiry()
    for number in range(12):
        answer_as(inquiry, number, {"Q7": 1, "Q8": 2})

    (pair,) = part(inquiry, "mirror")["pairs"]

    assert pair == {"questions": ["Q7", "Q8"], "themes": [[1, 2], [2, 1], [3, 3], [4, 4], [5, 5]]}
    row = figures_of(told(inquiry))["Q7-Q8"].table.rows[0]
    assert (row[1], row[3]) == ("100%", "100%")


def test_mixed_feelings_are_those_where_both_are_strong():
    inquiry = make_inquiry()
    for number in range(60):
        answer_as(inquiry, number, {"Q2": {"a": 4, "b": 4 if number < 40 else 1}})

    (found,) = part(inquiry, "ambivalence")["questions"]

    # (3 + 3) / 2 - 0 = 3 for forty readers, (3 + 0) / 2 - 3 = -1.5 for twenty
    assert (found["mean"], found["mixed"], found["span"]) == (1.5, 0.67, [-1.5, 3.0])
    assert found["counts"][3] == [20, 0, 0, 40]


def test_early_and_late_are_halves_by_whole_days():
    inquiry = make_inquiry()
    for number in range(60):
        answer_as(inquiry, number, {"Q1": 1 if number % 3 else 5})
    for place, pseudonym in enumerate(Response.objects.order_by("answers__Q1").values_list("pk", flat=True)):
        day = date(2026, 3, 1 if place % 2 else 5)
        Response.objects.filter(pk=pseudonym).update(started_day=day, changed_day=day)

    found = part(inquiry, "arrival")

    assert found["days"]["counts"] == {
        "2026-03-01": 30, "2026-03-02": 0, "2026-03-03": 0, "2026-03-04": 0, "2026-03-05": 30,
    }  # fmt: skip
    assert found["late"]["last_early"] == "2026-03-01"
    counts = dict(zip(found["late"]["codes"], found["late"]["counts"], strict=True))
    assert (counts[1], counts[5], counts[3]) == ([20, 20], [10, 10], [0, 0])
    assert (found["late"]["v"], found["late"]["p"]) == (0.0, 1.0)


def test_participation_is_told_of_views_and_completion_of_those_who_began():
    from django.utils import timezone

    from apps.responses.visits import add_visits

    inquiry = make_inquiry()
    for number in range(20):
        answer_as(inquiry, number, {"Q1": 3}, finished=number < 15, screen=2)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    add_visits({(inquiry.pk, hour, "cover", "news.example", "phone", "ja"): 80})

    found = part(inquiry, "ways")

    assert (found["views"], found["participation"], found["completion"], found["break_off"]) == (80, 0.25, 0.75, 0.25)
    assert found["sources"]["counts"] == {"news.example": 80}
    assert found["screens"]["counts"]["02"] == 20


def test_what_was_left_out_is_told_of_every_question_by_what_an_option_is_and_not_by_its_code():
    inquiry = make_inquiry()
    document = every_kind_document()
    scale = next(item for item in document["items"] if item["id"] == "Q4")
    unsaid = {"code": 60, "label": {"ja": "答えない", "en": "Rather not"}, "kind": "prefer_not", "anchor": "last"}
    scale["options"].append(unsaid)
    several = next(item for item in document["items"] if item["id"] == "M")
    several["options"].append({"code": 99, "label": {"ja": "どれもない", "en": "None"}, "exclusive": True})
    publish_version(inquiry=inquiry, document=document)
    said = {"Q1": 98, "Q2": {"a": 1, "b": None}, "Q4": 60, "M": [99], "N": 50, "S": 98}
    for number in range(30):
        some = {"Q9": [98], "Q3": "だから"} if number < 20 else {"Q9": None, "Q3": None}
        answer_as(inquiry, number, said | some)

    found = part(inquiry, "ways")["missing"]

    wanted = {"Q1": [0, 30, 0], "Q2.a": [0, 0, 0], "Q3": [10, 0, 0], "Q4": [0, 0, 30], "Q9": [10, 20, 0]}
    assert {name: found[name] for name in wanted} == wanted
    assert {name: found[name] for name in ("M", "N", "S")} == {"M": [0, 0, 0], "N": [0, 0, 0], "S": [0, 30, 0]}
    assert ("Q2.b" in found, "Q2" in found) == (False, False)  # nobody gave an answer for which a number could be told


def test_hasty_answers_are_counted_and_what_they_change_is_told_only_of_enough():
    inquiry = make_inquiry()
    for number in range(30):
        answer_as(inquiry, number, {"Q1": number % 5 + 1})

    found = part(inquiry, "flags")

    assert (found["readers"], found["flagged"], found["changes"]) == (30, 0, None)
    assert {rule["id"] for rule in found["rules"]} >= {"speed_total", "straight", "bot", "text_junk"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 80), min_size=2))
def test_along_an_axis_what_is_withheld_has_the_room_of_ten(readers):
    found = along(readers, PROFILES["standard"])["counts"]

    assert {name for name, count in found.items() if count is None} == {
        name for name, count in readers.items() if 0 < count < 10
    }
    assert all(count is None or abs(count - readers[name]) <= 2 for name, count in found.items())
    assert all(found[name] == 0 for name, count in readers.items() if count == 0)
