"""What the typesetter is told of tables: numbers to the right, words to the left, heads that are not torn apart."""

from typing import Any

from django.utils.translation import override

from apps.reports.documents.laying_out import LaidOut
from apps.reports.drawings.measure import width
from apps.reports.report.blocks import Report, Section, Table

COLUMNS = ("ことば", "となりのことば", "両方を含む回答数", "差")
ROWS = (("不安", "力", "約 16", "–"), ("一人", "見える（否定）", "x", "0.31"))


def laid_out(table: Table, section: str = "words") -> dict[str, Any]:
    with override("ja"):
        return LaidOut(Report("ja", "題", "見出し", (), (Section(section, "章", (table,)),), ())).data["sections"][0]


def test_short_words_stand_to_the_left_and_numbers_to_the_right():
    table = laid_out(Table(COLUMNS, ROWS))["blocks"][0]

    assert table["right"] == [False, False, True, True]


def test_where_columns_are_few_their_heads_stay_in_one_line():
    table = laid_out(Table(COLUMNS, ROWS))["blocks"][0]

    assert [head for head, wide in zip(COLUMNS, table["widths"], strict=True) if wide < width(head, 1)] == []


def test_beside_many_columns_sentences_leave_room_for_short_heads_in_one_line():
    """The type is 6.5 points then: 74 em stand beside one another, of which each cell keeps one as its inset."""
    short = ("意見", "n", "そう思う", "そう思わない", "わからない", "共有度", "分かれ方")
    heads = (*short, "95%の目安", "どちらでもない", "そう思う（補正後）")
    row = ("とても長い意見です。" * 6, "n=404", "35%", "51%", "5%", "0.25", "0.8 (0.8–1.4)", "31–40%", "9%", "37%")

    widths = laid_out(Table(heads, (row,)))["blocks"][0]["widths"]

    room = [74 * wide / sum(widths) for wide in widths[: len(short)]]
    assert [head for head, wide in zip(short, room, strict=True) if wide < width(head, 1) + 1] == []


def test_method_and_questionnaire_begin_a_page():
    table = Table(COLUMNS, ROWS)

    assert [laid_out(table, name)["apart"] for name in ("method", "questionnaire", "words")] == [True, True, False]
