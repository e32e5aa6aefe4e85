"""Cards are drawn by the worker when something on them has changed, and kept; pages only hand them out."""

import logging
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from apps.inquiries.models import Inquiry
from apps.inquiries.rules import HIDDEN
from apps.reports.cards.content import Card, card
from apps.reports.models import ShareCard
from apps.reports.queries import newest
from apps.reports.rules import shown_epoch

log = logging.getLogger(__name__)


def stored_card(inquiry: Inquiry, language: str, *, with_results: bool) -> ShareCard | None:
    """`with_results`: whether they may be seen at this moment, whatever was drawn before."""
    cards = ShareCard.objects.filter(inquiry=inquiry, language=language).order_by("-with_results")
    return (cards if with_results else cards.filter(with_results=False)).first()


def draw_due(now: datetime) -> int:
    """Every inquiry that can be seen has its cards; those of any other go. Returns how many were drawn."""
    seen = Inquiry.objects.exclude(state__in=HIDDEN).select_related("publication", "article")
    ShareCard.objects.exclude(inquiry__in=seen).delete()
    known = {
        (found.inquiry_id, found.language, found.with_results): found.drawn_from
        for found in ShareCard.objects.only("inquiry_id", "language", "with_results", "drawn_from")
    }
    return sum(drawn_of(inquiry, known, now) for inquiry in seen)


def drawn_of(inquiry: Inquiry, known: dict[tuple[int, str, bool], str], now: datetime) -> int:
    """One that cannot be drawn keeps no other from being drawn."""
    try:
        return draw_cards_of(inquiry, known, now)
    except Exception:
        log.exception("no card of %s", inquiry)
        return 0


def draw_cards_of(inquiry: Inquiry, known: dict[tuple[int, str, bool], str], now: datetime) -> int:
    wanted = dict(cards_of(inquiry, now))
    for language, with_results in {(key[1], key[2]) for key in known if key[0] == inquiry.pk} - set(wanted):
        ShareCard.objects.filter(inquiry=inquiry, language=language, with_results=with_results).delete()
    changed = {key: one for key, one in wanted.items() if known.get((inquiry.pk, *key)) != one.fingerprint}
    for (language, with_results), one in changed.items():
        keep(inquiry, language, with_results, one, now)
    return len(changed)


def cards_of(inquiry: Inquiry, now: datetime) -> Iterator[tuple[tuple[str, bool], Card]]:
    shown = shown_epoch(inquiry, newest(inquiry.pk).epoch, now)
    for language, _name in settings.LANGUAGES:
        yield (language, False), card(inquiry, language, None)
        if shown:
            yield (language, True), card(inquiry, language, shown)


def keep(inquiry: Inquiry, language: str, with_results: bool, one: Card, now: datetime) -> None:
    from apps.reports.cards.picture import svg
    from apps.reports.drawings.painting import paint

    png = paint(svg(one), 1)
    ShareCard.objects.update_or_create(
        inquiry=inquiry,
        language=language,
        with_results=with_results,
        defaults={
            "drawn_from": one.fingerprint,
            "png": png,
            "sha256": sha256(png).hexdigest(),
            "made_at": now,
        },
    )
