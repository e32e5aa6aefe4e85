"""What was shown to whom, with the votes that stand."""

import pytest
from django.utils import timezone

from apps.analysis.opinion_map.exposed_rates import NO_VOTE
from apps.common.writing import today
from apps.debates.exposure_arrays import read_exposures
from apps.debates.maps.making import draw_map, replay
from apps.debates.models import Ballot, Exposure
from tests.debates.factories import AGREE, DISAGREE, UNSURE, make_debate, make_reader, undo, vote
from tests.debates.planting import leaning_debate

pytestmark = pytest.mark.django_db


def show(debate, pseudonym, position, number, probability):
    Exposure.objects.create(
        pseudonym=pseudonym,
        position=position,
        debate=debate,
        number=number,
        policy="1",
        probability=probability,
        day=today(),
    )


def test_each_card_comes_with_its_odds_and_the_vote_that_stands():
    debate, other = make_debate(), make_debate("other")
    reader, silent = make_reader(debate), make_reader(debate)
    for position, (number, probability) in enumerate([(2, 0.5), (1, 0.25), (6, 1.0), (3, 0.125)], start=1):
        show(debate, reader.pseudonym, position, number, probability)
    show(debate, silent.pseudonym, 1, 2, 0.75)
    show(other, make_reader(other).pseudonym, 1, 1, 1.0)
    vote(debate, reader, 2, DISAGREE)
    vote(debate, reader, 1, AGREE)
    vote(debate, reader, 1, UNSURE)
    vote(debate, reader, 3, AGREE)
    undo(debate, reader, 3)

    found = read_exposures(debate)

    rows = zip(found.statement.tolist(), found.probability.tolist(), found.value.tolist(), strict=True)
    assert sorted(rows) == [(1, 0.25, 2), (2, 0.5, -1), (2, 0.75, NO_VOTE), (3, 0.125, NO_VOTE), (6, 1.0, NO_VOTE)]


def test_map_holds_rates_corrected_for_what_was_shown_where_votes_enough_speak_for_them():
    """Of a statement that was drawn from the same odds throughout, the corrected rate is the raw one."""
    debate = leaning_debate(readers=40)
    for ballot in Ballot.objects.all():
        show(debate, ballot.pk, 1, 1, 0.3)
    for ballot in Ballot.objects.order_by("pk")[:8]:
        show(debate, ballot.pk, 2, 2, 0.3)

    made = draw_map(debate=debate, now=timezone.now())

    first, second, third = made.summary["statements"][:3]
    assert first["adjusted_agree"] == pytest.approx(first["agree"] / first["votes"], abs=1e-4)
    assert (second["adjusted_agree"], third["adjusted_agree"]) == (None, None)
    assert replay(stored=made).checksum == made.checksum
