from datetime import timedelta

import pytest
from django.utils import timezone

from apps.inquiries.models import Inquiry, ResultsShown, State
from tests.responses.factories import instrument_of, make_inquiry

INQUIRY = "/inquiries/one-founder-ai"


def test_open_inquiries_are_listed(api, inquiry):
    make_inquiry("closed", state=State.CLOSED)
    make_inquiry("draft", state=State.DRAFT)
    make_inquiry("later", opens_at=timezone.now() + timedelta(days=1))

    listed = api.send("GET", "/inquiries").json()["inquiries"]

    assert [line["slug"] for line in listed] == ["one-founder-ai"]
    assert listed[0]["title"] == inquiry.title


def test_instrument_tells_everything_that_is_needed_to_ask(api, inquiry):
    instrument = instrument_of(inquiry)

    told = api.send("GET", INQUIRY).json()

    assert (told["version"], told["sha256"], told["state"]) == (1, instrument.sha256, "open")
    assert told["consent"]["sha256"] == instrument.definition.consent_sha256
    assert [question["id"] for question in told["questions"]] == [each.id for each in instrument.definition.questions]
    first = told["questions"][0]
    assert [option["code"] for option in first["options"]] == [5, 4, 3, 2, 1, 98]
    assert (first["kind"], first["order"], first["prompt"]) == ("single_ordinal", "reverse", True)
    assert sorted(first["stem"]) == ["en", "ja"]
    asked = [name for screen in (*told["screens"], told["again"]) for name in screen]
    assert asked == [each["id"] for each in told["questions"]]
    last = told["questions"][-1]
    assert (last["id"], last["phase"], told["again"]) == ("P1", "post", ["P1"])
    assert set(told["answers_schema"]["properties"]) >= {question["id"] for question in told["questions"]}


def test_optional_module_that_is_off_is_not_told(api, inquiry):
    told = api.send("GET", INQUIRY).json()

    assert not {"X1"} & {question["id"] for question in told["questions"]}


@pytest.mark.parametrize("path", [INQUIRY, f"{INQUIRY}/results"])
def test_known_copy_need_not_be_sent_again(api, inquiry, path):
    first = api.send("GET", path)
    etag = first.headers["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = api.send("GET", path, HTTP_IF_NONE_MATCH=known)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert api.send("GET", path, HTTP_IF_NONE_MATCH='"other"').content == first.content
    assert first.headers["Cache-Control"].startswith("public, max-age=")


def test_changed_state_is_another_copy(api, inquiry):
    first = api.send("GET", INQUIRY)
    Inquiry.objects.update(state=State.CLOSED)

    again = api.send("GET", INQUIRY, HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert (again.status_code, again.json()["state"]) == (200, "closed")


def test_own_answers_are_not_cacheable(api, inquiry):
    api.answer({"Q1": 4})

    assert api.send("GET", f"{INQUIRY}/response").headers["Cache-Control"] == "private, no-store"


def test_results_say_why_there_are_none(api, inquiry):
    few = api.send("GET", f"{INQUIRY}/results").json()
    Inquiry.objects.update(results_shown=ResultsShown.AFTER_CLOSE)
    election = api.send("GET", f"{INQUIRY}/results").json()

    assert few == {"published": False, "reason": "not_enough", "smallest_base": 10, "n": None}
    assert election == {"published": False, "reason": "after_close", "smallest_base": 10, "n": None}


@pytest.mark.parametrize(("path", "most"), [("/inquiries", 2), (INQUIRY, 2), (f"{INQUIRY}/results", 3)])
def test_reading_takes_few_queries(api, inquiry, django_assert_max_num_queries, path, most):
    api.send("GET", path)

    with django_assert_max_num_queries(most):
        api.send("GET", path)
