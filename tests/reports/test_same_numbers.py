"""One truth: what readers answered, the epoch, the page, the API, the desk and the admin say the same."""

import re
from collections import Counter
from datetime import date
from html import unescape
from itertools import count
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import Role
from apps.reports.models import ResultEpoch
from apps.surveys.definition import BLANK, Definition, Question
from tests.accounts.cast import member, signed_in
from tests.reports.factories import answer_as, content_of, every_kind, make_inquiry_of_every_kind, publish
from tests.responses.factories import instrument_of, make_inquiry

pytestmark = pytest.mark.django_db

DEFINITION = every_kind()
NUMBER = count(1)


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    codes = st.sampled_from([option.code for option in question.options] or [1])
    free = [option.code for option in question.options if not option.exclusive]
    alone = st.sampled_from([option.code for option in question.options if option.exclusive] or free or [1]).map(
        lambda code: [code]
    )
    by_kind = {
        "item_by_item": st.dictionaries(
            st.sampled_from([row.code for row in question.rows] or ["a"]), codes, min_size=1
        ),
        "rank_top_k": alone
        | st.lists(st.sampled_from(free or [1]), min_size=1, max_size=question.top or 1, unique=True),
        "multiple": alone | st.lists(st.sampled_from(free or [1]), min_size=1, unique=True),
        "scale": codes | st.integers(0, 10),
        "number": st.integers(0, 50) if question.minimum == 0 else st.integers(16, 90),
        "date": st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(str),
        "open_text": st.just("だから"),
    }
    return by_kind.get(question.kind, codes) | st.none()


readers = st.fixed_dictionaries(
    {}, optional={question.id: answers_to(question) for question in DEFINITION.questions if question.shown_if is None}
)
crowds = st.lists(readers, min_size=10, max_size=30)


BINS = {"N": 5, "A": 10}
"""Widths for numbers from 0 to 50 and from 16 to 90."""


def plainly_counted(definition: Definition, crowd: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """How often each code was given, by question, row or place; counted as a person would, without packed codes."""
    found: dict[str, Counter[str]] = {}
    for question in definition.questions:
        for name in names_of(question):
            found[name] = Counter()
    for answers in crowd:
        for question in definition.questions:
            answer = answers.get(question.id)
            if answer is None or question.kind == "open_text":
                continue
            if question.kind == "item_by_item":
                for row, code in answer.items():
                    found[f"{question.id}.{row}"][str(code)] += 1
            elif question.kind == "rank_top_k":
                found[f"{question.id}.first"][str(answer[0])] += 1
                found[f"{question.id}.any"].update(map(str, answer))
            elif question.kind == "multiple":
                found[question.id].update(map(str, answer))
            elif question.kind == "date":
                found[question.id][answer[: len("2026-04")]] += 1
            elif question.kind == "number":
                width = BINS[question.id]
                found[question.id][str(answer // width * width)] += 1
            else:
                found[question.id][str(answer)] += 1
    return found


def names_of(question: Question) -> list[str]:
    if question.kind == "item_by_item":
        return [f"{question.id}.{row.code}" for row in question.rows]
    if question.kind == "rank_top_k":
        return [f"{question.id}.first", f"{question.id}.any"]
    return [question.id]


def tables_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All tables of counts in an epoch by the same names, each with its base."""
    found = {}
    for entry in content["questions"]:
        for row, shown in entry.get("rows", {}).items():
            found[f"{entry['id']}.{row}"] = shown
        for place in ("first", "any"):
            if place in entry:
                found[f"{entry['id']}.{place}"] = {**entry, **entry[place]}
        if "counts" in entry:
            found[entry["id"]] = entry
    return found


ROW = re.compile(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', re.S)
FIGURE = re.compile(r'<figure class="result" id="(\w+)"(.*?)</figure>', re.S)
TABLE = re.compile(r'<table class="numbers[^>]*>(.*?)</table>', re.S)
TAG = re.compile(r"<[^>]+>")


def printed_tables(html: str) -> dict[str, list[list[tuple[str, ...]]]]:
    """By question, the tables of a page as rows of texts."""
    return {
        name: [
            [tuple(unescape(TAG.sub("", cell)) for cell in row) for row in ROW.findall(table)]
            for table in TABLE.findall(figure)
        ]
        for name, figure in FIGURE.findall(html)
    }


def expected_rows(question: Question, shown: dict[str, Any], language: str) -> set[tuple[str, str, str]]:
    rows = set()
    for option in question.options:
        number = shown["counts"][str(option.code)]
        part = "x" if number is None else "–" if not number else f"{int(number * 100 / shown['base'] + 0.5)}%"
        rows.add((option.label[language], part, "x" if number is None else f"{number:,}"))
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_page_and_api_show_what_readers_answered(crowd):
    inquiry = make_inquiry_of_every_kind(f"crowd-{next(NUMBER)}")
    for reader, answers in enumerate(crowd):
        answer_as(inquiry, reader, answers)
    epoch = publish(inquiry)
    public = Client(headers={"accept-language": "en"})

    api = public.get(f"/api/v1/inquiries/{inquiry.slug}/results").json()
    page = printed_tables(public.get(f"/q/{inquiry.slug}/results/").content.decode())

    assert {name: api[name] for name in epoch.content} == epoch.content
    truth, tables = plainly_counted(DEFINITION, crowd), tables_of(epoch.content)
    for name, shown in tables.items():
        if name in truth and not shown["hidden"]:
            visible = {code: number for code, number in shown["counts"].items() if number is not None}
            assert visible == {code: truth[name][code] for code in visible}, name
    for question in DEFINITION.questions:
        if question.id in tables and question.kind in {"single_ordinal", "single_nominal", "paired_ab", "multiple"}:
            shown = tables[question.id]
            expected = [] if shown["hidden"] else [expected_rows(question, shown, "en")]
            assert [set(table) for table in page[question.id]] == expected, question.id


ONE_EACH = {"single_ordinal", "single_nominal", "paired_ab", "scale", "item_by_item", "rank_top_k"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_cells_add_up_to_the_base_and_bases_to_all_readers(crowd):
    content = content_of(DEFINITION, [stored(answers) for answers in crowd])

    for entry in content["questions"]:
        if entry["kind"] not in {"number", "date", "open_text"}:
            assert entry["base"] + entry["blank"] + entry["not_shown"] == content["answered"] == len(crowd)
    for name, shown in tables_of(content).items():
        known = [number for number in shown["counts"].values() if number is not None]
        if DEFINITION.question(name.split(".")[0]).kind in ONE_EACH and not name.endswith(".any"):
            whole = len(known) == len(shown["counts"])
            assert sum(known) == shown["base"] if whole else sum(known) <= shown["base"], name
    assert content["complete"] + content["partial"] + content["break_off"] == len(crowd)


def stored(answers: dict[str, Any]) -> dict[str, Any]:
    """As a row keeps them: what was seen and left blank has a code."""
    return {name: BLANK if answer is None and name not in {"N", "A"} else answer for name, answer in answers.items()}


big_crowds = st.lists(st.tuples(readers, st.integers(5, 40)), min_size=4, max_size=10).map(
    lambda groups: [answers for answers, times in groups for _reader in range(times)]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(big_crowds)
def test_a_hidden_cell_cannot_be_worked_out(crowd):
    """In every table that hides something: at least two cells, together ten readers, and nothing beside the table that
    was made from them."""
    content = content_of(DEFINITION, [stored(answers) for answers in crowd], profile="strict")

    truth = plainly_counted(DEFINITION, crowd)
    for name, shown in tables_of(content).items():
        hidden = [code for code, number in shown["counts"].items() if number is None]
        if shown["hidden"] or not hidden or name not in truth:
            continue
        assert len(hidden) >= 2
        assert sum(truth[name][code] for code in hidden) >= 10
        assert all(truth[name][code] >= 10 for code in shown["counts"] if code not in hidden)
        assert not {"net", "finding", "mean", "mentions"} & shown.keys()
        if name.endswith(".first"):
            exclusive = {str(o.code) for o in DEFINITION.question(name.split(".")[0]).options if o.exclusive}
            anywhere = tables_of(content)[name.replace(".first", ".any")]["counts"]
            assert {code for code in exclusive if anywhere[code] is None} == exclusive & set(hidden)


def test_desk_and_admin_count_the_same_readers():
    inquiry = make_inquiry()
    whole = {"Q1": 4, "Q2": {"a": 3, "b": 2}, "Q4": 2, "Q5": 1, "Q6": 1, "Q7": 1, "Q8": 2, "Q9": [1], "Q3": "だから"}
    half = {name: whole[name] for name in ("Q1", "Q2", "Q4", "Q5", "Q6")}
    for reader in range(17):
        answer_as(
            inquiry, reader, whole if reader < 7 else half if reader < 12 else {"Q1": 4}, finished=reader % 2 == 0
        )
    content = publish(inquiry).content
    operator = signed_in(member(Role.OWNER, of=inquiry.publication.slug, operator=True))
    operator.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    admin = operator.get("/admin/responses/response/").content.decode()
    desk = operator.get(f"/desk/inquiries/{inquiry.slug}/").content.decode()

    assert {name: content[name] for name in ("answered", "complete", "partial", "break_off")} == {
        "answered": 17, "complete": 7, "partial": 5, "break_off": 5,
    }  # fmt: skip
    cells = re.findall(r"<td>(\d+)</td>", admin)
    assert cells[:5] == [str(instrument_of(inquiry).number), "17", "7", "5", "5"]
    assert dict(re.findall(r"<dt>(Answers in all|Published to readers)</dt><dd>(\d+)</dd>", desk)) == {
        "Answers in all": "17",
        "Published to readers": "17",
    }
    assert ResultEpoch.objects.get().answered == 17
