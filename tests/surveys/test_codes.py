import pytest
from hypothesis import given, settings

from apps.surveys.codes import pack_codes, unpack_codes
from apps.surveys.definition import BLANK, chosen_code
from apps.surveys.kinds import kind_of
from tests.surveys.documents import every_kind
from tests.surveys.strategies import answers

DEFINITION = every_kind()


def closed_part(given):
    """What bytes can say of answers: no words, numbers or dates; a blank row question is blank in each row."""
    found = {}
    for asked in DEFINITION.questions:
        answer = given.get(asked.id)
        if answer is None or not kind_of(asked).slots(asked):
            continue
        if asked.rows:
            found[asked.id] = dict.fromkeys("ab", BLANK) if answer == BLANK else answer
        else:
            found[asked.id] = chosen_code(answer)
    return found


@settings(max_examples=60, deadline=None)
@given(answers(DEFINITION))
def test_codes_come_back_as_they_were_packed(given):
    kept = {name: kind_of(DEFINITION.question(name)).blank if each is None else each for name, each in given.items()}

    packed = pack_codes(DEFINITION, kept)

    assert len(packed) == len(DEFINITION.slots)
    assert unpack_codes(DEFINITION, packed) == closed_part(kept)


def test_nothing_answered_is_all_255():
    assert pack_codes(DEFINITION, {}) == b"\xff" * len(DEFINITION.slots)
    assert unpack_codes(DEFINITION, b"\xff" * len(DEFINITION.slots)) == {}


def test_slots_stand_in_the_order_of_the_questions():
    named = [(slot.question, slot.part or slot.option) for slot in DEFINITION.slots]

    assert named == [
        ("Q1", None), ("Q1L", None), ("Q2", None), ("Q3", None), ("Q4", "a"), ("Q4", "b"), ("Q5", "1"), ("Q5", "2"),
        ("Q5", "3"), ("Q6", 1), ("Q6", 2), ("Q6", 3), ("Q6", 9), ("Q7", None),
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [b"", b"\x01", b"\x01" * 100])
def test_codes_of_another_length_are_not_guessed_at(codes):
    with pytest.raises(ValueError, match=f"{len(codes)} codes do not fit 14 slots"):
        unpack_codes(DEFINITION, codes)


def test_answers_to_questions_of_no_version_are_passed_over():
    assert pack_codes(DEFINITION, {"Q99": 5, "Q1": 2}) == bytes([2]) + b"\xff" * 13
