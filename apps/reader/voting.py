"""A form of the debate's pages: who sent it, under which pass, what vote it brings."""

from dataclasses import dataclass, replace
from hashlib import sha256

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.debates.actions import Voted, cast_vote
from apps.debates.choices import Choice
from apps.debates.rules import StatementNotServed, StatementUnknown
from apps.participants.actions import admit_participant
from apps.participants.passes import FormPass, PassExpired, read_pass
from apps.reader.screens import Notice
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
    """`form_pass`: none where the page had been open for more than two hours."""

    visit: Visit
    form_pass: FormPass | None
    intent: str


def entry_of(request: HttpRequest, visit: Visit) -> Entry:
    """Raises PassForged; BadRequest where a field was sent twice, as none of our forms does."""
    if any(len(values) > 1 for _name, values in request.POST.lists()):
        raise BadRequest("a field was sent twice")
    intent = request.POST.get("intent", "")
    try:
        form_pass = read_pass(request.POST.get("pass", ""), visit.inquiry.pk)
    except PassExpired:
        return Entry(visit, None, intent)
    visit = visit.entered_with(form_pass)
    cookieless = visit.token and (intent == "carry" or request.POST.get("cookies") == "none")
    return Entry(replace(visit, carried=True) if cookieless else visit, form_pass, intent)


def cast(request: HttpRequest, entry: Entry, vote: Vote) -> Voted:
    """Record the vote; the first one of a reader brings their consent along, and with it their receipt.

    Raises ConsentMissing, and what `cast_vote` raises.
    """
    visit, consent = entry.visit, entry.visit.instrument.definition.consent_sha256
    assert visit.identity  # given with the pass
    assert entry.form_pass
    if request.POST.get("consent") == consent:
        admit_participant(identity=visit.identity, consent=consent)
    elif visit.is_newcomer:
        raise ConsentMissing
    return cast_vote(
        inquiry=visit.inquiry,
        identity=visit.identity,
        number=vote.number,
        choice=vote.choice,
        key=entry.form_pass.key,
        body_sha256=vote.sha256,
    )


def open_too_long() -> Notice:
    return Notice(_("This page had been open for a long time. Please choose once more."))


def no_choice() -> Notice:
    return Notice(_("Please choose one of the four answers."), warns=True)


def not_yours() -> Notice:
    return Notice(_("There is no such statement of yours here."), warns=True)


NOT_SERVED = gettext_lazy("That statement takes no votes any more, so this vote was not counted. All the others stand.")
SENT_BEFORE = gettext_lazy("This page was sent once before. Please choose here once more.")
REASONS = {
    ConsentMissing: gettext_lazy("This page had been open for a long time. Please choose once more."),
    KeyReused: SENT_BEFORE,
    StatementNotServed: NOT_SERVED,
    StatementUnknown: NOT_SERVED,
}
REFUSALS = tuple(REASONS)  # of a vote, each of which is said on the page where one may choose again


def reason_of(refused: Exception) -> Notice:
    return Notice(str(REASONS[type(refused)]))
