"""Tables in the report: which there are, that hidden cells stay hidden, and that both languages tell them."""

import numpy as np
import pytest

from apps.debates.models import Debate
from apps.reports.crosstables.asked import Asked
from apps.reports.crosstables.chosen import add_table
from apps.reports.crosstables.inputs import of_tables
from apps.reports.crosstables.parts import breaks, cells, hidden_in
from apps.reports.models import FrozenReport
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member
from tests.reports.crosstables.factories import material_of, recovered, spread_out, table_of
from tests.reports.report.factories import a_crowd, content_of, figures_of, told
from tests.responses.factories import make_inquiry


def broken_down(table, hidden=None):
    rows, columns = spread_out(table, (1, 2, 3, 97), (1, 2, 3, 97))
    material = material_of({"Q": rows, "A": columns})
    inputs = {"questions": {"before": {}}, "settings": {"draws": 2000}, "breaks": {"hidden": hidden or {}}}
    return breaks(material_of({"Q": rows, "A": columns}, inputs=inputs)) if len(material) else None


SMALL = [[4, 30, 40, 12], [30, 50, 60, 14], [33, 44, 55, 15], [12, 13, 14, 16]]


def test_the_first_question_is_broken_down_by_every_closed_question_about_the_readers():
    found = broken_down(SMALL)

    assert [(table["rows"], table["columns"]) for table in found["tables"]] == [("Q", "A"), ("Q", "B")]


def test_a_mask_does_not_toggle_from_one_report_to_the_next():
    """The small cell grows by three; another choice would be cheaper then, and would tell both tables' secrets."""
    first = broken_down(SMALL)["tables"][0]
    grown = np.array(SMALL)
    grown[0, 0], grown[3] = 7, [90, 90, 90, 90]

    alone = broken_down(grown)["tables"][0]
    after = broken_down(grown, hidden_in({"tables": [first]}))["tables"][0]

    hidden = [np.argwhere(recovered(table) < 0).tolist() for table in (first, alone, after)]
    assert hidden[0] == hidden[2]
    assert hidden[1] != hidden[2]


def test_what_no_cell_needs_any_more_is_shown_again():
    grown = np.array(SMALL)
    grown[0, 0] = 10

    found = broken_down(grown, hidden_in({"tables": [broken_down(SMALL)["tables"][0]]}))

    assert found["tables"][0]["whole"]


@pytest.mark.django_db
def test_chosen_tables_are_told_in_both_languages_with_the_numbers_of_the_desk():
    inquiry = make_inquiry()
    a_crowd(inquiry, 90)
    author = member("author")
    for pair in (("Q4", "Q1"), ("Q9", "language"), ("Q77", "B1")):
        add_table(inquiry=inquiry, wanted=Asked(*pair), by=author)

    content = content_of(inquiry)

    crossed = content["parts"]["tables"]["tables"]
    assert [(table["rows"], table["columns"]) for table in crossed] == [("Q4", "Q1"), ("Q9", "language")]
    assert [table["columns"] for table in content["parts"]["breaks"]["tables"]] == ["B1", "B2", "B3"]
    for language in ("ja", "en"):
        figures = figures_of(told(inquiry, language, content))
        assert {"table-Q1-B1", "table-Q4-Q1", "table-Q9-language"} <= set(figures)
        assert figures["table-Q9-language"].table.rows[-1][1:] == ("n=45", "n=45", "n=90")


@pytest.mark.django_db
def test_the_last_published_report_tells_what_stays_hidden():
    inquiry = make_inquiry()
    a_crowd(inquiry, 90)
    content = content_of(inquiry)
    version = SurveyVersion.objects.get(inquiry=inquiry)
    FrozenReport.objects.create(
        inquiry=inquiry, number=1, version=version, content=content, sha256="0" * 64, code_version="1"
    )

    again = content_of(inquiry)

    assert again["parts"]["breaks"] == content["parts"]["breaks"]


@pytest.mark.django_db
def test_without_a_map_there_are_no_groups():
    inquiry = make_inquiry()
    a_crowd(inquiry, 20)
    Debate.objects.get_or_create(inquiry=inquiry)

    assert content_of(inquiry)["parts"]["groups"] is None


def chosen_by_bands(table):
    """Who chose the first option (first row) or only the second one, by band."""
    first, band = spread_out(table, (1, 0), (1, 2, 3))
    return material_of({("M", None, 1): first, ("M", None, 2): 1 - first, ("M", None, 3): 0 * first, "A": band})


def test_options_that_a_table_hid_stay_hidden_as_well():
    """The small cell went with the cheapest other one. Grown, it would go with another, and both tables together would
    tell what either hides."""
    before = table_of(chosen_by_bands([[4, 20, 22], [40, 40, 40]]), "M", "A")
    grown = chosen_by_bands([[7, 29, 22], [40, 40, 40]])

    alone = table_of(grown, "M", "A")
    after = table_of(grown, "M", "A", hidden_before=cells(hidden_in({"tables": [before]})["M A"]))

    hidden = [[count is None for count in table["counts"][0]] for table in (before, alone, after)]
    assert hidden[0] == [True, True, False, False]
    assert hidden[1] != hidden[0]
    assert hidden[2] == hidden[0]


def test_what_two_answers_hid_is_known_whichever_stood_in_the_rows():
    hidden = hidden_in({"tables": [broken_down(SMALL)["tables"][0]]})

    assert hidden["Q A"]
    assert sorted(hidden["A Q"]) == sorted([column, row] for row, column in hidden["Q A"])


@pytest.mark.django_db
def test_a_table_that_stood_in_another_part_of_an_older_report_hides_what_it_hid():
    inquiry = make_inquiry()
    a_crowd(inquiry, 90)
    content, version = content_of(inquiry), SurveyVersion.objects.get(inquiry=inquiry)
    without = {**content, "parts": {**content["parts"], "breaks": None}}
    for number, each in enumerate((content, without), start=1):
        FrozenReport.objects.create(
            inquiry=inquiry, number=number, version=version, content=each, sha256="0" * 64, code_version="1"
        )

    hidden = of_tables(inquiry, None)["hidden"]

    first = content["parts"]["breaks"]["tables"][0]
    assert hidden["B1 Q1"] == hidden_in({"tables": [first]})["B1 Q1"] != []
