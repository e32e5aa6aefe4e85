"""The report as data: the same numbers as everywhere else, the same bytes for the same answers."""

import json
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from apps.reports.report.document import data_hash, report_content, with_inputs
from apps.reports.report.gathering import gather
from apps.reports.report.settings import FROZEN, LIVE
from apps.surveys.definition import canonical
from tests.reports.factories import answer_as, make_inquiry, make_inquiry_of_every_kind, publish
from tests.reports.report.factories import a_crowd, content_of, figures_of, told
from tests.reports.test_same_numbers import DEFINITION, crowds, printed_tables

pytestmark = pytest.mark.django_db
NUMBER = count(1)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_the_report_has_the_numbers_of_the_epoch_that_readers_see(crowd):
    inquiry = make_inquiry_of_every_kind(f"report-{next(NUMBER)}")
    for reader, answers in enumerate(crowd):
        answer_as(inquiry, reader, answers)
    epoch = publish(inquiry)

    content = content_of(inquiry)

    assert content["parts"]["questions"]["questions"] == epoch.content["questions"]
    same = ("answered", "n", "complete", "partial", "break_off", "dates")
    assert {name: content[name] for name in same} == {name: epoch.content[name] for name in same}
    assert [each["number"] for each in reversed(content["versions"])][-1:] == [max(epoch.content["versions"])]


def test_the_same_answers_give_the_same_bytes_whatever_their_order():
    inquiry = make_inquiry()
    a_crowd(inquiry)
    material = with_inputs(inquiry, gather(inquiry))
    order = np.random.default_rng(7).permutation(len(material))
    columns = ("version", "status", "finished", "simulated", "language", "device", "arm", "screen", "day")
    shuffled = replace(
        material, codes=material.codes[order], **{name: getattr(material, name)[order] for name in columns}, keys=None
    )

    assert canonical(report_content(shuffled)) == canonical(report_content(material)) == canonical(content_of(inquiry))


def test_a_silent_reader_changes_no_share():
    inquiry = make_inquiry()
    a_crowd(inquiry)
    before = content_of(inquiry)
    answer_as(inquiry, 999, {})
    after = content_of(inquiry)

    shares = [
        [(each["id"], each.get("shares"), each.get("net")) for each in content["parts"]["questions"]["questions"]]
        for content in (before, after)
    ]
    assert shares[0] == shares[1]
    assert (before["answered"], after["answered"]) == (60, 61)
    assert data_hash(before) != data_hash(after)


def test_a_report_is_json_without_words_of_a_language():
    inquiry = make_inquiry()
    a_crowd(inquiry)

    content = content_of(inquiry)

    text = json.dumps(content, allow_nan=False)
    assert json.loads(text) == content
    del content["inquiry"], content["article"]
    assert not any(ord(letter) > 127 for letter in json.dumps(content, ensure_ascii=False))


def test_settings_are_printed_and_draw_as_often_as_they_say():
    inquiry = make_inquiry()
    a_crowd(inquiry, 40)

    assert (content_of(inquiry, LIVE)["settings"], content_of(inquiry, FROZEN)["settings"]) == (
        {"draws": 10_000, "seed": 1},
        {"draws": 100_000, "seed": 1},
    )


@pytest.mark.parametrize("readers", [0, 1, 9])
def test_of_too_few_readers_nothing_is_told(readers):
    inquiry = make_inquiry()
    for number in range(readers):
        answer_as(inquiry, number, {"Q1": 3})

    content = content_of(inquiry)

    assert content["answered"] == readers
    assert set(content["parts"].values()) == {None}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowds)
def test_page_desk_and_report_print_the_same_table_of_each_question(crowd):
    """Rows of the readers' results page, and of the figure in the report from which desk, PDF and files are drawn."""
    inquiry = make_inquiry_of_every_kind(f"printed-{next(NUMBER)}")
    for reader, answers in enumerate(crowd):
        answer_as(inquiry, reader, answers)
    publish(inquiry)

    page = printed_tables(Client(headers={"accept-language": "en"}).get(f"/q/{inquiry.slug}/results/").content.decode())
    report = figures_of(told(inquiry))

    for question in DEFINITION.questions:
        if question.kind in {"single_ordinal", "single_nominal", "paired_ab", "multiple"} and question.id in report:
            rows = [row[:3] for row in report[question.id].table.rows[:-1]]
            assert [set(rows)] == [set(table) for table in page[question.id]] if rows else not page[question.id]
