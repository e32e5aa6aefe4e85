"""A map as HTML: drawn once for each stored run and language, with places where a reader's own things are put in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import override

from apps.debates.choices import Choice
from apps.debates.models import OpinionMap
from apps.inquiries.models import Inquiry
from apps.reports.charts import who_runs
from apps.reports.maps.page import map_page
from apps.reports.maps.rows import own_vote_text
from apps.reports.queries import Telling, statements_told

PLACE = re.compile(r"<!--own ([a-z]+(?:-\d+)?)-->")


@dataclass(frozen=True)
class Drawn:
    """`figure`: the picture and what is printed with it; `lists`: everything after it."""

    headline: str
    figure: str
    lists: str


MOST_KEPT = 32

kept: dict[tuple[object, ...], Drawn] = {}


def drawn(stored: OpinionMap, telling: Telling, inquiry: Inquiry, language: str) -> Drawn:
    """The map as everybody may see it; `put_in` takes the places out or fills them."""
    key = (stored.pk, telling, language, inquiry.slug, inquiry.privacy_profile, inquiry.simulated, *who_runs(inquiry))
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = draw(stored, telling, inquiry, language)
    return kept[key]


def draw(stored: OpinionMap, telling: Telling, inquiry: Inquiry, language: str) -> Drawn:
    with override(language):
        page = map_page(stored, statements_told(telling, language), inquiry)
        context = {"page": page, "language": language}
        return Drawn(
            page.headline,
            render_to_string("reports/map_figure.html", context),
            render_to_string("reports/map_lists.html", context),
        )


def put_in(html: str, own: Mapping[str, str]) -> str:
    """The same with a reader's own things in their places; without any, the places are just taken out."""
    return PLACE.sub(lambda found: own.get(found[1], ""), html)


def own_votes_marked(votes: Mapping[int, Choice]) -> dict[str, str]:
    return {
        f"vote-{number}": format_html('<p class="yours">{}</p>', own_vote_text(choice))
        for number, choice in votes.items()
        if choice
    }
