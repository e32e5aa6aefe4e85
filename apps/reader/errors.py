"""What a reader sees when something is not as it should be: the same look, a plain sentence, a way on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.reader.addresses import home
from apps.reader.kept import Kept

RETRY_SECONDS = 5


@dataclass(frozen=True)
class Message:
    heading: Promise
    sentence: Promise


MESSAGES = {
    400: Message(
        gettext_lazy("This request could not be read"),
        gettext_lazy("Its address or content was damaged on the way. Please go back and try again."),
    ),
    403: Message(
        gettext_lazy("This form did not come from here"),
        gettext_lazy("For your protection nothing was saved. Please open the page again and answer there."),
    ),
    404: Message(
        gettext_lazy("There is no page here"),
        gettext_lazy("The address may be mistyped, or the page was taken down."),
    ),
    405: Message(
        gettext_lazy("This address is used in another way"),
        gettext_lazy("Please start from the first page."),
    ),
    409: Message(
        gettext_lazy("This question is no longer open"),
        gettext_lazy("It was closed before your answer arrived, so the answer could not be added."),
    ),
    415: Message(
        gettext_lazy("This is not a form of ours"),
        gettext_lazy("Answers are taken from the forms of these pages, or through the interface for programs."),
    ),
    429: Message(
        gettext_lazy("One moment, please"),
        gettext_lazy("There were too many attempts in a short time. Please wait a minute and try again."),
    ),
    500: Message(
        gettext_lazy("Something went wrong on our side"),
        gettext_lazy("This is not your fault. Please try again in a little while."),
    ),
    503: Message(
        gettext_lazy("We cannot be reached just now"),
        gettext_lazy("Please try again in a moment."),
    ),
}


def message_page(request: HttpRequest, status: int, *, sentence: str = "", **context: object) -> HttpResponse:
    message = MESSAGES[status]
    values = {
        "code": status,
        "heading": message.heading,
        "sentence": sentence or message.sentence,
        "onward": home(request),
        "onward_words": _("To the first page"),
        **context,
    }
    return render(request, "reader/message.html", values, status=status)


def wrong_method(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse:
    response = message_page(request, 405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def away(request: HttpRequest) -> HttpResponse:
    """The database does not answer. What was sent comes back in the page, ready to be sent again under the same key."""
    kept = Kept.of(request)
    sentence = _(
        "Your answer is not saved yet. What you entered is kept in this page: please send it again in a moment."
    )
    response = message_page(
        request,
        503,
        sentence=sentence if kept else "",
        kept=kept,
        can_send=True,
        action=request.get_full_path(),
        onward=request.get_full_path(),
        onward_words=_("Try again"),
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def to_the_question() -> str:
    return _("Back to the question")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return message_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return message_page(request, 403)


def leads_on(path: str) -> bool:
    return not path.endswith("//") and bool(is_valid_path(path))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever types an address by hand leaves its last stroke out."""
    if request.method in {"GET", "HEAD"} and leads_on(f"{request.path_info}/"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return message_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return message_page(request, 500)
