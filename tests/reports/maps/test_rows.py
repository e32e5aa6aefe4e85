"""Which statements a map tells of, and with which numbers."""

import pytest
from django.utils.translation import override

from apps.reports.maps import rows as map_rows
from apps.reports.maps.page import MOST_IN_THE_TABLE, table
from apps.reports.maps.rows import Spoken
from apps.reports.maps.sections import sections
from apps.reports.maps.sides import sides_of
from tests.reports.maps import factories as maps

TEXTS = {number: Spoken(number, en, "en", "seed") for number, (_ja, en) in enumerate(maps.TEXTS, start=1)}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def entry(**changes):
    given = {"number": 1, "votes": 100, "agree": 60, "disagree": 20, "neither": 15, "unsure": 5}
    return {**given, "adjusted_agree": None, "bridging": None, "dividing": None, "fewest": 0, **changes}


def numbers(entries):
    return [each["number"] for each in entries]


def test_a_bar_has_the_four_choices_in_their_order_and_its_base():
    found = map_rows.row(TEXTS[1], entry(), 1)

    assert [(part.word, part.amount) for part in found.parts] == [
        ("Agree", "60%"), ("Disagree", "20%"), ("Neither", "15%"), ("Don't know", "5%"),
    ]  # fmt: skip
    assert [(part.tone, part.start, part.width) for part in found.segments] == [
        ("o5", "0.0%", "60.0%"), ("o1", "60.0%", "20.0%"), ("o3", "80.0%", "15.0%"), ("off", "95.0%", "5.0%"),
    ]  # fmt: skip
    assert (found.base, found.origin, found.note) == ("n=100", "From the editors", "")


def test_few_votes_are_people_and_carry_a_star():
    found = map_rows.row(TEXTS[1], entry(votes=20, agree=12, disagree=5, neither=2, unsure=1), 1)

    assert [part.amount for part in found.parts] == ["12", "5", "2", "1"]
    assert [part.label for part in found.segments] == ["12", "5", "2", ""]
    assert found.base == "n=20*"


def test_fewer_than_ten_votes_say_nothing():
    found = [map_rows.row(TEXTS[1], each, 1) for each in (None, entry(votes=9), entry(votes=None))]

    assert {(each.parts, each.segments, each.base) for each in found} == {((), (), "")}


def test_withheld_numbers_stand_together_at_the_right():
    found = map_rows.row(TEXTS[1], entry(neither=None, unsure=None), 5)

    assert [part.amount for part in found.parts] == ["60%", "20%", "x", "x"]
    assert [(part.tone, part.width) for part in found.segments] == [
        ("o5", "60.0%"), ("o1", "20.0%"), ("withheld", "20.0%"),
    ]  # fmt: skip
    assert found.base == "n=about 100"


@pytest.mark.parametrize(
    ("adjusted", "note"),
    [(0.55, "Corrected for what was shown to whom: Agree 55%"), (0.61, ""), (None, "")],
)
def test_a_corrected_rate_is_told_where_it_differs(adjusted, note):
    assert map_rows.row(TEXTS[1], entry(adjusted_agree=adjusted), 1).note == note


def test_shared_ground_needs_more_than_half_and_votes_on_every_side():
    given = [
        entry(number=1, bridging=0.5, fewest=30),
        entry(number=2, bridging=0.7, fewest=9),
        entry(number=3, bridging=0.6, fewest=10),
        entry(number=4, bridging=0.9, fewest=10),
        entry(number=5, bridging=0.6, fewest=10, votes=9),
    ]

    assert numbers(map_rows.shared(given)) == [4, 3]


def test_lists_are_short_and_in_a_stable_order():
    given = [entry(number=number, dividing=[1.0 + (number == 7), None, None]) for number in range(9, 0, -1)]

    assert numbers(map_rows.dividing(given)) == [7, 1, 2, 3]
    assert numbers(map_rows.dividing([entry(), entry(dividing=[0.0, None, None])])) == []


def test_split_and_unsure_pass_over_what_is_withheld():
    given = [
        entry(number=1, agree=40, disagree=38),
        entry(number=2, agree=None, disagree=38),
        entry(number=3, unsure=30),
        entry(number=4, unsure=None),
    ]

    assert (numbers(map_rows.split(given)), numbers(map_rows.unsure(given))) == ([1], [3])


def test_a_side_says_what_is_more_often_said_there_even_if_most_say_otherwise():
    mostly = maps.end(0, 2, "disagree", 0.35, 0.1)
    more = {**mostly, "difference": 1.0}

    side, other = sides_of(maps.spectrum(ends=[more, maps.end(1, 99, "agree", 0.9, 0.1)]), TEXTS)

    assert [(said.choice, said.note, said.here, said.elsewhere) for said in side.rows] == [
        ("Agree", "35% here, 10% elsewhere (votes here: about 40)", 35.0, 10.0),
    ]
    assert other.rows == ()


def test_shares_of_few_votes_are_told_in_tenths_and_not_drawn():
    side, _other = sides_of(maps.spectrum(ends=[maps.end(0, 2, "agree", 0.7, 0.2, votes=20)]), TEXTS)

    assert [(said.note, said.here, said.elsewhere) for said in side.rows] == [
        ("about 7 in 10 here, about 2 in 10 elsewhere (votes here: about 20)", None, None),
    ]


def test_who_is_unsure_is_told_side_by_side():
    sides = [{"side": 0, "share": 0.1}, {"side": 1, "share": 0.45}, {"side": 2, "share": None}]
    given = [entry(number=7, unsure=30, unsure_of_sides=sides)]

    *_others, section = sections(maps.spectrum(), given, TEXTS, 1)

    assert [each.note for each in section.rows] == [
        "Don't know, by side: one end about 1 in 10, the middle just over 4 in 10",
    ]


def test_groups_are_listed_by_letter_with_their_rounded_sizes():
    told = sides_of(maps.groups(120, 300, ids=[4, 1]), TEXTS)

    assert [(side.name, side.size) for side in told] == [
        ("Group B", "about 300 people"),
        ("Group E", "about 120 people"),
    ]


def test_the_table_has_every_statement_and_of_very_many_those_with_most_votes():
    many = {number: Spoken(number, f"No. {number}", "en", "reader") for number in range(1, MOST_IN_THE_TABLE + 3)}
    votes = {1: entry(number=1, votes=30), MOST_IN_THE_TABLE + 2: entry(number=MOST_IN_THE_TABLE + 2, votes=50)}

    lines = table(many, votes, 1)

    assert len(lines) == MOST_IN_THE_TABLE
    assert (lines[0].statement.number, lines[-1].statement.number) == (1, MOST_IN_THE_TABLE + 2)
    assert (lines[1].votes, set(lines[1].cells)) == ("x", {"x"})


def test_a_table_line_has_rates_scores_and_their_interval():
    line = map_rows.table_line(TEXTS[1], entry(adjusted_agree=0.58, bridging=0.612, dividing=[1.234, 0.8, 2.0]), 1)

    assert (line.votes, line.cells) == ("n=100", ("60%", "20%", "15%", "5%", "58%", "0.61", "1.2 (0.8–2.0)"))
