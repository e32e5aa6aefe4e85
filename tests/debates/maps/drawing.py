"""A map, drawn and stored."""

from django.utils import timezone

from apps.debates.maps.making import draw_map
from apps.debates.models import Debate, OpinionMap

NOW = timezone.now()


def stored(debate: Debate, **changes: object) -> OpinionMap:
    made = draw_map(**{"debate": debate, "now": NOW, **changes})
    assert made is not None
    return OpinionMap.objects.get(pk=made.pk)  # as it comes back from the database
