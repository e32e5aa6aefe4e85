"""Where a reader may go from the debate's pages. Without cookies a way is a button that takes the token along."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.reader.addresses import page


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
