"""The map and one's own place by the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.debates.actions import erase_ballot
from apps.debates.maps.making import draw_map
from apps.debates.models import OpinionMap, Statement
from apps.inquiries.actions import close_inquiry
from apps.participants.queries import identify
from apps.participants.tokens import read_token
from tests.api.conftest import ApiClient
from tests.debates.factories import AGREE, DISAGREE, UNSURE, make_debate, make_reader, vote, vote_on_all
from tests.debates.maps.conftest import line, line_once
from tests.debates.planting import camps_debate, habits_debate, leaning_debate

__all__ = ["line", "line_once"]
pytestmark = pytest.mark.django_db


def stored(debate) -> OpinionMap:
    made = draw_map(debate=debate, now=timezone.now())
    assert made is not None
    return made


def get_map(slug, **headers):
    return ApiClient().send("GET", f"/inquiries/{slug}/map", **headers)


def stand(api, slug):
    return api.send("GET", f"/inquiries/{slug}/stand").json()


def identity(api, debate):
    return identify(inquiry_id=debate.pk, token=read_token(api.token))


def test_map_comes_as_it_was_stored_with_the_words_of_its_statements(line):
    content = get_map("line").json()

    words = {each.number: each.text for each in Statement.objects.filter(debate=line.debate)}
    assert content == {
        "published": True,
        "reason": None,
        "smallest_base": 10,
        "map": 1,
        "made_at": line.created_at.isoformat(timespec="seconds"),
        "method": "toikake",
        "seed": 1,
        "code_version": line.code_version,
        "checksum": line.checksum,
        **line.summary,
        "ends": [{"id": end.pop("number"), **end} for end in map(dict, line.summary["ends"])],
        "statements": [
            {"id": number, **entry, "text": {"ja": words[number]}, "origin": "seed"}
            for entry in map(dict, line.summary["statements"])
            for number in [entry.pop("number")]
        ],
    }


def test_statement_that_is_no_longer_shown_is_left_out_at_once(line):
    before = get_map("line")
    Statement.objects.filter(debate=line.debate, number=3).update(state="rejected", reason="insult")

    after = get_map("line")

    assert before.headers["ETag"] != after.headers["ETag"]
    assert 3 in [entry["id"] for entry in before.json()["statements"]]
    assert 3 not in [entry["id"] for entry in after.json()["statements"] + after.json()["ends"]]


def test_map_may_be_kept_and_is_not_sent_twice(line):
    first = get_map("line")
    again = get_map("line", HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert first.headers["Cache-Control"] == "public, max-age=15"
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_without_a_map_the_reason_is_told(line):
    make_debate("empty")
    election = line.debate.inquiry
    election.results_shown = "after_close"
    election.save()
    strict = leaning_debate("strict", readers=49, privacy_profile="strict")
    draw_map(debate=strict, now=timezone.now(), force=True)

    nothing = {"published": False}
    assert get_map("empty").json() == {**nothing, "reason": "not_enough", "smallest_base": 10}
    assert get_map("line").json() == {**nothing, "reason": "after_close", "smallest_base": 10}
    assert get_map("strict").json() == {**nothing, "reason": "not_enough", "smallest_base": 50}
    close_inquiry(inquiry=election)
    assert get_map("line").json()["published"] is True


def test_map_is_closed_where_results_are():
    for slug, state in (("draft", "draft"), ("archived", "archived")):
        make_debate(slug, state=state)

    statuses = [get_map(slug).status_code for slug in ("draft", "archived", "unknown")]

    assert statuses == [404, 404, 404]
    assert [ApiClient().send("GET", f"/inquiries/{slug}/stand").status_code for slug in ("draft", "unknown")] == [
        404
    ] * 2


def test_reader_sees_where_they_stand_on_a_spectrum_and_nobody_keeps_it(line):
    api = ApiClient()
    agreed = [end["number"] for end in line.summary["ends"] if end["side"] == 1 and end["choice"] == "agree"][:4]
    for number in agreed:
        vote(line.debate, identity(api, line.debate), number, AGREE)

    response = api.send("GET", "/inquiries/line/stand")

    content = response.json()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (content["state"], content["map"], content["votes"], content["groups"]) == ("placed", 1, len(agreed), [])
    assert content["own_votes"] == [{"id": number, "choice": "agree"} for number in sorted(agreed)]
    assert content["position"][0] > 0
    assert 0 < content["spread"][0] < 1
    assert content["cell"] >= len(line.summary["axis"]["cells"]) // 2
    assert {each["id"] for each in content["deciding"]} <= set(agreed)


def test_reader_sees_how_like_each_group_they_vote():
    debate = camps_debate()
    stored(debate)
    api = ApiClient()
    for number in range(1, 13):
        vote(debate, identity(api, debate), number, AGREE if number % 4 == 1 else DISAGREE)

    content = stand(api, "camps")

    assert (content["state"], content["position"], content["cell"]) == ("placed", [], None)
    assert sorted(group["id"] for group in content["groups"]) == [0, 1, 2, 3]
    assert max(group["probability"] for group in content["groups"]) > 0.9


def test_states_of_a_reader_without_a_place(line):
    few, habits, api = leaning_debate("few", readers=15), habits_debate(), ApiClient()
    for debate in (few, habits):
        stored(debate)
    make_debate("none")
    for debate in (few, habits):
        vote(debate, identity(api, debate), 1, UNSURE)

    found = {slug: stand(api, slug) for slug in ("few", "habits", "line", "none")}

    assert {slug: (each["state"], each["map"], each["votes"]) for slug, each in found.items()} == {
        "few": ("not_enough_votes", 1, 0),
        "habits": ("nothing_shared", 1, 1),
        "line": ("no_votes", 1, 0),
        "none": ("not_enough_votes", None, 0),
    }
    assert found["few"]["own_votes"] == [{"id": 1, "choice": "unsure"}]


def test_stand_needs_the_token_and_another_token_is_another_reader(line):
    debate, api = line.debate, ApiClient()
    vote(debate, identity(api, debate), 1, AGREE)

    refused = [
        api.send("GET", "/inquiries/line/stand", HTTP_X_TOIKAKE_TOKEN=token)
        for token in (None, "", "x" * 48, api.token[:-1] + ("A" if api.token[-1] != "A" else "B"))
    ]

    assert [(each.status_code, each.json()["error"]["field"]) for each in refused] == [(401, "X-Toikake-Token")] * 4
    assert stand(ApiClient(), "line")["own_votes"] == []
    erase_ballot(pseudonym=identity(api, debate).pseudonym)
    assert stand(api, "line")["state"] == "no_votes"


@pytest.mark.parametrize("address", ["map?n=1", "stand?token=x", "map?lang=xx"])
def test_parameters_that_are_not_known_are_refused(address):
    make_debate("leaning")

    response = ApiClient().send("GET", f"/inquiries/leaning/{address}")

    assert (response.status_code, response.json()["error"]["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_here(method):
    make_debate("leaning")

    for name in ("map", "stand"):
        response = ApiClient().send(method, f"/inquiries/leaning/{name}", "{}")
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_queries_do_not_grow_with_votes_statements_and_runs():
    def taken(debate) -> dict[str, int]:
        api, found = ApiClient(), {}
        vote(debate, identity(api, debate), 1, AGREE)
        calls = {"map": lambda: get_map(debate.inquiry.slug), "stand": lambda: stand(api, debate.inquiry.slug)}
        for name, work in calls.items():
            work()
            with CaptureQueriesContext(connection) as queries:
                work()
            found[name] = len(queries)
        return found

    small, large = leaning_debate("small", readers=30, statements=8), leaning_debate("large", readers=90, statements=40)
    stored(small)
    draw_map(debate=large, now=timezone.now() - timedelta(days=1))
    for reader in [make_reader(large) for _ in range(6)]:
        vote_on_all(large, reader, "+-+-+-+-")
    stored(large)

    assert taken(small) == taken(large) == {"map": 3, "stand": 3}
