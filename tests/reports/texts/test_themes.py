"""Themes and quotes of a report: counted from what two people saw, chosen by lot."""

import numpy as np
import pytest

from apps.accounts.models import Role
from apps.analysis.coders import coded_by_both, kappa
from apps.inquiries.privacy import PROFILES
from apps.reports.report.gathering import gather
from apps.reports.texts.content import DESK_SUPPORT
from apps.reports.texts.part import content, inputs
from apps.reports.texts.quoted import quotes_content, within_themes
from apps.reports.texts.themes import agreement, content_of
from apps.responses.actions import erase_response
from apps.responses.code_books import add_codes, book_of, open_book
from apps.responses.coding import Coded, all_codings, code_text, next_text
from apps.responses.models import QuoteState
from apps.responses.quotes import Offered, decide_quote, offered_texts
from tests.accounts.cast import member, publication
from tests.reports.factories import answer_as
from tests.responses.factories import make_identity, make_inquiry

pytestmark = pytest.mark.django_db

READERS = 30


@pytest.fixture
def inquiry():
    inquiry = make_inquiry("bridge", publication=publication())
    for reader in range(READERS):
        answer_as(inquiry, reader, {"Q1": 1 + 4 * (reader % 2), "Q3": f"理由の{reader:02}番", "Q3c": reader < 20})
    return inquiry


@pytest.fixture
def coders():
    return [member(Role.ANALYST, named="ann"), member(Role.MODERATOR, named="ben")]


@pytest.fixture
def book(inquiry, coders):
    open_book(inquiry=inquiry, question="Q3", by=coders[0])
    add_codes(book=book_of(inquiry.pk, "Q3"), codes=[({"ja": "甲"}, ""), ({"ja": "乙"}, "")], by=coders[0])
    return book_of(inquiry.pk, "Q3")


def number(words):
    return int(words[3:5])


def code_all(book, coder, codes):
    while text := next_text(book, coder):
        code_text(book=book, handle=text.handle, codes=codes(number(text.words)), by=coder)


def clear(inquiry, by, most):
    for text in offered_texts(inquiry.pk, "Q3", "Q3c", state="waiting", most=most):
        decide_quote(
            inquiry=inquiry, question="Q3", consent="Q3c", handle=text.handle, seen="waiting", by=by,
            state=QuoteState.APPROVED,
        )  # fmt: skip


def test_themes_are_counted_of_texts_on_which_it_is_known(book, coders):
    ann, ben = coders
    code_all(book, ann, lambda number: [1] if number < 20 else [])
    code_all(book, ben, lambda number: [1] if number < 16 else [])

    found = content_of(book)

    assert (found["texts"], found["open"], found["settled"]) == (26, 4, 0)
    assert found["themes"] == {"counts": {"1": 16, "2": 0}, "shares": {"1": 0.6154, "2": 0.0}}
    told = found["agreement"]
    assert (told["texts"], told["of"], told["people"]) == (30, 30, 2)
    assert told["alike"] == pytest.approx(26 / 30)
    assert told["codes"]["2"]["kappa"] is None  # nobody ever saw it


def test_kappa_of_a_theme_is_cohens(book, coders):
    ann, ben = coders
    code_all(book, ann, lambda number: [1] if number < 20 else [])
    code_all(book, ben, lambda number: [1] if number < 16 else [])

    told = content_of(book)["agreement"]["codes"]["1"]["kappa"]

    expected = kappa(coded_by_both(np.arange(30) < 20, np.arange(30) < 16, 2))
    assert told == [round(each, 4) for each in (expected.coefficient, expected.low, expected.high)]


def test_with_a_third_person_there_is_no_kappa_but_alpha():
    codings = [
        Coded("a", ((1, (1,)), (2, (1,))), None),
        Coded("b", ((1, (2,)), (3, (1,))), None),
        Coded("c", ((2, (2,)), (3, (2,))), None),
    ]

    found = agreement(codings, [1, 2])

    assert (found["people"], found["whole"]["kappa"]) == (3, None)
    assert found["whole"]["alpha"][0] == pytest.approx(1 - (2 / 6) / (2 * 3 * 3 / 30), abs=1e-4)


def test_nobody_has_coded_twice(book, coders):
    code_all(book, coders[0], lambda _number: [1])

    assert content_of(book)["agreement"] is None


def test_the_public_reads_of_no_theme_with_fewer_than_ten_texts(book, coders):
    code_all(book, coders[0], lambda number: [1] if number < 21 else [2])

    found = content_of(book, PROFILES["standard"])

    assert found["themes"] == {"counts": {"1": 21, "2": None}, "shares": {"1": 0.7, "2": None}}
    assert (found["open"], found["settled"]) == (None, None)


def test_quotes_come_by_lot_and_by_theme(inquiry, book, coders):
    ann, _ben = coders
    clear(inquiry, ann, 15)
    code_all(book, ann, lambda number: [1 + number % 2])

    found = quotes_content(inquiry.pk, "Q3", "Q3c", seed=1)

    assert (found["rule"], found["cleared"], len(found["quotes"])) == ("by_theme", 15, 10)
    assert {each["theme"] for each in found["quotes"]} == {1, 2}
    assert found == quotes_content(inquiry.pk, "Q3", "Q3c", seed=1)
    assert found["quotes"] != quotes_content(inquiry.pk, "Q3", "Q3c", seed=2)["quotes"]


def test_only_cleared_texts_are_ever_quoted(inquiry, coders):
    clear(inquiry, coders[0], 3)
    approved = {text.handle for text in offered_texts(inquiry.pk, "Q3", "Q3c", state="approved")}

    found = quotes_content(inquiry.pk, "Q3", "Q3c", seed=1)

    assert found["rule"] == "by_lot"
    assert {each["text"] for each in found["quotes"]} == approved
    assert quotes_content(inquiry.pk, "Q3", "", seed=1) is None


def test_the_same_words_are_quoted_once():
    texts = [Offered(handle, "はい", "ja", "approved", "", (), None, None) for handle in "ab"]

    assert len(within_themes(texts, {})) == 1


def test_each_theme_has_its_turn():
    texts = [Offered(handle, handle, "ja", "approved", "", (), None, None) for handle in "abcdefg"]
    themes = {"a": [1], "b": [1], "c": [1], "d": [2], "e": [2, 1]}

    chosen = within_themes(texts, themes, most=4)

    assert [(text.handle, theme) for text, theme in chosen] == [("a", 1), ("b", 1), ("d", 2), ("f", None)]


def test_part_of_the_report_holds_all_three_and_forgets_who_erased(inquiry, book, coders):
    ann, ben = coders
    clear(inquiry, ann, 20)
    for coder in (ann, ben):
        code_all(book, coder, lambda number: [1 + number % 2])
    for reader in range(15, 30):
        erase_response(pseudonym=make_identity(inquiry, f"reader {reader:08}".encode()).pseudonym)
    material = gather(inquiry)

    found = inputs(inquiry, material)

    assert [(each["words"]["wrote"], each["themes"]["texts"], each["quotes"]["cleared"]) for each in found] == [
        (15, 15, 15)
    ]
    assert len(all_codings(book)) == 15
    assert content(gather(inquiry, inputs={"texts": found})) == {"questions": found}


def test_part_is_left_out_where_hardly_anybody_wrote(inquiry):
    for reader in range(5, READERS):
        erase_response(pseudonym=make_identity(inquiry, f"reader {reader:08}".encode()).pseudonym)
    material = gather(inquiry)

    assert DESK_SUPPORT == 5
    assert inputs(inquiry, material) == []
    assert content(gather(inquiry, inputs={"texts": []})) is None
