"""What no reader should send: said in a sentence at the question, in the reader's language; nothing typed is lost."""

from html import escape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.responses.models import Response
from tests.reader.conftest import ANSWER, COVER, Reader

FORM = "application/x-www-form-urlencoded"
SCREENS = {
    1: ("Q1", "Q1L"),
    2: ("Q2-a", "Q2-b"),
    3: ("Q3", "Q3c"),
    4: ("Q4",),
    5: ("Q5",),
    6: ("Q6",),
    7: ("Q7", "Q7-text", "Q8", "Q8-text"),
    8: tuple(f"Q9-{code}" for code in (1, 2, 3, 4, 5, 6, 7, 98)),
    9: ("B1", "B2", "B3"),
}
HIDDEN = ("seen", "visible", "touched", "version", "consent", "prompted", "intent", "key", "carried")
NO_CHOICE = ["abc", "1.5", "true", "1e400", "9" * 5000, "77", "-1", "[1]", "４", "\x00", "null", " ", "4 4", "²"]

TOO_LONG = "Please shorten the text to %(limit)d characters; it has %(length)d."
ONE_PLACE = "Two options share one place. Give each place to one option only."


@pytest.fixture
def answering(reader, inquiry):
    """Past the first screen, so that every other one can be opened."""
    reader.answer(1, Q1="4")
    return reader


def send(reader, step, **fields):
    return reader.send(reader.open(f"{ANSWER}?step={step}"), step, prompted="1", **fields)


@pytest.mark.parametrize(
    ("step", "field"),
    [(1, "Q1"), (2, "Q2-a"), (4, "Q4"), (5, "Q5"), (6, "Q6"), (7, "Q7"), (7, "Q8"), (8, "Q9-1"), (9, "B1"), (9, "B2")],
)
def test_choice_that_is_none_is_marked_at_its_question(answering, step, field):
    question = field.partition("-")[0]
    for value in NO_CHOICE:
        page = send(answering, step, **{field: value})

        if value == " " and page.status_code == 303:
            continue  # a field with nothing in it is a question left blank
        assert (page.status_code, f'id="{question}-error"' in page.content.decode()) == (422, True), value
    assert Response.objects.get().answers.get(question) in (None, 4, 97, {"a": 97, "b": 97})


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("step", "question", "fields", "sentence", "values"),
    [
        (3, "Q3", {"Q3": "長" * 201}, TOO_LONG, (200, 201)),
        (7, "Q8", {"Q8": "7", "Q8-text": "あ" * 81, "Q7": "1"}, TOO_LONG, (80, 81)),
        (8, "Q9", {"Q9-1": "1", "Q9-2": "1"}, ONE_PLACE, ()),
    ],
)
def test_fault_is_said_in_the_readers_language(inquiry, language, step, question, fields, sentence, values):
    reader = Reader(Client(), language)
    reader.answer(1, Q1="4")

    page = send(reader, step, **fields)

    with override(language):
        said = gettext(sentence) % dict(zip(("limit", "length"), values, strict=False))
    text = page.content.decode()
    assert page.status_code == 422
    assert f'<p class="error" id="{question}-error">{escape(said)}</p>' in text
    assert 'role="alert"' in text
    for value in fields.values():
        assert value in text


def test_faulty_question_among_several_is_linked_from_the_top(answering):
    text = send(answering, 7, Q7="1", Q8="7", **{"Q8-text": "x" * 81}).content.decode()

    alert = text.partition('role="alert"')[2].partition("</div>")[0]
    assert alert.count("<a ") == 1
    assert '<a href="#Q8">What worries you most?</a>' in alert


def test_blank_question_among_several_is_linked_from_the_top(answering):
    page = answering.send(answering.open(f"{ANSWER}?step=7"), 7, Q7="1")

    status = page.content.decode().partition('role="status"')[2].partition("</div>")[0]
    assert '<a href="#Q8">What worries you most?</a>' in status
    assert 'href="#Q7"' not in status


def test_fault_in_one_question_keeps_the_answer_to_the_other(answering):
    text = send(answering, 7, Q7="2", Q8="7", **{"Q8-text": "y" * 81}).content.decode()

    assert '<input type="radio" name="Q7" value="2" checked>' in text
    assert '<input type="radio" name="Q8" value="7" checked>' in text
    assert f'value="{"y" * 81}"' in text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("長" * 200, "長" * 200),
        ("👨‍👩‍👧‍👦" * 28, "👨‍👩‍👧‍👦" * 28),
        ("𠮷野家で葛󠄀", "𠮷野家で葛󠄀"),
        ("が", "が"),
        ("一行\r\n二行", "一行\n二行"),
        ("a\u202eb\u2066c", "abc"),
    ],
)
def test_text_within_its_limit_is_kept_as_written(answering, text, kept):
    sent = send(answering, 3, Q3=text)

    assert (sent.status_code, Response.objects.get().answers["Q3"]) == (303, kept)


@pytest.mark.parametrize("text", ["長" * 201, "👨‍👩‍👧‍👦" * 29])
def test_text_that_cannot_be_kept_is_marked_and_stays(answering, text):
    page = send(answering, 3, Q3=text)

    assert page.status_code == 422
    assert 'id="Q3-error"' in page.content.decode()
    assert text in page.content.decode()
    assert "Q3" not in Response.objects.get().answers


def test_text_with_a_sign_that_no_database_keeps_is_marked(answering):
    page = send(answering, 3, Q3="a\x00b")

    assert (page.status_code, 'id="Q3-error"' in page.content.decode()) == (422, True)
    assert "Q3" not in Response.objects.get().answers


@pytest.mark.parametrize(
    "body", [b"Q3=%ff", b"Q3=%ed%a0%80", b"%ff=1", b"Q3=%00%c0%80", "Q3=長".encode("utf-16"), "Q3=長".encode("cp932")]
)
def test_form_that_is_not_utf8_is_refused_and_nothing_is_kept(answering, body):
    hidden = urlencode(answering.hidden(answering.open(f"{ANSWER}?step=3"))).encode()

    page = answering.client.generic("POST", f"{ANSWER}?step=3", hidden + b"&" + body, content_type=FORM)

    assert (page.status_code, b'class="number">400' in page.content) == (400, True)
    assert Response.objects.get().answers == {"Q1": 4}


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "", "application/xml", f"{FORM}; charset=utf-16", f"{FORM}; charset=nonsense"],
)
@pytest.mark.parametrize("path", [f"{ANSWER}?step=1", "/receipt/", f"{COVER}review/"])
def test_content_that_is_no_form_is_refused(answering, path, content_type):
    page = answering.client.generic("POST", path, b'{"Q1": 4}', content_type=content_type)

    assert (page.status_code, b'class="number">415' in page.content) == (415, True)


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8"])
def test_form_in_utf8_is_taken(answering, content_type):
    fields = {**answering.hidden(answering.open(f"{ANSWER}?step=3")), "Q3": "理由", "intent": "next"}

    sent = answering.client.generic("POST", f"{ANSWER}?step=3", urlencode(fields), content_type=content_type)

    assert (sent.status_code, Response.objects.get().answers["Q3"]) == (303, "理由")


@pytest.mark.parametrize("repeated", ["Q4=4&Q4=5", "Q4=4&Q4=4", "pass=x", "intent=next&intent=back"])
def test_field_that_comes_twice_is_refused(answering, repeated):
    hidden = urlencode(answering.hidden(answering.open(f"{ANSWER}?step=4")))

    page = answering.client.generic("POST", f"{ANSWER}?step=4", f"{hidden}&{repeated}", content_type=FORM)

    assert page.status_code == 400
    assert Response.objects.get().answers == {"Q1": 4}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"&".join(b"f%d=1" % number for number in range(600)), FORM),
    ],
    ids=["boundary", "part", "fields"],
)
def test_broken_form_is_no_error_of_ours(answering, body, content_type):
    page = answering.client.generic("POST", f"{ANSWER}?step=1", body, content_type=content_type)

    assert page.status_code in {400, 403}
    assert len(page.content) < 8000


@pytest.mark.parametrize(
    "cookies",
    [
        {f"c{number}": "x" * 20 for number in range(200)},
        {"toikake": "forged"},
        {"toikake": "A" * 48, "toikake-receipt": "forged:1:2", "toikake-staff": "x" * 500},
        {"toikake": "é\x7f", "toikake-receipt": ""},
    ],
    ids=["many", "forged", "all", "odd"],
)
@pytest.mark.parametrize("path", [COVER, f"{ANSWER}?step=1", f"{COVER}review/", f"{COVER}results/", "/receipt/", "/"])
def test_odd_cookies_make_a_newcomer(inquiry, cookies, path):
    client = Client(HTTP_COOKIE="; ".join(f"{name}={value}" for name, value in cookies.items()))

    assert client.get(path).status_code in {200, 302}


MARKUP = ["<script>alert(1)</script>", "{{7*7}}{% now 'Y' %}", 'javascript:alert(1)" onload="x', "<!--own Q3--><b>"]


@pytest.mark.parametrize("text", MARKUP)
def test_words_of_a_reader_are_never_markup_on_any_page(answering, inquiry, text):
    send(answering, 3, Q3=text)
    send(answering, 7, Q7="7", Q8="1", **{"Q7-text": text})
    paths = [f"{ANSWER}?step=3", f"{ANSWER}?step=7", f"{COVER}review/", f"{COVER}results/"]

    pages = [answering.open(path).content.decode() for path in paths]
    faulty = send(answering, 3, Q3=text + "x" * 200).content.decode()

    for page in [*pages[:3], faulty]:
        assert escape(text) in page
    for page in [*pages, faulty]:
        assert text not in page


values = st.one_of(
    st.sampled_from(
        [*NO_CHOICE, "1", "2", "3", "7", "97", "98", "99", "x", "true", "on", "", "=1+1", "\ufeff", "\u202ea"]
    ),
    st.text(max_size=250),
    st.integers().map(str),
)


@pytest.mark.parametrize("step", SCREENS)
@pytest.mark.parametrize("intent", ["next", "back", "save"])
def test_whatever_a_form_says_is_answered_in_a_sentence(answering, step, intent):
    hidden = answering.hidden(answering.open(f"{ANSWER}?step={step}"))
    names = st.sampled_from([*SCREENS[step], *HIDDEN])

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(fields=st.dictionaries(names, values, max_size=6))
    def send_anything(fields):
        body = urlencode({"intent": intent, **hidden, **fields}, errors="surrogatepass")

        page = answering.client.generic("POST", f"{ANSWER}?step={step}", body, content_type=FORM)

        assert page.status_code in {200, 303, 400, 409, 422}
        if page.status_code == 422 and not page.headers["Content-Type"].startswith("application/json"):
            assert 'class="error"' in page.content.decode()
            assert 'role="alert"' in page.content.decode()

    send_anything()
