"""All readers in memory: the same answers as in their rows, in one order, and nobody's name."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.reports.queries import written_answers
from apps.reports.report.gathering import gather
from apps.reports.report.inputs import counted
from apps.reports.report.material import halves
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from apps.surveys.definition import Slot
from tests.reports.factories import answer_as, every_kind_document, make_inquiry
from tests.responses.factories import instrument_of, make_identity

pytestmark = pytest.mark.django_db


def test_each_reader_has_a_row_with_what_was_answered_and_noted():
    inquiry = make_inquiry()
    answer_as(inquiry, 1, {"Q1": 5, "Q2": {"a": 4, "b": 1}, "Q9": [3, 1]}, device="tablet", language="en", screen=7)
    answer_as(inquiry, 2, {"Q1": 98}, device="computer", finished=True)

    material = gather(inquiry)

    assert material is not None
    rows = {
        int(material.column("Q1")[row]): (
            material.column("Q2", "a")[row],
            material.column("Q2", "b")[row],
            material.ranks("Q9")[row].tolist(),
            material.languages[material.language[row]],
            ("phone", "tablet", "computer", "other")[material.device[row]],
            bool(material.finished[row]),
            material.screen[row],
            material.arm[row],
        )
        for row in range(len(material))
    }
    assert rows == {
        5: (4, 1, [3, 1, 255], "en", "tablet", False, 7, 15),
        98: (255, 255, [255, 255, 255], "ja", "computer", True, 1, 15),
    }
    assert material.period == (timezone.localdate(), timezone.localdate())


def test_a_question_that_a_version_did_not_have_was_not_shown_to_its_readers():
    inquiry = make_inquiry()
    answer_as(inquiry, 1, {"Q1": 5})
    old = instrument_of(inquiry)
    publish_version(inquiry=inquiry, document=every_kind_document())
    answer_as(inquiry, 2, {"Q1": 1, "S": 7})

    material = gather(inquiry)

    assert material is not None
    assert {int(q1): int(s) for q1, s in zip(material.column("Q1"), material.column("S"), strict=True)} == {
        5: 255,
        1: 7,
    }
    assert material.column("nothing of the kind").tolist() == [255, 255]
    assert [each.number for each in material.instruments] == [old.number + 1, old.number]


def test_what_other_tables_hold_of_the_same_readers_is_laid_beside_the_answers():
    inquiry = make_inquiry()
    for number in range(40):
        answer_as(inquiry, number, {"Q1": number % 5 + 1})
    stored = {bytes(each.pk): bytes(each.codes)[0] for each in Response.objects.all()}
    stranger = make_identity(inquiry, b"somebody who only voted").pseudonym

    material = gather(inquiry)

    assert material is not None
    asked = [*stored, stranger]
    rows = material.aligned(b"".join(asked))
    assert rows[-1] == -1
    assert [int(material.codes[row, 0]) for row in rows[:-1]] == list(stored.values())
    assert sorted(rows[:-1].tolist()) == list(range(40))


def test_pseudonyms_that_begin_alike_are_not_taken_for_one_another():
    inquiry = make_inquiry()
    for number in range(3):
        answer_as(inquiry, number, {"Q1": number + 1})
    twins = [b"samehalf" + bytes([number]) * 8 for number in range(3)]

    material = gather(inquiry)

    assert material is not None
    keys = halves(np.frombuffer(b"".join(twins), dtype=np.uint8).reshape(-1, 16))
    object.__setattr__(material, "keys", keys)
    assert material.aligned(b"".join([*twins[::-1], b"samehalf" + b"z" * 8])).tolist() == [2, 1, 0, -1]


def test_a_language_that_is_offered_no_more_keeps_its_name():
    inquiry = make_inquiry()
    for number, language in enumerate(("ja", "en", "xx", "xx"), start=1):
        answer_as(inquiry, number, {"Q1": number}, language="ja" if language == "xx" else language)
        Response.objects.filter(answers__Q1=number).update(language=language)

    material = gather(inquiry)

    assert material is not None
    spoken = zip(material.column("Q1").tolist(), material.language.tolist(), strict=True)
    assert {code: material.languages[place] for code, place in spoken} == {1: "ja", 2: "en", 3: "xx", 4: "xx"}
    assert material.languages == ("en", "ja", "xx")


def test_who_wrote_something_is_counted_on_the_way_as_by_asking_once_more():
    inquiry = make_inquiry()
    for number, said in enumerate(("だから", None, "心配です", "", None), start=1):
        answer_as(inquiry, number, {"Q1": 1, **({"Q3": said or 97} if number < 5 else {})})
    Response.objects.filter(answers__Q3="心配です").update(answers={"Q1": 1, "Q3": None})  # emptied later
    asked = instrument_of(inquiry).definition.question("Q3")

    material = gather(inquiry, with_texts=True)

    assert material is not None
    assert material.written == {"Q3": (4, 1)}
    assert counted(4, 1) == [["", 1], [None, 3]] == [list(value) for value in written_answers(inquiry.pk, asked)]
    assert counted(0, 0) == []


def test_an_inquiry_without_answers_has_arrays_without_rows():
    material = gather(make_inquiry())

    assert material is not None
    assert (len(material), material.period, material.tally.readers) == (0, (None, None), 0)
    assert material.codes.shape == (0, len(material.slots))
    assert material.aligned(b"x" * 32).tolist() == [-1, -1]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 400)), min_size=1, max_size=12))
def test_days_and_codes_survive_their_packing(readers):
    from apps.reports.report.unpacking import laid_out
    from apps.responses.records import Records
    from apps.surveys.definition import Definition
    from apps.surveys.queries import Instrument

    definition = object.__new__(Definition)
    object.__setattr__(definition, "slots", (Slot("Q1"),))
    numbers = [number.to_bytes(16, "little") for number in range(len(readers))]
    marks = (1 << 28 | 2 << 26 | 1 << 25 | 9).to_bytes(4)
    records = Records(
        version_id=1,
        readers=len(readers),
        records=b"".join(
            pseudonym + marks + day.to_bytes(4) + b"ja      " + bytes([code])
            for pseudonym, (code, day) in zip(numbers, readers, strict=True)
        ),
        arms=(2).to_bytes(2, "big") * len(readers),
        last_day=timezone.localdate() - timedelta(days=1),
    )

    found = laid_out([records], [Instrument(1, 1, "hash", definition)])

    begun = [(code, day + (date(2000, 1, 1) - date(1970, 1, 1)).days) for code, day in readers]
    assert sorted(zip(found["codes"][:, 0].tolist(), found["day"].tolist(), strict=True)) == sorted(begun)
    assert {name: set(found[name].tolist()) for name in ("status", "finished", "simulated", "device")} == {
        "status": {1},
        "finished": {True},
        "simulated": {False},
        "device": {2},
    }
    assert {name: set(found[name].tolist()) for name in ("language", "arm", "screen")} == {
        "language": {0},
        "arm": {2},
        "screen": {9},
    }
    assert found["languages"] == ("ja",)
