"""Cards of the draft's own statements, as readers would see them. A vote on one is received, and counts nowhere."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.debates.card_words import LABELS, passage, voting_text
from apps.debates.models import Origin
from apps.debates.routing import AT_ONCE
from apps.debates.seeds import Seed, seeds_in
from apps.desk.items.preview import Looked, around


@dataclass(frozen=True, slots=True)
class Button:
    """`value` says no more than which answer it is: nothing is kept of it."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What the readers' templates draw. Nobody has written it but the editors."""

    text: str
    language: str
    origin: str
    passage: str
    mine: bool = False

    @property
    def buttons(self) -> list[Button]:
        return [Button(choice.word, str(label)) for choice, label in LABELS.items()]


def seeds_of(looked: Looked) -> list[Seed]:
    return list(seeds_in(dict(looked.definition.document)))


def dealt(seeds: list[Seed], reader: int) -> list[Seed]:
    """As they were written; to another reader in an order of their own, one of each side before the next."""
    if not reader:
        return seeds
    mixed = sorted(seeds, key=lambda seed: sha256(f"{reader} {seed.code}".encode()).digest())
    come: Counter[str] = Counter()
    turns = []
    for seed in mixed:
        turns.append(come[seed.stance])
        come[seed.stance] += 1
    return [seed for _turn, seed in sorted(zip(turns, mixed, strict=True), key=lambda pair: pair[0])]


def card_of(looked: Looked, seed: Seed) -> Card:
    written = looked.language in seed.texts
    return Card(
        text=seed.texts[looked.language if written else seed.language],
        language="" if written else seed.language,
        origin=str(Origin.SEED.label),
        passage=passage(looked.definition.document, seed.anchor, looked.language),
    )


def show_card(request: HttpRequest, looked: Looked) -> HttpResponse:
    """The first hand that is dealt, card by card. Whoever votes is told that it counts nowhere, and stays."""
    hand = dealt(seeds_of(looked), looked.reader)[:AT_ONCE]
    text = request.GET.get("card", "")
    place = min(max(int(text), 1), len(hand)) if text.isascii() and text.isdigit() and len(text) < 3 else 1
    context: dict[str, Any] = {
        **around(looked),
        "action": f"{looked.at()}&card={place}",
        "another": f"{looked.at()}&card={place % len(hand) + 1}" if len(hand) > 1 else "",
        "card": card_of(looked, hand[place - 1]),
        "carried": "preview",
        "place": place,
        "places": len(hand),
        "prompt": voting_text(looked.definition.document, "prompt", looked.language),
    }
    if request.method == "POST":
        sentence = _("In the preview nothing is counted. A reader's vote is kept here, and the next statement comes.")
        context["notice"] = {"sentence": sentence, "warns": False}
    return render(request, "desk/items/preview_vote.html", context)
