"""A form of the debate's pages: who sent it, under which pass, what vote it brings."""

from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.punctuation import between_sentences
from apps.debates.actions import Voted, cast_vote
from apps.debates.choices import Choice
from apps.debates.queries import vote_was_kept
from apps.debates.rules import StatementNotServed, StatementUnknown
from apps.participants.actions import admit_participant
from apps.participants.crowds import ProofNeeded, TooManyVotes
from apps.participants.limits import sender_of
from apps.participants.passes import FormPass, PassExpired, read_pass
from apps.reader.screens import Notice
from apps.reader.sent import renewed, uuid_or_none
from apps.reader.visit import Visit
from apps.responses.actions import ConsentMissing, KeyReused

WORDS = {choice.word: choice for choice in Choice}
MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Vote:
    """`12-agree` on a button; `12-none` takes the vote back."""

    number: int
    choice: Choice

    @classmethod
    def of(cls, text: str) -> "Vote | None":
        """None for what no button of ours says."""
        number, _dash, word = text[:20].partition("-")
        return cls(int(number), WORDS[word]) if is_number(number) and word in WORDS else None

    @property
    def sha256(self) -> bytes:
        return sha256(f"{self.number}-{self.choice.word}".encode()).digest()


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Entry:
    """`form_pass`: none where the page had been open for more than two hours. `own_key`: made by the page's script."""

    visit: Visit
    form_pass: FormPass | None
    intent: str
    own_key: UUID | None = None

    @property
    def key(self) -> UUID:
        assert self.form_pass
        return self.own_key or self.form_pass.key


def entry_of(request: HttpRequest, visit: Visit) -> Entry:
    """Raises PassForged; BadRequest where a field was sent twice, as none of our forms does."""
    if any(len(values) > 1 for _name, values in request.POST.lists()):
        raise BadRequest("a field was sent twice")
    intent, key = request.POST.get("intent", ""), uuid_or_none(request.POST.get("key", ""))
    try:
        form_pass = read_pass(request.POST.get("pass", ""), visit.inquiry.pk)
    except PassExpired as expired:
        form_pass = expired.form_pass
        if not arrived_in_time(visit.entered_with(form_pass), key):
            return Entry(visit, None, intent)
    visit = visit.entered_with(form_pass)
    if visit.keeps_no_cookie(told=intent == "carry" or request.POST.get("cookies") == "none"):
        visit = replace(visit, carried=True)
    return Entry(visit, form_pass, intent, key)


def arrived_in_time(visit: Visit, key: UUID | None) -> bool:
    """Whether this very vote was kept and only our answer got lost; as with answers, the key is nobody else's."""
    return bool(visit.identity and key and vote_was_kept(visit.identity.pseudonym, key))


def cast(request: HttpRequest, entry: Entry, vote: Vote) -> Voted:
    """Record the vote; the first one of a reader brings their consent along, and with it their receipt.

    Raises ConsentMissing, and what `cast_vote` raises.
    """
    visit, consent = entry.visit, entry.visit.instrument.definition.consent_sha256
    assert visit.identity  # given with the pass
    if request.POST.get("consent") == consent:
        admit_participant(identity=visit.identity, consent=consent)
    elif visit.is_newcomer:
        raise ConsentMissing
    return cast_vote(
        inquiry=visit.inquiry,
        identity=visit.identity,
        number=vote.number,
        choice=vote.choice,
        key=entry.key,
        body_sha256=vote.sha256,
        sender=sender_of(request, request.POST.get("proof", "")),
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a vote was not counted, for the page on which one may choose again. `challenge`: for `static/js/proof.js`."""

    notice: Notice
    status: int = 409
    wait: int = 0
    challenge: str = ""
    pass_text: str = ""  # with which the same vote would be taken

    def put_on(self, response: HttpResponse) -> HttpResponse:
        response.status_code = self.status
        if self.pass_text:
            renewed(response, self.pass_text)
        if self.wait:
            response.headers["Retry-After"] = str(self.wait)
        return response


REFUSALS = (ConsentMissing, KeyReused, StatementNotServed, StatementUnknown, TooManyVotes)


def refusal_of(error: Exception) -> Refused:
    match error:
        case ProofNeeded():
            return Refused(crowded(error.seconds), 429, error.seconds, error.challenge_text)
        case TooManyVotes():
            return Refused(too_fast(error.seconds), 429, error.seconds)
        case KeyReused():
            return Refused(Notice(_("This page was sent once before. Please choose here once more.")))
        case StatementNotServed() | StatementUnknown():
            return Refused(not_served())
        case ConsentMissing():
            return open_too_long()
    raise error


def open_too_long(pass_text: str = "") -> Refused:
    return Refused(Notice(_("This page had been open for a long time. Please choose once more.")), pass_text=pass_text)


def no_choice() -> Refused:
    return Refused(Notice(_("Please choose one of the four answers."), warns=True), 422)


def not_yours() -> Refused:
    return Refused(Notice(_("There is no such statement of yours here."), warns=True), 404)


def not_served() -> Notice:
    return Notice(_("That statement no longer takes votes, so this vote was not counted. All your other votes stand."))


def too_fast(seconds: int) -> Notice:
    sentence = ngettext(
        "That was very fast, so this vote was not counted. Please wait %(n)d second and choose once more.",
        "That was very fast, so this vote was not counted. Please wait %(n)d seconds and choose once more.",
        seconds,
    )
    return Notice(sentence % {"n": seconds})


def crowded(seconds: int) -> Notice:
    work = _(
        "Very many votes are coming from your network, so this one was not counted yet. Please choose once more: your"
        " device then works for a moment before it sends the vote."
    )
    wait = ngettext(
        "Without JavaScript, please wait %(n)d second first.",
        "Without JavaScript, please wait %(n)d seconds first.",
        seconds,
    )
    return Notice(f"{work}{between_sentences()}{wait % {'n': seconds}}")
