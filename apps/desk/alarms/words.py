"""An alarm in words: what happened, since when, what to do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.desk.alarms.rules import QUEUE_DAYS, TIMES_USUAL, Sudden
from apps.inquiries.models import Inquiry


@dataclass(frozen=True, slots=True)
class Alarm:
    """`inquiry`: None where it concerns the whole site. `urgent`: something stands still or is lost meanwhile."""

    kind: str
    sentence: str
    advice: str
    since: datetime | None = None
    day: date | None = None
    inquiry: Inquiry | None = None
    urgent: bool = False
    leads_to: str = ""


def burst(inquiry: Inquiry, found: Sudden) -> Alarm:
    sentence = _("%(count)s answers were sent within an hour; usually it is %(usual)s.")
    return Alarm(
        "burst",
        sentence % {"count": intcomma(found.count), "usual": usual(found)},
        _(
            "It may be a link on a site with many readers. See on the monitor where they came from, and the signs of"
            " machines; flags delete nothing, and nobody is shut out by hand."
        ),
        since=found.hour,
        inquiry=inquiry,
    )


def jump(inquiry: Inquiry, source: str, found: Sudden) -> Alarm:
    sentence = _("%(source)s brought %(count)s views within an hour, at least half of all; usually it is %(usual)s.")
    return Alarm(
        "jump",
        sentence % {"source": source, "count": intcomma(found.count), "usual": usual(found)},
        _(
            "See what is written there about the question. Whoever comes from one place may think alike: say so in the"
            " report."
        ),
        since=found.hour,
        inquiry=inquiry,
    )


def usual(found: Sudden) -> str:
    return intcomma(round(found.usual))


def nothing_came(inquiry: Inquiry, opened_at: datetime) -> Alarm:
    return Alarm(
        "nothing",
        _("No answer has come since the inquiry was opened."),
        _("Open the readers' page as a stranger, and see whether the article links to it or embeds it."),
        since=opened_at,
        inquiry=inquiry,
    )


def queue_waits(inquiry: Inquiry, statements: int, day: date) -> Alarm:
    sentence = ngettext(
        "%(n)s statement waits for a decision, and the oldest has waited for more than 24 hours.",
        "%(n)s statements wait for a decision, and the oldest has waited for more than 24 hours.",
        statements,
    )
    return Alarm(
        "queue",
        sentence % {"n": intcomma(statements)},
        _("Readers were told that somebody looks at what they wrote: open the queue."),
        day=day,
        inquiry=inquiry,
        leads_to="queue",
    )


def not_counted(inquiry: Inquiry, since: datetime) -> Alarm:
    return Alarm(
        "uncounted",
        _("Answers have come in, but no new results were made of them."),
        _("Answers are safe. The operator finds the reason in the worker's log."),
        since=since,
        inquiry=inquiry,
        urgent=True,
    )


def map_failed(inquiry: Inquiry, at: datetime) -> Alarm:
    return Alarm(
        "map",
        _("The opinion map could not be drawn. Readers see the last one."),
        _("It is tried again by itself. If this lasts, the operator finds the reason in the worker's log."),
        since=at,
        inquiry=inquiry,
    )


def worker_silent(seen_at: datetime | None) -> Alarm:
    return Alarm(
        "worker",
        _("The worker gives no sign of life: nothing is counted, drawn, exported or deleted."),
        _(
            "Answers and votes are safe and wait. The operator starts it again with “serve”, or with “work” where it"
            " runs alone."
        ),
        since=seen_at,
        urgent=True,
    )


def worker_late(due: datetime) -> Alarm:
    return Alarm(
        "late",
        _("The worker is behind: a job that was due has not begun."),
        _("A long export or map may be ahead of it. If this lasts, one more worker helps."),
        since=due,
        urgent=True,
    )


def overdue(rows: int) -> Alarm:
    sentence = ngettext(
        "%(n)s record is still kept although its time was over more than two hours ago.",
        "%(n)s records are still kept although their time was over more than two hours ago.",
        rows,
    )
    return Alarm(
        "overdue",
        sentence % {"n": intcomma(rows)},
        _(
            "The worker deletes them every hour. The operator sees with “purge --check” which they are, and deletes"
            " them with “purge”."
        ),
        urgent=True,
    )


def bounds() -> str:
    """How alarms are found, in one sentence."""
    return _(
        "Alarms come when an hour brings at least 30 answers (or one site 50 views) and %(times)s times what is usual,"
        " when a statement has waited for %(days)s days, when nothing came within a day of opening, or when the worker"
        " is behind."
    ) % {"times": TIMES_USUAL, "days": QUEUE_DAYS}
