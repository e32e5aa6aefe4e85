"""Conversations that were held elsewhere get a stored map like any other, and it can be made again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.debates.choices import votes_in
from apps.debates.maps.making import draw_map, replay
from apps.debates.maps.standing_place import own_place
from apps.debates.models import Ballot
from apps.debates.queries import debate_by_slug
from tests.debates.polis.folders import conversation_folder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "story"),
    [("scoop-hivemind.ubi", "spectrum"), ("scoop-hivemind.biodiversity", "spectrum"), ("15-per-hour-seattle", None)],
)
def test_imported_conversation_has_a_stored_map(name, story):
    call_command("import_polis", conversation_folder(name), "--slug", "open", stdout=StringIO())
    debate = debate_by_slug("open")

    made = draw_map(debate=debate, now=timezone.now())

    summary = made.summary
    assert story in {None, made.story}
    assert summary["enough"]
    assert summary["gain"]["story"] >= summary["gain"]["style"] - 0.01
    areas = [*summary["axis"]["cells"], *summary["groups"], *summary["plane"]["cells"]]
    assert all(area["readers"] >= 10 and area["readers"] % 5 == 0 for area in areas)
    assert all(entry["votes"] >= 10 for entry in summary["statements"])
    assert {end["number"] for end in summary["ends"]} <= {entry["number"] for entry in summary["statements"]}
    assert replay(stored=made).checksum == made.checksum
    reader = Ballot.objects.filter(debate=debate).order_by("-revision").first()
    place = own_place(made, votes_in(bytes(reader.votes)))
    assert place.votes > 0
    assert len(place.position) == summary["d"]
