import pytest

from tests.reader.conftest import ANSWER, COVER


@pytest.mark.parametrize("path", [COVER, f"{COVER}about/", f"{COVER}thanks/", "/", "/privacy/"])
def test_reading_page_refuses_other_methods(reader, inquiry, path):
    page = reader.client.post(path)

    assert (page.status_code, page.headers["Allow"]) == (405, "GET, HEAD")
    assert b'class="number">405' in page.content


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_answer_takes_reading_and_posting_only(reader, inquiry, method):
    page = getattr(reader.client, method)(f"{ANSWER}?step=1")

    assert (page.status_code, page.headers["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("path", ["/nothing/", "/q/none/", "/q/none/answer/?step=1", "/q/none/review/"])
def test_unknown_address_is_a_page_of_ours(reader, db, path):
    page = reader.open(path)

    assert page.status_code == 404
    assert b'class="number">404' in page.content


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/q/one-founder-ai", "/q/one-founder-ai/"),
        ("/q/one-founder-ai/results?lang=en", "/q/one-founder-ai/results/?lang=en"),
        ("/receipt", "/receipt/"),
        ("/desk", "/desk/"),
        ("/admin", "/admin/"),
    ],
)
def test_address_typed_without_its_last_stroke_leads_on(reader, db, path, to):
    page = reader.open(path)

    assert (page.status_code, page.headers["Location"]) == (301, to)


@pytest.mark.parametrize("path", [f"/q/{'a' * 3000}/", f"/nothing/?{'a' * 3000}"])
def test_error_page_stays_short(reader, db, path):
    page = reader.open(path)

    assert page.status_code == 404
    assert len(page.content) <= 2048


@pytest.mark.parametrize("path", ["/", COVER, f"{ANSWER}?step=1", "/nothing/"])
def test_address_with_a_thousand_parameters_is_a_page_of_ours(reader, inquiry, path):
    many = "&".join(f"a{number}=1" for number in range(1001))

    page = reader.open(f"{path}{'&' if '?' in path else '?'}{many}")

    assert page.status_code == 400
    assert b'class="number">400' in page.content
    assert len(page.content) <= 2048


def test_body_over_the_limit_is_refused_before_it_is_read(reader, inquiry):
    page = reader.client.post(f"{ANSWER}?step=1", {"Q3": "x" * 70_000})

    assert page.status_code == 413
    assert b'class="number">413' in page.content


@pytest.mark.parametrize("query", ["step=1&step=2", "step=%ff", "step=1%00"])
def test_unreadable_query_is_a_page_of_ours(reader, inquiry, query):
    page = reader.open(f"{ANSWER}?{query}")

    assert page.status_code == 400
    assert b'class="number">400' in page.content


@pytest.mark.parametrize("language", ["ja", "en"])
def test_error_page_speaks_the_readers_language(client, db, language):
    page = client.get("/nothing/", HTTP_ACCEPT_LANGUAGE=language)

    assert f'<html lang="{language}">'.encode() in page.content


BAD_ANSWERS = ["abc", "1.5", "true", "1e400", "9" * 5000, "6", "-1", "[1]", "４", "\x00", "null"]


@pytest.mark.parametrize("value", BAD_ANSWERS)
def test_bad_choice_names_the_question_and_keeps_nothing(reader, inquiry, value):
    page = reader.send(reader.open(), Q1=value)

    assert page.status_code == 422
    assert b'id="Q1-error"' in page.content
    assert inquiry.responses.count() == 0


@pytest.mark.parametrize("version", ["", "x", "0", "999", "-1", "9" * 40, "é"])
def test_unknown_version_is_read_by_the_published_one(reader, inquiry, version):
    fields = {**reader.hidden(reader.open()), "version": version, "Q1": "4", "intent": "next"}

    assert reader.client.post(f"{ANSWER}?step=1", fields).status_code == 303


def test_unknown_fields_of_a_form_change_nothing(reader, inquiry):
    page = reader.open()

    reader.send(page, Q1="4", weight="1000", is_staff="true", Q99="1", finished="true")

    response = inquiry.responses.get()
    assert (response.answers, response.finished) == ({"Q1": 4}, False)


def test_robots_may_read_questions_and_not_the_desk(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /desk/\n" in text
    assert "/q/" not in text


def test_old_browsers_find_an_icon(client, db):
    assert client.get("/favicon.ico").headers["Location"].endswith(".svg")
