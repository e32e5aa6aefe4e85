"""Tables of one report: none tells what another one hides, or it is left out, and the report says so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.inquiries.privacy import PROFILES
from apps.reports.crosstables import together
from apps.reports.crosstables.asked import Asked
from apps.reports.crosstables.chosen import add_table
from apps.reports.crosstables.parts import breaks, tables
from apps.reports.crosstables.together import Together
from apps.reports.report.counted import ambivalence
from tests.accounts.cast import member
from tests.reports.crosstables.attack import given_away
from tests.reports.crosstables.factories import BANDS, ITEMS, PLACES, material_of, parse_items
from tests.reports.factories import both
from tests.reports.report.factories import a_crowd, content_of, told
from tests.responses.factories import make_inquiry


def report(columns, *chosen, definition=None, felt=False, **noted):
    """The parts with tables, each for itself, and what is kept of them."""
    inputs = {
        "questions": {"before": {}, "values": {}, "simulated": False},
        "settings": {"draws": 100},
        "breaks": {"hidden": {}},
        "tables": {"chosen": [list(pair) for pair in chosen], "hidden": {}},
    }
    material = material_of(columns, definition, inputs=inputs, **noted)
    apart = {"breaks": breaks(material), "tables": tables(material)}
    if felt:
        apart |= {"questions": {"questions": material.epoch["questions"]}, "ambivalence": ambivalence.content(material)}
    return apart, Together(material.definition, material.profile).kept(apart)


def all_tables(parts):
    return [table for name in ("breaks", "tables") if parts[name] for table in parts[name]["tables"]]


def left_out(parts):
    return [
        (f"{each['rows']} × {each['columns']}", " × ".join(each["beside"]))
        for name in ("breaks", "tables")
        for each in (parts[name] or {}).get("left_out", ())
    ]


FEW = parse_items(
    *({**item, "options": item["options"][:most]} for item, most in ((ITEMS[0], 3), (ITEMS[7], 2), (ITEMS[2], 2)))
)
"""Q with three answers, A and N with two."""
ALONE = {"code": 3, "label": both("none of them"), "exclusive": True}
RANKED = {"id": "R", "type": "rank_top_k", "k": 2, "options": [*PLACES[:2], ALONE]}


CHOOSING = parse_items(ITEMS[0], RANKED, {**ITEMS[7], "options": BANDS[:2]})


def ranked(first_by_band):
    """Readers by their first choice (rows: options 1, 2 and the one that stands alone) and by their band."""
    counts = np.array(first_by_band)
    first, band = (np.repeat(each.ravel() + 1, counts.ravel()) for each in np.indices(counts.shape))
    second = np.where(first == 3, 97, 3 - first)
    second[::2] = 97
    return {"Q": [1] * len(first), "A": band, ("R", "1", None): first, ("R", "2", None): second}


FEW_CHOSE_ONE = [[4, 30], [30, 60], [14, 20]]
"""The first choices hide 4 and 30, and with them 14 and 20: those who wanted none of them."""


def test_first_choices_would_be_told_by_the_table_of_all_choices():
    """An option that stands alone is chosen first by everybody who chooses it. All choices show 14 and 20, so the first
    ones cannot hide them, and 4 is 48 - 30 - 14."""
    apart, kept = report(ranked(FEW_CHOSE_ONE), ("R", "A"), ("R.1", "A"), definition=CHOOSING)

    every, first = apart["tables"]["tables"]
    assert [line[:2] for line in first["counts"][:3]] == [[None, None], [30, 60], [None, None]]
    assert every["counts"][2][:2] == [14, 20]
    assert left_out(kept) == [("R.1 × A", "R × A")]
    assert kept["tables"]["tables"] == [every]


def test_whichever_was_chosen_first_stands():
    _apart, kept = report(ranked(FEW_CHOSE_ONE), ("R.1", "A"), ("R", "A"), definition=CHOOSING)

    assert left_out(kept) == [("R × A", "R.1 × A")]


def in_all(table):
    """Readers of Q, A and N, by their codes."""
    counts = np.array(table)
    q, a, n = (np.repeat(each.ravel() + 1, counts.ravel()) for each in np.indices(counts.shape))
    return {"Q": q, "A": a, "N": n}


MIXED = [[[2, 3], [14, 15]], [[12, 20], [11, 40]], [[13, 30], [25, 60]]]


def test_tables_that_make_no_ring_need_no_proof(monkeypatch):
    monkeypatch.setattr(together, "MOST_UNKNOWNS", 0)

    apart, kept = report(in_all(MIXED), ("N", "A"), definition=FEW)

    assert not all(table["whole"] for table in all_tables(apart))
    assert kept == apart


def test_where_nothing_is_hidden_nothing_needs_a_proof(monkeypatch):
    monkeypatch.setattr(together, "MOST_UNKNOWNS", 0)

    apart, kept = report(in_all(np.array(MIXED) + 10), ("N", "A"), ("N", "Q"), definition=FEW)

    assert all(table["whole"] for table in all_tables(apart))
    assert kept == apart


def test_what_is_too_large_to_be_proved_is_left_out(monkeypatch):
    monkeypatch.setattr(together, "MOST_UNKNOWNS", 10)

    _apart, kept = report(in_all(MIXED), ("N", "A"), ("N", "Q"), definition=FEW)

    assert [table for table, _beside in left_out(kept)] == ["N × Q"]


def test_numbers_that_cannot_be_make_no_report_fail():
    """Whatever it is that we do not know of: the table that does not fit is left out."""
    apart, _kept = report(in_all(MIXED), ("N", "A"), ("N", "Q"), definition=FEW)
    apart["tables"]["tables"][1]["counts"][-1][0] += 1

    kept = Together(FEW, PROFILES["standard"]).kept(apart)

    assert [table for table, _beside in left_out(kept)] == ["N × Q"]


def test_decided_once_more_it_is_decided_alike():
    apart, kept = report(ranked(FEW_CHOSE_ONE), ("R", "A"), ("R.1", "A"), definition=CHOOSING)
    once_more = Together(CHOOSING, PROFILES["standard"])

    assert once_more.kept(kept) == kept
    assert once_more.kept(apart) == kept


def test_the_same_two_answers_turned_around_hide_the_same_cells():
    """Of two companions that cost the same, the first one is taken: of the same side, whichever side that is."""
    columns = in_all([[[4], [14], [15]], [[14], [20], [11]], [[15], [11], [60]]])

    apart, kept = report(columns, ("A", "Q"))

    one, other = (np.array(apart[part]["tables"][0]["counts"], dtype=float) for part in ("breaks", "tables"))
    assert np.array_equal(one, other.T, equal_nan=True)
    assert kept == apart


def test_two_feelings_hide_what_a_chosen_table_of_the_same_two_answers_hides():
    rows = [{"code": code, "label": both(code)} for code in ("a", "b")]
    feelings = [{"code": code, "label": both(f"feeling {code}")} for code in range(1, 5)]
    definition = parse_items(ITEMS[0], {"id": "F", "type": "item_by_item", "options": feelings, "rows": rows})
    counts = np.array([[4, 14, 15, 12], [14, 20, 11, 30], [15, 11, 60, 40], [12, 30, 40, 50]])
    one, other = (np.repeat(each.ravel() + 1, counts.ravel()) for each in np.indices(counts.shape))
    columns = {"Q": [1] * len(one), ("F", "a", None): one, ("F", "b", None): other}

    apart, kept = report(columns, ("F.b", "F.a"), definition=definition, felt=True)

    chosen = np.array([line[:4] for line in apart["tables"]["tables"][0]["counts"][:4]], dtype=float).T
    rounded = np.array(apart["ambivalence"]["questions"][0]["counts"])
    assert np.isnan(chosen).any()
    assert np.array_equal(rounded < 0, np.isnan(chosen))
    assert kept == apart


@pytest.mark.parametrize("profile", ["standard", "strict"])
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_no_hidden_number_of_a_report_is_given_away_by_its_other_tables(profile, data):
    """By a linear programme over all answers at once. Readers of a few kinds, so that answers hang together."""
    kind = st.tuples(*[st.sampled_from([1, 2, 97])] * 3, st.sampled_from([1, 3, 6, 12, 25, 40]))
    kinds = np.array([[1, 2, 1, 50], *data.draw(st.lists(kind, min_size=5, max_size=9))])
    q, a, n = np.repeat(kinds[:, :3], kinds[:, 3], axis=0).T
    columns = {"Q": q, "A": a, "N": n}

    _apart, kept = report(columns, ("N", "A"), ("N", "Q"), definition=FEW, profile=profile)

    assert given_away(all_tables(kept), PROFILES[profile].smallest_group, PROFILES[profile].counts_to) == []


@pytest.mark.django_db
def test_the_report_names_the_table_and_the_one_beside_which_it_cannot_stand(monkeypatch):
    monkeypatch.setattr(together, "MOST_UNKNOWNS", 10)
    inquiry, author = make_inquiry(), member("author")
    a_crowd(inquiry, 90)
    for pair in (("Q4", "B1"), ("Q4", "Q1")):
        add_table(inquiry=inquiry, wanted=Asked(*pair), by=author)

    content = content_of(inquiry)

    for language in ("ja", "en"):
        section = next(each for each in told(inquiry, language, content).sections if each.id == "tables")
        (sentence,) = [block.text for block in section.blocks if getattr(block, "tone", "") == "caution"]
        assert [sentence.count(name) for name in ("Q4", "Q1", "B1")] == [1, 1, 2]
