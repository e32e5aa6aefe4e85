"""The PDF: all words in it and as words, whoever wrote them; tagged, whole in its type, the same bytes each time."""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.reports.documents.pdf import Imprint, pdf
from apps.reports.documents.questionnaire import questionnaire
from apps.reports.documents.signs import MISSING, Setting
from apps.reports.report.blocks import Report, Words
from apps.surveys.queries import Instrument
from tests.reports.documents.factories import report
from tests.reports.documents.reading import streams, words_of
from tests.reports.factories import every_kind

IMPRINT = Imprint("問いかけ編集部", datetime(2026, 11, 25, 9, tzinfo=UTC), "https://example.org/q/it/report/1/")
MARKUP = ["#", "$x$", "\\", "@ref", "]", "[", "// not a comment", "/* */", "= head", "*b*", "_i_", "`raw`", "<label>"]


def said_in(words: str) -> str:
    one = Report("ja", "題", words, (), (), ())
    return words_of(pdf(one, Imprint("a", IMPRINT.made_at)))


def packed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture(scope="module", params=["ja", "en"])
def made(request):
    language = request.param
    return language, pdf(report(language), IMPRINT)


def test_every_word_of_every_block_is_in_the_document(made):
    language, document = made
    one = report(language)
    figure = one.sections[0].blocks[0]
    quotes, long = one.sections[1].blocks

    found = words_of(document)

    wanted = [
        one.title,
        one.headline,
        one.summary[0].text,
        figure.headline,
        figure.question,
        figure.base,
        *figure.facts,
        *figure.notes,
        *[mark.text for row in figure.chart.rows for mark in row.marks if mark.value and mark.value > 0.06],
        quotes.rule,
        quotes.quotes[0][0],
        *[cell for row in long.table.rows for cell in row],
        *[text for pair in one.sections[2].blocks[0].pairs for text in pair],
        *[text for pair in one.stamp for text in pair],
        IMPRINT.link,
    ]
    assert [words for words in wanted if packed(words) not in found] == []


def test_a_long_table_repeats_its_head_on_each_page(made):
    language, document = made
    head = packed("".join(report(language).sections[1].blocks[1].table.columns))

    pages = words_of(document).split(head)

    small_tables = 1 + len(report(language).sections[0].blocks)
    assert len(pages) - 1 == small_tables + 2


def test_language_title_author_and_standards_stand_in_the_document(made):
    language, document = made
    meta = next(part for part in streams(document) if b"<x:xmpmeta" in part).decode()

    assert re.search(rf"/Lang\s*\({language}\b", document.decode("latin-1"))
    assert b"/MarkInfo<</Marked true" in document
    assert ("<pdfuaid:part>1<" in meta, "<pdfaid:part>2<" in meta, "<pdfaid:conformance>A<" in meta) == (True,) * 3
    assert (
        escape(report(language).title, {"'": "&apos;"}) in meta,
        IMPRINT.author in meta,
        "2026-11-25T09:00:00" in meta,
    ) == (True,) * 3


def test_parts_and_figures_are_bookmarks(made):
    language, document = made
    outline = document.decode("latin-1")

    titles = [bytes.fromhex(found).decode("utf-16") for found in re.findall(r"/Title\s*<([0-9A-F]+)>", outline)]
    titles += re.findall(r"/Title\s*\(([^)]*)\)", outline)

    one = report(language)
    assert [section.title for section in one.sections if section.title not in titles] == []
    assert one.sections[0].blocks[0].headline in titles


def test_the_only_type_is_embedded(made):
    _, document = made

    assert set(re.findall(rb"/FontName/(?:[A-Z]{6}\+)?(\w+)", document)) == {b"IPAexGothic"}
    assert document.count(b"/FontFile2") >= 1


def test_the_same_report_gives_the_same_bytes(made):
    language, document = made

    assert pdf(report(language), IMPRINT) == document


@pytest.mark.parametrize("words", MARKUP)
def test_signs_of_markup_are_words_like_any_other(words):
    assert packed(words) in said_in(f"前{words}後")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0x2FFF), min_size=1, max_size=60))
def test_any_text_comes_out_as_text(words):
    settable = Setting()(words)

    assert packed(settable) in said_in(words)


def test_what_the_type_does_not_have_is_marked_and_listed_by_name():
    found = said_in("怖い😀😀と𠮷野家、髙﨑、ｶﾞｷﾞ、é、≥、Ⅷ")

    assert f"怖い{MISSING}{MISSING}と{MISSING}野家、髙﨑、ｶﾞｷﾞ、é、≧、Ⅷ" in found
    assert "U+1F600grinningface2" in found
    assert "U+20BB7cjkunifiedideograph-20bb71" in found


def test_english_has_quotes_that_do_not_tear_it_apart():
    one = Report("en", "T", "“Hope” isn’t “fear”", (), (), ())

    assert '"Hope"isn\'t"fear"' in words_of(pdf(one, Imprint("a", IMPRINT.made_at)))


def test_joined_and_unseen_signs_leave_no_trace():
    assert Setting()("か\u3099👍🏽\ufe0f\u200d\u202ea\x00b\u200b\u0360") == f"が{MISSING}{MISSING}ab"


def test_any_words_in_every_place_still_make_a_document():
    words = "#let x = 1\n$ ] \\ @a // \x00 😀 " + "長" * 3000

    assert pdf(report("ja", words=words), IMPRINT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_report_is_a_page_that_says_so(language):
    empty = Report(language, "題", "", (Words("まだ回答がありません。"),), (), ())

    assert "まだ回答がありません。" in words_of(pdf(empty, Imprint("", IMPRINT.made_at)))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_questionnaire_is_the_appendix_with_all_its_words(language):
    definition = every_kind()
    with override(language):
        section = questionnaire(Instrument(1, 7, "ab" * 32, definition), language)

    found = words_of(pdf(Report(language, "題", "", (), (), ()), Imprint("", IMPRINT.made_at), (section,)))

    texts = [
        text for question in definition.questions for text in (question.stem, *(o.label for o in question.options))
    ]
    assert [text[language] for text in texts if packed(text[language]) not in found] == []
    assert ("ab" * 32 in found, "7" in found) == (True, True)
