"""The way of a reader without JavaScript, screen by screen."""

from apps.responses.models import Response, ResponseLog
from tests.reader.conftest import ANSWER, COVER

ALL = [
    {"Q1": "4"},
    {"Q2-a": "3", "Q2-b": "2"},
    {"Q3": "理由です", "Q3c": "true"},
    {"Q4": "5"},
    {"Q5": "1"},
    {"Q6": "3"},
    {"Q7": "7", "Q7-text": "別のこと", "Q8": "2"},
    {"Q9-3": "1", "Q9-1": "2"},
    {"B1": "3", "B2": "1", "B3": "99"},
]
STORED = {
    "Q1": 4,
    "Q2": {"a": 3, "b": 2},
    "Q3": "理由です",
    "Q3c": True,
    "Q4": 5,
    "Q5": 1,
    "Q6": 3,
    "Q7": {"code": 7, "text": "別のこと"},
    "Q8": 2,
    "Q9": [3, 1],
    "B1": 3,
    "B2": 1,
    "B3": 99,
}


def answer_all(reader):
    for step, answers in enumerate(ALL, 1):
        sent = reader.answer(step, **answers)
        assert sent.status_code == 303
    return sent


def test_whole_way_stores_every_answer_in_one_row(reader, inquiry):
    last = answer_all(reader)
    sent = reader.client.post(f"{COVER}review/", {**reader.hidden(reader.open(f"{COVER}review/")), "intent": "send"})

    response = Response.objects.get()
    assert last.headers["Location"] == f"{COVER}review/"
    assert sent.headers["Location"] == f"{COVER}thanks/"
    assert response.answers == STORED
    assert (response.status, response.finished, response.screen) == ("complete", True, 9)
    assert ResponseLog.objects.count() == response.revision == 10


def test_first_answer_gives_the_cookie_and_keeps_it_from_scripts(reader, inquiry):
    sent = reader.answer(1, Q1="4")

    cookie = sent.cookies["toikake"]
    assert sent.headers["Location"] == f"{ANSWER}?step=2"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_next_screen_sets_no_second_cookie(reader, inquiry):
    reader.answer(1, Q1="4")

    assert reader.answer(2, **{"Q2-a": "1", "Q2-b": "1"}).cookies == {}


def test_screen_comes_back_with_what_was_answered(reader, inquiry):
    reader.answer(1, Q1="4")

    text = reader.open(f"{ANSWER}?step=1").content.decode()

    assert '<input type="radio" name="Q1" value="4" checked>' in text


def test_order_of_options_stays_the_same_for_a_reader(reader, inquiry):
    reader.answer(1, Q1="4")

    orders = set()
    for _ in range(4):
        text = reader.open(f"{ANSWER}?step=6").content.decode()
        orders.add(tuple(part.split('"')[0] for part in text.split('name="Q6" value="')[1:]))

    assert len(orders) == 1


def test_first_answer_keeps_the_order_that_the_page_showed(reader, inquiry):
    page = reader.open()
    shown = [part.split('"')[0] for part in page.content.decode().split('name="Q1" value="')[1:]]

    reader.send(page, Q1="4")

    coins = Response.objects.get().participant.coins
    assert shown == (["1", "2", "3", "4", "5", "98"] if coins["dir_main"] else ["5", "4", "3", "2", "1", "98"])


def test_blank_question_is_asked_for_once_and_then_let_go(reader, inquiry):
    prompted = reader.send(reader.open())
    gone_on = reader.send(prompted)

    assert prompted.status_code == 200
    assert b'role="status"' in prompted.content
    assert b'href="#Q1"' not in prompted.content  # it is right below
    assert inquiry.responses.get().answers == {"Q1": 97}
    assert gone_on.headers["Location"] == f"{ANSWER}?step=2"


def test_optional_question_is_never_asked_for(reader, inquiry):
    reader.answer(1, Q1="4")

    sent = reader.send(reader.open(f"{ANSWER}?step=3"), 3)

    assert sent.headers["Location"] == f"{ANSWER}?step=4"


def test_prompt_keeps_the_answer_to_the_other_question(reader, inquiry):
    reader.answer(1, Q1="4")

    prompted = reader.send(reader.open(f"{ANSWER}?step=7"), 7, Q7="7", **{"Q7-text": "海の底"})

    text = prompted.content.decode()
    assert prompted.status_code == 200
    assert '<input type="radio" name="Q7" value="7" checked>' in text
    assert 'value="海の底"' in text


def test_follow_up_comes_on_the_same_screen_without_scripts(reader, inquiry):
    sent = reader.answer(1, Q1="3")
    again = reader.open(f"{ANSWER}?step=1")
    gone_on = reader.send(again, 1, Q1="3", Q1L="2")

    assert sent.headers["Location"] == f"{ANSWER}?step=1#Q1L"
    assert gone_on.headers["Location"] == f"{ANSWER}?step=2"
    assert inquiry.responses.get().answers == {"Q1": 3, "Q1L": 2}


def test_follow_up_that_was_seen_may_stay_blank(reader, inquiry):
    reader.answer(1, Q1="3")

    gone_on = reader.send(reader.open(f"{ANSWER}?step=1"), 1, Q1="3")

    assert gone_on.headers["Location"] == f"{ANSWER}?step=2"
    assert inquiry.responses.get().answers == {"Q1": 3, "Q1L": 97}


def test_answer_to_a_follow_up_goes_with_its_reason(reader, inquiry):
    reader.answer(1, Q1="3")
    reader.send(reader.open(f"{ANSWER}?step=1"), 1, Q1="3", Q1L="2")

    reader.send(reader.open(f"{ANSWER}?step=1"), 1, Q1="5", Q1L="2")

    assert inquiry.responses.get().answers == {"Q1": 5}


def test_back_saves_what_is_there_and_asks_for_nothing(reader, inquiry):
    reader.answer(1, Q1="4")

    sent = reader.send(reader.open(f"{ANSWER}?step=2"), 2, intent="back", **{"Q2-a": "3"})

    assert sent.headers["Location"] == f"{ANSWER}?step=1"
    assert inquiry.responses.get().answers["Q2"]["a"] == 3


def test_too_long_text_comes_back_whole_with_the_question_marked(reader, inquiry):
    reader.answer(1, Q1="4")
    text = "長" * 201

    sent = reader.send(reader.open(f"{ANSWER}?step=3"), 3, Q3=text)

    page = sent.content.decode()
    assert sent.status_code == 422
    assert text in page
    assert 'id="Q3-error"' in page
    assert 'aria-invalid="true"' in page
    assert "Q3" not in inquiry.responses.get().answers


def test_text_of_a_reader_is_never_markup(reader, inquiry):
    reader.answer(1, Q1="4")
    text = "<script>alert(1)</script>{{7*7}}"

    reader.send(reader.open(f"{ANSWER}?step=3"), 3, Q3=text)

    page = reader.open(f"{COVER}review/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_edit_from_the_review_leads_back_to_it(reader, inquiry):
    answer_all(reader)

    page = reader.open(f"{ANSWER}?step=4&to=review")
    sent = reader.send(page, 4, to="review", Q4="1")

    assert sent.headers["Location"] == f"{COVER}review/"
    assert inquiry.responses.get().answers["Q4"] == 1


def test_review_without_answers_leads_to_the_cover(reader, inquiry):
    assert reader.open(f"{COVER}review/").headers["Location"] == COVER
    assert reader.open(f"{COVER}thanks/").headers["Location"] == COVER


def test_thanks_before_sending_leads_to_the_review(reader, inquiry):
    reader.answer(1, Q1="4")

    assert reader.open(f"{COVER}thanks/").headers["Location"] == f"{COVER}review/"


def test_returning_reader_goes_on_where_the_answers_end(reader, inquiry):
    reader.answer(1, Q1="4")
    reader.answer(2, **{"Q2-a": "3", "Q2-b": "2"})

    text = reader.open().content.decode()

    assert f'href="{ANSWER}?step=3"' in text
    assert 'name="Q1"' not in text


def test_steps_that_do_not_exist(reader, inquiry):
    assert reader.open(f"{ANSWER}?step=10").status_code == 404
    assert reader.open(f"{ANSWER}?step=0").status_code == 404
    assert reader.open(f"{ANSWER}?step=x").status_code == 400
    assert reader.open(f"{ANSWER}?step=１").status_code == 400


def test_answers_of_two_readers_stay_apart(reader, another_reader, inquiry):
    reader.answer(1, Q1="4")
    another_reader.answer(1, Q1="2")

    assert sorted(response.answers["Q1"] for response in inquiry.responses.all()) == [2, 4]
