"""A reader's pages inside an article on another site: who may frame them, and where the token is kept there."""

from http.cookies import Morsel

from django.http import HttpRequest, HttpResponse

from apps.common.frames import in_frame, may_be_framed_by
from apps.inquiries.models import Inquiry
from apps.participants.tokens import IN_FRAME, ON_SITE, Keeping, read_token

# Python learnt this attribute with 3.14; before, it refuses what it does not know.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]


def let_frame(request: HttpRequest, inquiry: Inquiry) -> None:
    """Exactly the origins that its publication entered; none of them, none at all."""
    may_be_framed_by(request, inquiry.allowed_origins)


def keeping(request: HttpRequest) -> Keeping:
    return IN_FRAME if in_frame(request) else ON_SITE


def kept_token(request: HttpRequest) -> bytes | None:
    """The secret of the token that this device keeps for where the page stands; None where there is none to read."""
    where = keeping(request)
    return read_token(request.COOKIES.get(where.cookie, ""), where.audience)


def told_token(request: HttpRequest) -> tuple[bytes | None, str]:
    """The secret of whoever asks, and the token itself where it came with the form instead of with a cookie.

    A cookie goes first: pages that were only opened can be drawn by nothing else.
    """
    secret = kept_token(request)
    carried = "" if secret or request.method != "POST" else request.POST.get("carried", "")
    return (read_token(carried, keeping(request).audience), carried) if carried else (secret, "")


def keep_token(where: Keeping, response: HttpResponse, token: str) -> None:
    """A frame's cookie may be dropped without a word, so there the page's own script is told the token as well; no
    other site can read the headers of our answers."""
    response.set_cookie(where.cookie, token, **where.attributes)
    if where.partitioned:
        response.cookies[where.cookie]["partitioned"] = True
        response.headers["X-Toikake-Token"] = token
