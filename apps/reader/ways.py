"""Where a reader may go from the debate's pages. Without cookies a way is a button that takes the token along."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.debates.choices import Choice
from apps.debates.routing import AT_ONCE
from apps.reader.addresses import page
from apps.reports.queries import Telling


@dataclass(frozen=True, slots=True)
class Way:
    """`own`: the page is this reader's, so it must know them."""

    words: str
    address: str
    own: bool = True


def ways_on(request: HttpRequest, slug: str, *names: str) -> list[Way]:
    """In the order asked for."""
    words = {
        "debate": _("Vote on statements"),
        "write": _("Write a statement"),
        "votes": _("My votes"),
        "stand": _("Where I stand"),
        "results": _("How readers answered"),
    }
    return [Way(words[name], page(request, name, slug), own=name != "results") for name in names]


def more_to_vote_on(telling: Telling, votes: Mapping[int, Choice]) -> str:
    """Whether another round is left to this reader, a few statements, or nothing."""
    left = len(set(telling.numbers) - votes.keys())
    return "five" if left >= AT_ONCE else "few" if left else ""
