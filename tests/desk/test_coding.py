"""Code books and coding on the desk: by hand, by file, by two."""

from contextlib import suppress
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import Role
from apps.desk.texts.book_file import FileFault, read_codes
from apps.reports.calculations.making import work_out
from apps.reports.models import Calculation
from apps.responses.code_books import book_of
from apps.responses.coding import all_codings, next_text
from apps.responses.models import Code, CodeBook, Coding
from tests.accounts.cast import confirmed, member
from tests.desk.texts import DESK, reader_of_texts, written_on
from tests.reports.factories import answer_as

pytestmark = pytest.mark.django_db

LIST, BOOK, CODE, COMPARE = (f"{DESK}coding/{rest}" for rest in ("", "Q3/book/", "Q3/code/", "Q3/compare/"))
SPEED = {"act": "add", "label_ja": "速さ", "label_en": "Speed", "description": "速く進むこと"}


@pytest.fixture
def inquiry():
    return written_on(4)


def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def desk(inquiry):
    return in_english(confirmed(member(Role.AUTHOR)))


def labels():
    return [(code.number, code.label, code.description, code.retired) for code in Code.objects.order_by("number")]


def file(content, name="codes.csv"):
    return {"act": "import", "file": SimpleUploadedFile(name, content)}


def test_a_theme_is_added_changed_and_retired(desk):
    desk.post(BOOK, SPEED)
    changed = {
        "act": "change",
        "number": "1",
        "label_ja": "スピード",
        "label_en": "",
        "description": "",
        "retired": "on",
    }
    desk.post(BOOK, changed)

    assert labels() == [(1, {"ja": "スピード"}, "", True)]
    assert "No longer offered" in desk.get(BOOK).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"label_ja": " "}, "Please give the theme a name."),
        ({"label_ja": "長" * 10_000}, "80 characters"),
        ({"label_en": "x" * 81}, "80 characters"),
        ({"description": "長" * 501}, "500 characters"),
        ({"label_ja": "a\x00b"}, "cannot be kept"),
    ],
)
def test_a_theme_with_a_fault_is_refused_in_place(desk, changes, sentence):
    page = desk.post(BOOK, SPEED | changes)

    assert page.status_code == 422
    assert sentence in unescape(page.content.decode())
    assert labels() == []


def test_themes_come_from_a_file_and_leave_as_one(desk):
    desk.post(
        BOOK, file("label_ja,label_en,description\r\n速さ,Speed,\r\n責任,,だれが答えるか\r\n".encode("utf-8-sig"))
    )
    out = b"".join(desk.get(f"{BOOK}file/")).decode("utf-8-sig")

    assert labels() == [(1, {"ja": "速さ", "en": "Speed"}, "", False), (2, {"ja": "責任"}, "だれが答えるか", False)]
    assert (
        out
        == '"number","label_ja","label_en","description"\r\n"1","速さ","Speed",""\r\n"2","責任","","だれが答えるか"\r\n'
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "empty"),
        (b"label_ja,colour\na,b\n", "Line 1, column 2"),
        (b"label_en\na\n", "Line 1"),
        (b"label_ja,label_ja\na,b\n", "Line 1, column 2"),
        ("label_ja,description\n速さ,\n\n責任,a,b\n".encode(), "Line 4, column 3"),
        ("label_ja,label_en\n速さ,Speed\n,Empty\n".encode(), "Line 3, column 1"),
        (("label_ja\n" + "長" * 10_000 + "\n").encode(), "Line 2, column 1"),
        (b"label_ja\n\xff\xfe\n", "Line 2, column 1"),
        (b'label_ja\n"open\n', "Line 2"),
        (b"label_ja\n", "Line 1"),
        (b"label_ja\na\x00b\n", "Line 2"),
        (b"label_ja\n" + b"".join(b"a%d\n" % number for number in range(61)), "Line 62"),
        ("label_en,label_ja\nSpeed,速さ\nSame,速さ\n".encode(), "Line 3, column 2"),
        ("label_ja\nＳｐｅｅｄ\n speed \n".encode(), "Line 3, column 1"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place(desk, content, place):
    page = desk.post(BOOK, file(content))

    assert page.status_code == 422
    assert place in unescape(page.content.decode())
    assert labels() == []


def test_two_themes_never_have_one_name(desk):
    desk.post(BOOK, SPEED)
    desk.post(BOOK, SPEED | {"label_ja": "責任"})
    again = [
        desk.post(BOOK, SPEED | {"label_en": "Pace"}),
        desk.post(BOOK, file("label_ja\n安全\n速さ\n".encode())),
        desk.post(BOOK, SPEED | {"act": "change", "number": "2"}),
    ]

    assert [page.status_code for page in again] == [422] * 3
    assert all("here is a theme “速さ” already." in unescape(page.content.decode()) for page in again)
    assert [label["ja"] for _number, label, _description, _retired in labels()] == ["速さ", "責任"]
    assert desk.post(BOOK, SPEED | {"act": "change", "number": "1", "label_en": "Pace"}).status_code == 302


@given(st.binary(max_size=300))
def test_any_bytes_are_a_book_or_a_fault(raw):
    for content in (raw, b"label_ja\n" + raw):
        with suppress(FileFault):
            assert all(label["ja"] for label, _description in read_codes(content, ["ja", "en"]))


def test_moderators_look_at_the_book_and_code_but_do_not_change_it(desk, inquiry):
    desk.post(BOOK, SPEED)
    moderator = reader_of_texts(member(Role.MODERATOR), to="code")

    assert "Add a theme" not in moderator.get(BOOK).content.decode()
    assert moderator.post(BOOK, SPEED).status_code == 403
    assert "Which themes are in it?" in moderator.get(CODE).content.decode()


def coder(name, role=Role.ANALYST):
    user = member(role, named=name)
    return user, reader_of_texts(user, to="code")


def code_all(client, user, codes):
    book = book_of(CodeBook.objects.get().inquiry_id, "Q3")
    while text := next_text(book, user):
        client.post(CODE, {"handle": text.handle, "codes": codes(text.words)})


def test_two_code_one_after_the_other_and_differences_are_settled(desk, inquiry):
    desk.post(BOOK, SPEED)
    desk.post(BOOK, SPEED | {"label_ja": "責任", "label_en": "Responsibility"})
    (ann, at_anns), (ben, at_bens) = coder("ann"), coder("ben", Role.MODERATOR)
    code_all(at_anns, ann, lambda words: [1])
    early = in_english(at_anns).get(COMPARE, follow=True).content.decode()
    code_all(at_bens, ben, lambda words: [1, 2] if "夢" in words else [1])
    page = unescape(at_anns.get(COMPARE).content.decode())
    differing = [each for each in all_codings(book_of(inquiry.pk, "Q3")) if each.differ]
    at_anns.post(COMPARE, {"handle": differing[0].handle, "codes": [2]})

    assert "compared when both are done" in early
    assert page.count("夢がある") == len(differing) == 2
    assert "Speed · Responsibility" in page
    assert Coding.objects.get(settles=True).codes == [2]
    assert at_anns.get(f"{COMPARE}?settled=1").content.decode().count("夢がある") == 1


def test_list_tells_themes_only_when_both_are_done(desk, inquiry):
    desk.post(BOOK, SPEED)
    (ann, at_anns), (ben, at_bens) = coder("ann"), coder("ben")
    code_all(at_anns, ann, lambda words: [1] if "夢" in words else [])
    before = desk.get(LIST).content.decode()
    code_all(at_bens, ben, lambda words: [1] if "夢" in words else [])
    desk.get(LIST)
    work_out(calculation_id=Calculation.objects.get(kind="themes").pk)
    after = unescape(desk.get(LIST).content.decode())

    assert "until then nobody should know" in before
    assert Calculation.objects.filter(kind="themes").count() == 1
    assert '<td class="n">50%</td><td class="n">2</td><td class="n">1.00</td>' in after
    assert "4 of 4 texts were coded by two people" in after


def test_last_text_can_be_looked_at_again(desk, inquiry):
    desk.post(BOOK, SPEED)
    _ann, client = coder("ann")
    text = next_text(book_of(inquiry.pk, "Q3"), _ann)
    done = client.post(CODE, {"handle": text.handle, "codes": [1]})
    again = client.get(f"{CODE}?text={text.handle}").content.decode()

    assert done.headers["Location"] == f"{CODE}?after={text.handle}"
    assert 'value="1" checked' in again
    assert text.words in unescape(again)


@pytest.mark.parametrize("sent", [{"handle": "x"}, {}, {"codes": ["9"]}, {"codes": ["x"]}, {"handle": "0" * 20}])
def test_bad_codings_are_told_and_change_nothing(desk, inquiry, sent):
    desk.post(BOOK, SPEED)
    ann, client = coder("ann")
    good = {"handle": next_text(book_of(inquiry.pk, "Q3"), ann).handle, "codes": ["1"]}

    page = client.post(CODE, {**good, **sent} if sent else {})

    assert page.status_code in {409, 422}
    assert 'role="alert"' in page.content.decode()
    assert not Coding.objects.exists()


def test_questions_that_are_not_answered_by_writing_have_no_book(desk):
    assert [desk.get(BOOK.replace("Q3", name)).status_code for name in ("Q1", "nothing")] == [404, 404]
    assert desk.post(BOOK, {"act": "change", "number": "7", **SPEED} | {"act": "change"}).status_code == 404
    assert desk.post(BOOK, {"act": "share", "double_share": "5"}).status_code == 422


def test_pages_ask_the_database_as_often_for_many_texts_as_for_one(desk, inquiry):
    desk.post(BOOK, SPEED)
    ann, at_anns = coder("ann")
    ben, at_bens = coder("ben")
    counted = []
    for readers in (range(1), range(20, 45)):
        for reader in readers:
            answer_as(inquiry, reader, {"Q1": 4, "Q3": f"理由 {reader}"})
        code_all(at_anns, ann, lambda words: [])
        code_all(at_bens, ben, lambda words: [1])
        for page in (LIST, CODE, COMPARE):
            at_anns.get(page)
        with CaptureQueriesContext(connection) as found:
            shown = [at_anns.get(page).status_code for page in (LIST, CODE, COMPARE)]
        assert shown == [200, 200, 200]
        counted.append(len(found))

    assert counted[0] == counted[1]
