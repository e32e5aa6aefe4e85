"""Of very many answers, signs are looked for in some that are drawn by lot."""

import numpy as np
import pytest

from apps.common.lots import bound
from apps.reports.quality.flags import quality_of
from apps.reports.quality.manners import manners_of
from apps.reports.report.blocks import Words
from apps.reports.report.counted.flags import inputs
from apps.reports.report.gathering import gather
from apps.reports.report.material import Material
from apps.responses.models import Response
from tests.reports.quality.readers import CLOSED, PACE, came, debated
from tests.reports.report.factories import content_of, told
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db
READERS = 60


@pytest.fixture
def inquiry():
    inquiry = make_inquiry()
    debated(inquiry)
    for number in range(1, READERS + 1):
        text = {"Q3": "ああああああああ"} if number % 3 else {}
        changes = {"visible_ms": PACE | dict.fromkeys(("Q1", "Q2", "Q4", "Q5"), 500)} if number % 2 else {}
        came(inquiry, number, {**CLOSED, **text}, votes="+" * (number % 24 + 1), signals=number % 4, **changes)
    return inquiry


def gathered(inquiry) -> Material:
    material = gather(inquiry)
    assert material is not None
    return material


def test_whoever_is_drawn_is_judged_as_if_nobody_else_had_come(inquiry):
    whole, share = gathered(inquiry), 0.5
    drawn = whole.drawn(share)
    found = quality_of(inquiry, drawn, manners_of(inquiry, drawn, share=share))

    pseudonyms = sorted(bytes(each) for each in Response.objects.values_list("pk", flat=True))
    lot = [each for each in pseudonyms if int.from_bytes(each[:4]) < bound(share)]
    rest = [each for each in pseudonyms if each not in lot]
    assert 0 < len(lot) < READERS
    assert drawn.aligned(b"".join(lot)).tolist() == list(range(len(drawn))) == list(range(len(lot)))
    assert set(drawn.aligned(b"".join(rest)).tolist()) == {-1}

    Response.objects.filter(pk__in=rest).delete()
    alone = quality_of(inquiry, gathered(inquiry))
    assert alone.rules.keys() == found.rules.keys()
    assert all(np.array_equal(alone.rules[name], mask) for name, mask in found.rules.items())
    assert (alone.evaluated, alone.notes) == (found.evaluated, found.notes)
    assert found.flagged.any()


def test_up_to_the_bound_everybody_is_looked_at(inquiry):
    material = gathered(inquiry)

    assert inputs(inquiry, material, most=READERS) == inputs(inquiry, material)
    assert "by_lot_of" not in inputs(inquiry, material)
    assert material.drawn(1) is material


def test_a_report_says_how_many_were_looked_at_and_that_they_were_drawn(inquiry):
    found = inputs(inquiry, gathered(inquiry), most=READERS // 2)
    assert found["by_lot_of"] == READERS
    assert 0 < found["readers"] < READERS

    content = content_of(inquiry)
    content["parts"]["flags"] = found
    (section,) = (each for each in told(inquiry, content=content).sections if each.id == "flags")
    texts = [block.text for block in section.blocks if isinstance(block, Words)]
    assert (
        f"Signs were looked for in {found['readers']} of {READERS} answers, drawn by lot."
        " What equals an answer that was not drawn is not seen."
    ) in texts
