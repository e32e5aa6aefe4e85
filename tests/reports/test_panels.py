"""Pictures: what is drawn adds up to what is printed, and each kind gets its own."""

import re

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.reports.bars import segments
from apps.reports.panels import panels
from apps.reports.pictures import Line, Panel, Style
from tests.reports.factories import content_of, every_kind, options, parse_items

DEFINITION = every_kind()


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def drawn(name, answers, *, definition=DEFINITION, profile="standard", values=()) -> tuple[Panel, ...]:
    readers = [{name: answer} for answer in answers]
    content = content_of(definition, readers, values={name: values}, profile=profile)
    entry = next(entry for entry in content["questions"] if entry["id"] == name)
    return panels(definition.question(name), entry, Style("en", content["method"]["counts_to"]))


def percent(place: str) -> float:
    assert place.endswith("%")
    return float(place[:-1])


def printed(panel: Panel) -> list[tuple[str, str, str]]:
    return [(line.label, line.percent, line.count) for line in panel.lines]


def assert_fills_the_whole_width(panel_segments) -> None:
    """Each part begins where the one before ended, the first at the left edge, the last ends at the right edge."""
    end = 0.0
    for segment in panel_segments:
        assert percent(segment.start) == pytest.approx(end, abs=1e-9)
        end = percent(segment.start) + percent(segment.width)
    assert end == pytest.approx(100, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=6).filter(any), st.data())
def test_parts_of_a_bar_fill_it_whatever_the_shares(counts, data):
    """Shares come rounded to four or two digits and some are withheld; the bar is whole all the same."""
    digits = data.draw(st.sampled_from([2, 4]))
    hidden = data.draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts)))
    shares = [None if hide else round(count / sum(counts), digits) for count, hide in zip(counts, hidden, strict=True)]

    parts = segments([(share, "o1") for share in shares])

    if any(share is None or share for share in shares):
        assert_fills_the_whole_width(parts)


def test_an_ordered_question_is_one_whole_bar_from_the_low_end_with_dont_know_at_the_right():
    panel = drawn("Q1", [5] * 8 + [4] * 4 + [3] * 2 + [2, 1, 1] + [98] * 3)[0]

    assert panel.template == "reports/bar.html"
    assert [(each.tone, each.width, each.label) for each in panel.segments] == [
        ("o1", "10.0%", "10"),
        ("o2", "5.0%", ""),
        ("o3", "10.0%", "10"),
        ("o4", "20.0%", "20"),
        ("o5", "40.0%", "40"),
        ("off", "15.0%", "15"),
    ]
    assert_fills_the_whole_width(panel.segments)
    assert printed(panel) == [
        ("Undesirable", "10%", "2"),
        ("Somewhat undesirable", "5%", "1"),
        ("Neither desirable nor undesirable", "10%", "2"),
        ("Somewhat desirable", "20%", "4"),
        ("Desirable", "40%", "8"),
        ("Don't know / undecided", "15%", "3"),
    ]
    assert panel.note == "Net +45 points: the side of “Desirable” less the side of “Undesirable”"


def test_what_is_hidden_stands_hatched_at_the_end_of_the_bar():
    panel = drawn("Q1", [5] * 33 + [4] * 14 + [2] * 11 + [1] * 4, profile="strict")[0]

    assert [(each.tone, each.width, each.label) for each in panel.segments] == [
        ("o4", "23.0%", "23"),
        ("o5", "53.0%", "53"),
        ("withheld", "24.0%", "x"),
    ]
    assert [(line.percent, line.count) for line in panel.lines] == [
        ("x", "x"),
        ("x", "x"),
        ("x", "x"),
        ("23%", "about 15"),
        ("53%", "about 35"),
        ("x", "x"),
    ]
    assert panel.note == ""


def test_rows_have_a_bar_each_with_a_base_of_their_own_and_say_when_they_are_too_few():
    hope, worry = drawn("Q2", [{"a": 4, "b": 1}] * 9 + [{"a": 3}] * 3)

    assert (hope.title, hope.template) == ("Hope or excitement: all chose “Strongly” or “Somewhat”", "reports/bar.html")
    assert hope.note == "n=12* · Net +100 points: “Strongly” or “Somewhat” less “Not at all” or “Not very much”"
    assert (worry.title, worry.template, worry.note) == ("Worry or fear", "reports/withheld.html", "n=9*")


def test_a_pair_has_a_at_the_left_and_b_at_the_right_whatever_side_readers_saw():
    """High codes mean A: nine of twelve stand close to it."""
    panel = drawn("Q5", [4] * 9 + [1] * 3)[0]

    assert [(each.tone, each.width) for each in panel.segments] == [("o1", "75.0%"), ("o5", "25.0%")]
    assert [text[:2] for text in panel.ends] == ["A ", "B "]
    assert [line.mark for line in panel.lines] == ["Q5:4", "Q5:3", "Q5:2", "Q5:1", "Q5:98"]
    assert panel.note == "Net +50 points: A less B"


def test_unordered_answers_are_dots_by_size_with_dont_know_last():
    panel = drawn("Q6", [3] * 6 + [1] * 3 + [98] * 4 + [5])[0]

    assert panel.template == "reports/dots.html"
    assert [line.mark for line in panel.lines] == ["Q6:3", "Q6:1", "Q6:2", "Q6:4", "Q6:5", "Q6:98"]
    assert [line.percent for line in panel.lines] == ["43%", "21%", "–", "–", "7%", "29%"]
    assert panel.axis == "50%"
    assert panel.lines[0].at == "85.7%"  # 43 % on an axis that ends at 50 %


def test_a_ranking_has_first_and_any_place_on_one_line():
    panel = drawn("Q9", [[3, 1, 2]] * 6 + [[1]] * 5 + [[7]])[0]

    assert panel.template == "reports/ranks.html"
    assert [(line.mark, line.first_percent, line.percent) for line in panel.lines][:3] == [
        ("Q9:1", "42%", "92%"),
        ("Q9:2", "–", "50%"),
        ("Q9:3", "50%", "50%"),
    ]
    assert panel.note == "among the first 3"


def test_several_answers_are_parts_of_the_readers():
    panel = drawn("M", [[1, 2]] * 6 + [[2]] * 6)[0]

    assert printed(panel) == [("b", "100%", "12"), ("a", "50%", "6"), ("c", "–", "0"), ("?", "–", "0")]
    assert panel.note == "Several answers were possible; together they come to 150% (M.T.)."


def test_a_scale_has_a_column_for_each_step_and_dont_know_dotted_beside_them():
    panel = drawn("S", [10] * 5 + [0] * 10 + [98] * 5)[0]

    assert panel.template == "reports/columns.html"
    assert [each.below for each in panel.segments] == [*map(str, range(11)), ""]
    assert [(each.tone, each.height, each.label) for each in panel.segments if each.label] == [
        ("one", "96", "50"),
        ("one", "48", "25"),
        ("off", "48", "25"),
    ]
    assert panel.note == "Mean 3.33, median 0, middle half 0–10"


def test_columns_come_in_the_order_of_their_values_however_the_database_returns_them():
    values = [("2", 4), ("17.5", 6), ("50", 2)]
    content = content_of(DEFINITION, [{"N": None}] * 12, values={"N": values})
    entry = next(entry for entry in content["questions"] if entry["id"] == "N")
    shuffled = {**entry, "counts": dict(sorted(entry["counts"].items(), key=lambda item: (len(item[0]), item[0])))}

    found = panels(DEFINITION.question("N"), shuffled, Style("en"))[0]

    assert [line.label for line in found.lines if line.count != "0"] == ["0 to under 5", "15 to under 20", "50"]
    assert [each.below for each in found.segments] == [str(start) for start in range(0, 51, 5)]


def test_whole_numbers_are_named_by_the_first_and_the_last_of_a_bin():
    definition = parse_items({"id": "N", "type": "number", "minimum": 1, "maximum": 24, "step": 1})

    found = drawn("N", [None] * 12, definition=definition, values=[("3", 12)])[0]

    assert [line.label for line in found.lines] == ["0–4", "5–9", "10–14", "15–19", "20–24"]


def test_dates_run_evenly_month_by_month():
    found = drawn("D", [None] * 12, values=[("2026-04-01", 10), ("2026-07-30", 2)])[0]

    assert printed(found) == [
        ("2026/04", "83%", "10"),
        ("2026/05", "–", "0"),
        ("2026/06", "–", "0"),
        ("2026/07", "17%", "2"),
    ]


def test_dates_of_many_years_are_counted_by_year():
    found = drawn("D", [None] * 12, values=[("1999-04-01", 10), ("2001-12-30", 2)])[0]

    assert [(line.label, line.count) for line in found.lines] == [("1999", "10"), ("2000", "0"), ("2001", "2")]


def test_hidden_columns_are_marked():
    found = drawn("A", [None] * 40, values=[("20", 25), ("35", 14), ("88", 1)])[0]

    assert {each.label for each in found.segments} == {"63", "x"}
    assert all(each.height == "0" for each in found.segments if each.label == "x")


def test_words_have_no_picture():
    assert drawn("Q3", [None] * 16, values=[("", 12), (None, 4)]) == ()


def test_nothing_is_drawn_of_a_hidden_question():
    assert drawn("Q1", [5] * 9) == ()


def test_background_is_never_a_bar():
    assert drawn("B1", [1] * 20 + [2] * 20)[0].template == "reports/dots.html"


def test_an_option_taken_back_is_shown_only_with_answers():
    items = {"id": "Q", "type": "single_nominal", "options": options("a", "b", "c", "d")}
    items["options"][0]["retired"] = items["options"][1]["retired"] = True
    definition = parse_items(items)

    found = drawn("Q", [1] * 4 + [3] * 8, definition=definition)[0]

    assert [line.label for line in found.lines] == ["c", "a", "d"]


def test_every_line_has_a_place_for_the_own_answer():
    for name, answers in {"Q1": [5] * 12, "Q6": [1] * 12, "M": [[1]] * 12, "S": [3] * 12}.items():
        for line in drawn(name, answers)[0].lines:
            assert isinstance(line, Line)
            assert re.fullmatch(rf"{name}:\d+", line.mark)
