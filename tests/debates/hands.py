"""What a reader is dealt, and what was noted of it."""

from apps.debates.dealing import next_cards
from apps.debates.models import Exposure


def hand(debate, reader, want=5):
    return [card.number for card in next_cards(inquiry=debate.inquiry, identity=reader, want=want).cards]


def logged(reader):
    rows = Exposure.objects.filter(pseudonym=reader.pseudonym).order_by("position")
    return list(rows.values_list("position", "number", "answered"))
