"""Making an epoch. The mathematics is imported here only when it is needed: web processes live without numpy."""

from datetime import datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING

from django.db import connection, transaction

from apps.common.snapshots import see_one_moment
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to, profile_of
from apps.reports.models import ResultEpoch, ShareCard
from apps.reports.queries import Changes, changes_since, last_report, latest_epoch, written_answers
from apps.reports.report.distance import epoch_too_close
from apps.reports.rules import epoch_due
from apps.reports.sides import WRITTEN_KINDS
from apps.reports.twice.repetition import repetition_in
from apps.responses.arms import answered_twice, readers_by_arm
from apps.responses.queries import answer_columns, devices, languages
from apps.surveys.definition import document_hash
from apps.surveys.queries import Instrument, instrument, published_instrument

if TYPE_CHECKING:
    from apps.reports.content import EpochMaterial
    from apps.reports.twice.pairs import Twice

METHOD = "2"
"""Raised whenever the same answers would give other numbers."""

MOST_SECONDS, PAUSE_SECONDS = 60, 0.2


class BeingCounted(Exception):
    """Another process adds up the answers of this inquiry at the moment."""


def publish_now(*, inquiry: Inquiry, now: datetime) -> ResultEpoch | None:
    """An epoch at once, if anything has changed since the last one, be it the privacy profile; where the worker is at
    it, when it has finished."""
    give_up = monotonic() + MOST_SECONDS
    while True:
        last = latest_epoch(inquiry.pk)
        same_rules = last is not None and keeps_to(last.profile, inquiry.privacy_profile)
        if same_rules and not changes_since(inquiry.pk, last).any:
            return None
        try:
            return publish_epoch(inquiry=inquiry, now=now, force=True)
        except BeingCounted:
            if monotonic() > give_up:
                raise
            sleep(PAUSE_SECONDS)


@transaction.atomic
def publish_epoch(*, inquiry: Inquiry, now: datetime, force: bool = False) -> ResultEpoch | None:
    """Add up all answers and store what may be shown; None where it is too early, too few, or somebody else does it.

    `force` does not wait; it never lowers what a profile asks before anything is shown. Where erasures leave too few
    readers, an epoch without figures takes the place of the last one.
    """
    see_one_moment()
    if not is_only_run(inquiry):
        if force:
            raise BeingCounted(inquiry)
        return None
    last = latest_epoch(inquiry.pk)
    changes = changes_since(inquiry.pk, last)
    due = epoch_due(inquiry=inquiry, last=last, changes=changes, now=now)
    anew = last is not None and not keeps_to(last.profile, inquiry.privacy_profile)
    if not (force or (due and not epoch_too_close(inquiry, last_report(inquiry.pk), now, anew=anew))):
        return None
    return store_epoch(inquiry=inquiry, last=last, changes=changes, now=now)


def is_only_run(inquiry: Inquiry) -> bool:
    """Takes the inquiry's lock until the transaction ends, without waiting for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"epoch of inquiry {inquiry.pk}"])
        return cursor.fetchone()[0]


def store_epoch(*, inquiry: Inquiry, last: ResultEpoch | None, changes: Changes, now: datetime) -> ResultEpoch | None:
    from apps.reports.content import epoch_content

    published = published_instrument(inquiry.pk)
    material = gather(inquiry, published, last) if published else None
    if published is None or material is None:
        return None
    if last is None and material.tally.readers < material.profile.smallest_base:
        return None
    if last and not keeps_to(last.profile, inquiry.privacy_profile):
        ShareCard.objects.filter(inquiry=inquiry, with_results=True).delete()  # drawn from the last one
    content = {"profile": inquiry.privacy_profile, **epoch_content(material)}
    number = last.number + 1 if last else 1
    return ResultEpoch.objects.create(
        inquiry=inquiry,
        number=number,
        version_id=published.version_id,
        answered=material.tally.readers,
        log_watermark=changes.watermark,
        content={"epoch": number, "made_at": now.isoformat(timespec="seconds"), **content},
        sha256=document_hash(content),
        code_version=METHOD,
        created_at=now,
    )


def gather(inquiry: Inquiry, published: Instrument, last: ResultEpoch | None) -> "EpochMaterial":
    """Everything that is counted. Answers of older versions are read by their own slots and add up by code."""
    from apps.reports.content import EpochMaterial
    from apps.reports.tallies import tally

    columns = answer_columns(inquiry.pk)
    written = [question for question in published.definition.questions if question.kind in WRITTEN_KINDS]
    return EpochMaterial(
        definition=published.definition,
        tally=tally(columns, {each.version_id: instrument(each.version_id) for each in columns}),
        profile=profile_of(inquiry.privacy_profile),
        values={question.id: written_answers(inquiry.pk, question) for question in written},
        devices=devices(inquiry.pk),
        languages=languages(inquiry.pk),
        before=last.content if last else {},
        simulated=inquiry.simulated,
        twice=gather_pairs(inquiry, published, [each.version_id for each in columns]),
    )


def gather_pairs(inquiry: Inquiry, published: Instrument, versions: list[int]) -> "Twice | None":
    """Answers to the question that is asked twice; None where none is."""
    from apps.reports.twice.pairs import Twice

    repetition = repetition_in(published.definition)
    if repetition is None:
        return None
    places = {version: repetition.places(instrument(version).definition) for version in versions}
    return Twice(
        repetition=repetition,
        pairs=[
            pair
            for version, (first, again) in ((each, both) for each, both in places.items() if both)
            for pair in answered_twice(inquiry.pk, version_id=version, first=first, again=again)
        ],
        arms=readers_by_arm(inquiry.pk, again=[repetition.again.id]) if inquiry.has_control_arms else {},
        compared=inquiry.has_control_arms,
    )
