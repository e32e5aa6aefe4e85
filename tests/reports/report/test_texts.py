"""The part of a report that tells what readers wrote."""

import pytest

from apps.accounts.models import Role
from apps.reports.calculations.asking import watermark
from apps.reports.documents.editions import key_of
from apps.reports.report.blocks import Figure, Quotes, Words
from apps.responses.actions import erase_response
from apps.responses.code_books import add_codes, book_of, open_book
from apps.responses.coding import code_text, next_text
from apps.responses.consents import take_back_consent
from apps.responses.models import QuoteState, Response
from apps.responses.quotes import decide_quote, offered_texts
from tests.accounts.cast import member
from tests.desk.texts import written_on
from tests.reports.report.factories import content_of, published, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return written_on(48)


def section(report):
    return next(each for each in report.sections if each.id == "texts")


def quoted(inquiry, content):
    blocks = section(told(inquiry, content=content)).blocks
    return [words for block in blocks if isinstance(block, Quotes) for words, _theme in block.quotes]


def report_page(client):
    return client.get("/q/bridge/report/1/").content.decode()


def clear_all(inquiry, by):
    for text in offered_texts(inquiry.pk, "Q3", "Q3c", state="waiting", most=100):
        state = QuoteState.APPROVED
        decide_quote(
            inquiry=inquiry, question="Q3", consent="Q3c", handle=text.handle, seen="waiting", by=by, state=state
        )


def coded_by_two(inquiry):
    coders = [member(Role.ANALYST, named=name) for name in ("ann", "ben")]
    open_book(inquiry=inquiry, question="Q3", by=coders[0])
    codes = [({"ja": "夢", "en": "Dreams"}, ""), ({"ja": "歯止め", "en": "Checks"}, "")]
    add_codes(book=book_of(inquiry.pk, "Q3"), codes=codes, by=coders[0])
    book = book_of(inquiry.pk, "Q3")
    for coder in coders:
        while text := next_text(book, coder):
            code_text(book=book, handle=text.handle, codes=[1 if "夢" in text.words else 2], by=coder)
    return coders


def test_words_typical_of_each_side_and_words_that_stand_together(inquiry):
    blocks = section(told(inquiry)).blocks

    opening, low, high, pairs = blocks
    assert isinstance(opening, Words)
    assert "48 of 48 who saw it wrote something" in opening.text
    assert [each.id for each in (low, high, pairs)] == ["Q3-words-low", "Q3-words-high", "Q3-network"]
    assert low.headline == "Words typical of those who answered “Undesirable / Somewhat undesirable”"
    assert {row[0] for row in low.table.rows} == {"歯止め (not)", "力", "集まる", "怖い"}
    assert {row[2] for row in low.table.rows} == {"24"}
    assert all(mark.at for row in pairs.chart.rows for mark in row.marks)


def test_themes_with_kappa_and_quotes_with_their_rule(inquiry):
    ann, _ben = coded_by_two(inquiry)
    clear_all(inquiry, ann)

    blocks = section(told(inquiry)).blocks

    themes = next(block for block in blocks if isinstance(block, Figure) and block.id == "Q3-themes")
    quotes = next(block for block in blocks if isinstance(block, Quotes))
    assert themes.table.rows == (("Dreams", "50%", "24", "1.00"), ("Checks", "50%", "24", "1.00"))
    assert themes.notes[0] == (
        "48 of 48 texts were coded by two people who did not see each other's codes; 100% exactly alike."
    )
    assert len(quotes.quotes) == 10
    assert "10 of 48 texts" in quotes.rule
    assert "(seed 1)" in quotes.rule
    assert [theme for _words, theme in quotes.quotes] == ["Dreams"] * 5 + ["Checks"] * 5


def test_nobody_is_quoted_who_was_not_cleared(inquiry):
    content = content_of(inquiry)

    assert content["parts"]["texts"]["questions"][0]["quotes"] is None
    assert "力が集まるのは怖い" not in str(content)


@pytest.mark.parametrize("gone", ["erased", "taken back"])
def test_a_published_report_quotes_nobody_who_took_their_words_back(client, inquiry, gone):
    clear_all(inquiry, member(Role.ANALYST))
    frozen = published(inquiry)
    first, *others = quoted(inquiry, frozen.content)
    writer = Response.objects.get(answers__Q3=first).pk
    before = first in str(frozen.content), first in report_page(client), key_of(frozen, inquiry, "ja")

    if gone == "erased":
        erase_response(pseudonym=writer)
    else:
        take_back_consent(pseudonym=writer, consent="Q3c")

    after = first in str(frozen.content), first in report_page(client)
    assert (before[:2], after) == ((False, True), (False, False))
    assert quoted(inquiry, frozen.content) == others
    assert key_of(frozen, inquiry, "ja") != before[2]


def test_a_report_of_former_times_kept_words_and_tells_those_that_may_be_told(inquiry):
    clear_all(inquiry, member(Role.ANALYST))
    content = content_of(inquiry)
    first, second, *_others = quoted(inquiry, content)
    kept = [{"words": words, "language": "ja", "theme": None} for words in (first, second)]
    content["parts"]["texts"]["questions"][0]["quotes"]["quotes"] = kept

    erase_response(pseudonym=Response.objects.get(answers__Q3=first).pk)

    assert quoted(inquiry, content) == [second]


def test_quotes_are_found_again_after_the_secret_was_changed(inquiry, settings):
    clear_all(inquiry, member(Role.ANALYST))
    content = content_of(inquiry)
    before = quoted(inquiry, content)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of more than 32 letters", [settings.SECRET_KEY]

    assert (len(before), quoted(inquiry, content)) == (10, before)


def test_report_speaks_japanese(inquiry):
    coded_by_two(inquiry)

    said = section(told(inquiry, "ja"))

    assert said.title == "自由回答から"
    assert "歯止め（否定）" in {row[0] for row in said.blocks[1].table.rows}


def test_what_staff_say_about_texts_makes_what_was_counted_old(inquiry):
    marks = [watermark(inquiry.pk)]
    ann, _ben = coded_by_two(inquiry)
    marks.append(watermark(inquiry.pk))
    clear_all(inquiry, ann)
    marks.append(watermark(inquiry.pk))

    assert len(set(marks)) == 3
