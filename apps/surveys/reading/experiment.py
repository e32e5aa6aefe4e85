"""What is asked once more at the end, and how readers divide among the ways to it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isclose
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.arms import Arm
from apps.surveys.definition import Question
from apps.surveys.reading.source import Reading

PLACE = "experiments.prepost"
KEYS = {"unit", "assign", "arms", "note"}
ARM_KEYS = {"code", "share", "flow"}


def asked_again(questions: Iterable[Question]) -> list[Question]:
    """Whatever a document says of their phase, and without weight in whether an answer is complete."""
    return [replace(question, phase="post", counts=False) for question in questions]


def read_arms(reading: Reading, document: Mapping[str, Any], again: Iterable[Question]) -> tuple[float, ...]:
    """The shares of the arms in their order; none where nothing is compared."""
    raw = reading.mapping(document.get("experiments", {}), "experiments").get("prepost")
    if raw is None:
        return ()
    if not any(question.repeats for question in again):
        reading.fault(PLACE, _("A question of post_items must repeat one (repeat_of)."))
    given = reading.mapping(raw, PLACE, KEYS)
    listed = [read_arm(reading, arm, path) for path, arm in reading.items(given.get("arms"), f"{PLACE}.arms")]
    shares = dict(listed)
    if sorted(name for name, _share in listed) != [arm.name for arm in Arm] or not isclose(sum(shares.values()), 1):
        sentence = _("The arms A, B and C are expected, with shares that add up to 1.")
        reading.fault(f"{PLACE}.arms", sentence)
        return ()
    return tuple(shares[arm.name] for arm in Arm)


def read_arm(reading: Reading, raw: Any, path: str) -> tuple[str, float]:
    given = reading.mapping(raw, path, ARM_KEYS)
    name, share = str(given.get("code")), given.get("share")
    if isinstance(share, float) and 0 < share < 1:
        return name, share
    reading.fault(f"{path}.share", _("A share between 0 and 1 is expected."))
    return name, 0.0
