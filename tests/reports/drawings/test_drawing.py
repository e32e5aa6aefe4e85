"""Every kind of picture, narrow and wide, by day and by night: well formed, legible, within its sheet."""

import re
from xml.etree import ElementTree

import pytest

from apps.reports.drawings.drawing import KINDS, numbers_in_words, png, sheet, svg
from apps.reports.drawings.measure import width
from apps.reports.drawings.scale import scale
from apps.reports.report.blocks import Chart, ChartKind, Link, Mark, Row
from tests.reports.documents.charts import CHARTS, dots, stacked
from tests.reports.documents.factories import figure

SVG = "{http://www.w3.org/2000/svg}"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
SPILL = 3
"""Pixels by which a measured line may pass the edge: the advances of another type differ a little."""


def root(drawn: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def reach(text: ElementTree.Element) -> tuple[float, float]:
    """From where to where a line of words goes."""
    x, long = float(text.get("x", 0)), width(text.text or "", float(text.get("font-size", 0)))
    return {"start": (x, x + long), "middle": (x - long / 2, x + long / 2), "end": (x - long, x)}[
        text.get("text-anchor", "start")
    ]


def test_every_kind_of_chart_has_a_drawing_and_an_example():
    assert set(KINDS) == set(ChartKind) == {draw(True).kind for draw in CHARTS}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("wide", [360, 1280])
@pytest.mark.parametrize("ja", [True, False])
@pytest.mark.parametrize("example", CHARTS)
def test_a_picture_keeps_within_its_sheet_and_says_what_it_shows(example, ja, wide, theme):
    chart = example(ja)

    drawn = root(svg(chart, language="ja" if ja else "en", width=wide, theme=theme))

    texts = drawn.findall(f".//{SVG}text")
    around = 12
    assert (drawn.get("width"), drawn.get("lang"), drawn.get("role")) == (str(wide), "ja" if ja else "en", "img")
    assert drawn.findtext(f"{SVG}title") == chart.alt
    assert drawn.findtext(f"{SVG}desc") == numbers_in_words(chart)
    assert min(float(text.get("font-size", 0)) for text in texts) >= 12
    assert min(reach(text)[0] for text in texts) >= -around - SPILL
    assert max(reach(text)[1] for text in texts) <= wide - around + SPILL
    assert max(float(text.get("y", 0)) for text in texts) <= float(drawn.get("height", 0)) - around


@pytest.mark.parametrize("example", CHARTS)
def test_a_picture_has_nothing_that_a_page_or_a_viewer_refuses(example):
    drawn = svg(example(True), language="ja").decode()

    assert not re.search(r"<(script|style|foreignObject|image|a|use)\b|\sstyle=|\son\w+=|href|url\((?!#)", drawn)


def test_the_same_chart_gives_the_same_bytes():
    assert svg(stacked(True), language="ja") == svg(stacked(True), language="ja")


def test_hidden_numbers_are_crossed_out_and_hatched():
    drawn = svg(stacked(True), language="ja").decode()

    assert (drawn.count(">×<"), drawn.count('fill="url(#hidden)"')) == (2, 2)


def test_dont_know_is_dotted_with_an_edge_and_stands_at_the_right_end():
    chart = Chart(ChartKind.STACKED, (Row("", (Mark("a", 0.7, "70%", "s1"), Mark("?", 0.3, "30%", "dk"))),), alt="")

    bars = [one for one in root(svg(chart, language="en", width=324)).iter(f"{SVG}rect") if one.get("height") == "34"]

    assert [(bar.get("x"), bar.get("width"), bar.get("fill"), bar.get("stroke")) for bar in bars] == [
        ("0", "210", "#b35806", "#595959"),
        ("210", "90", "url(#dont-know)", "#595959"),
    ]


def test_words_of_readers_cannot_become_elements():
    chart = Chart(ChartKind.DOTS, (Row("<script>&\x00\ud800", (Mark('"<b>', 0.5, "50%"),)),), alt="</title><svg>")

    drawn = root(svg(chart, language="ja"))

    assert drawn.findtext(f"{SVG}title") == "</title><svg>"
    assert "<script>&" in [text.text.strip() for text in drawn.iter(f"{SVG}text") if text.text]


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize(
    "rows",
    [
        (),
        (Row("", ()),),
        (Row("a", (Mark("", None, "x"),)),),
        (Row("a", (Mark("", 0.0, "0"), Mark("", 0.0, "0"))), Row("b", ())),
        (Row("長" * 300, (Mark("語" * 100, 1e9, "9" * 30, at=(-5.0, 5.0)),), "注" * 50),),
        (Row("a", (Mark("", -0.4, "-0.4", low=-0.6, high=0.1),)),),
    ],
)
def test_odd_numbers_are_drawn_somehow(kind, rows):
    chart = Chart(kind, rows, alt="", links=(Link(0, 0, 2.0),) if rows else ())

    assert root(svg(chart, language="ja", width=360)).tag == f"{SVG}svg"


@pytest.mark.parametrize(
    ("texts", "ticks"),
    [
        (("30%", "60%"), ["0%", "20%", "40%", "60%"]),
        (("0.3", "0.6"), ["0", "0.2", "0.4", "0.6"]),
        (("120", "240"), ["", "", "", ""]),
    ],
)
def test_an_axis_is_told_in_the_measure_of_its_marks_or_not_at_all(texts, ticks):
    rows = tuple(Row("a", (Mark("", value, text),)) for value, text in zip((0.3, 0.6), texts, strict=True))

    assert [text for _, text in scale(rows, most_steps=4).ticks()] == ticks


def test_a_sheet_carries_headline_base_and_facts():
    one = figure("F1", dots(False), False)

    texts = " ".join(text.text or "" for text in root(sheet(one, language="en", stamp="v3")).iter(f"{SVG}text"))

    assert all(words in texts for words in (one.headline, one.question, one.base, *one.facts, *one.notes, "v3"))


def test_a_png_is_painted_at_the_wanted_size():
    painted = png(svg(dots(True), language="ja", width=360), scale=2)

    assert (painted[:8], int.from_bytes(painted[16:20])) == (PNG_HEAD, 720)
