"""What changes an inquiry; each leaves a row in the audit log."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.actions import record_audit
from apps.accounts.models import Publication, User
from apps.inquiries.models import FEWEST_FOR_ARMS, Article, Inquiry, PrivacyProfile, ResultsShown, State


@transaction.atomic
def create_inquiry(
    *,
    publication: Publication,
    slug: str,
    title: Mapping[str, str],
    introduction: Mapping[str, str],
    by: User | None = None,
    **article: Any,
) -> Inquiry:
    """A draft with its article; it opens by `open_inquiry`."""
    inquiry = Inquiry.objects.create(publication=publication, slug=slug, title=dict(title))
    Article.objects.create(inquiry=inquiry, introduction=dict(introduction), **article)
    record_audit(action="inquiry.created", by=by, publication=publication, target=slug)
    return inquiry


def open_inquiry(
    *,
    inquiry: Inquiry,
    by: User | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Inquiry:
    """Take answers from now on, or from a later moment; until it is closed, or until a moment."""
    return _change(inquiry, "inquiry.opened", by, state=State.OPEN, opens_at=opens_at, closes_at=closes_at)


def close_inquiry(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """Take no more answers; what was given stays."""
    return _change(inquiry, "inquiry.closed", by, None, state=State.CLOSED, **_closed_now(inquiry))


def archive_inquiry(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """Take the inquiry off the site."""
    return _change(inquiry, "inquiry.archived", by, None, state=State.ARCHIVED, **_closed_now(inquiry))


def restore_inquiry(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """Back on the site, closed: its results can be read, and it can be opened again."""
    return _change(inquiry, "inquiry.restored", by, state=State.CLOSED)


class OpenedBefore(Exception):
    """It has had readers; it can be taken off the site, but not be as if it had never been."""


@transaction.atomic
def delete_inquiry(*, inquiry: Inquiry, by: User | None = None) -> None:
    """Forget an inquiry that was never open, with its draft and versions. Raises OpenedBefore."""
    found = Inquiry.objects.select_for_update().filter(pk=inquiry.pk).first()
    if found is None:
        return
    if found.state != State.DRAFT:
        raise OpenedBefore
    record_audit(action="inquiry.deleted", by=by, publication=found.publication, target=found.slug)
    found.delete()


def set_hours(
    *, inquiry: Inquiry, opens_at: datetime | None, closes_at: datetime | None, by: User | None = None
) -> Inquiry:
    """From when and until when answers are taken, as soon as it is opened."""
    said = {"opens": _iso(opens_at), "closes": _iso(closes_at)}
    return _change(inquiry, "inquiry.hours", by, said, opens_at=opens_at, closes_at=closes_at)


def set_privacy_profile(*, inquiry: Inquiry, profile: PrivacyProfile, by: User | None = None) -> Inquiry:
    """Whoever asks for less protection has seen to it that nobody has answered under more (decision 30)."""
    said = {"from": inquiry.privacy_profile, "to": str(profile)}
    return _change(inquiry, "inquiry.privacy", by, said, privacy_profile=profile)


def set_results_shown(*, inquiry: Inquiry, shown: ResultsShown, by: User | None = None) -> Inquiry:
    said = {"from": inquiry.results_shown, "to": str(shown)}
    return _change(inquiry, "inquiry.results", by, said, results_shown=shown)


def set_allowed_origins(*, inquiry: Inquiry, origins: Sequence[str], by: User | None = None) -> Inquiry:
    """Which sites may embed it, each as an exact origin (`origins.read_origin`)."""
    said = {"from": list(inquiry.allowed_origins), "to": list(origins)}
    return _change(inquiry, "inquiry.origins", by, said, allowed_origins=list(origins))


@transaction.atomic
def change_article(
    *,
    inquiry: Inquiry,
    title: Mapping[str, str],
    url: str,
    author: str,
    published_on: date | None,
    introduction: Mapping[str, str],
    by: User | None = None,
) -> Article:
    """Which article it is; readers see it at once. The same again leaves no row in the audit log."""
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    article, _made = Article.objects.get_or_create(inquiry=inquiry)
    said = {
        "title": dict(title),
        "url": url,
        "author": author,
        "published_on": published_on,
        "introduction": dict(introduction),
    }
    changed = [name for name, value in said.items() if getattr(article, name) != value]
    if changed:
        for name in changed:
            setattr(article, name, said[name])
        article.save()
        detail: dict[str, object] = {"fields": changed}
        record_audit(
            action="article.changed", by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail
        )
    return article


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def _closed_now(inquiry: Inquiry) -> dict[str, datetime]:
    """The moment of closing, from which the time runs that words are kept; an earlier one stands."""
    now = timezone.now()
    later = inquiry.closes_at is None or inquiry.closes_at > now
    begun = inquiry.opens_at is None or inquiry.opens_at < now
    return {"closes_at": now} if later and begun else {}


def mark_simulated(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """From now on every page of the inquiry says that its answers are simulated."""
    return _change(inquiry, "inquiry.simulated", by, simulated=True)


class TooFewExpected(Exception):
    """So few answers would tell nothing of the difference between the arms."""


def compare_arms(*, inquiry: Inquiry, expected: int, by: User | None = None) -> Inquiry:
    """From now on newcomers are drawn an arm. Whoever asks for it has seen to it that nobody has answered yet."""
    if expected < FEWEST_FOR_ARMS:
        raise TooFewExpected
    return _change(inquiry, "inquiry.compares", by, has_control_arms=True, expected_answers=expected)


def stop_comparing(*, inquiry: Inquiry, by: User | None = None) -> Inquiry:
    """From now on everybody goes the same way; who was drawn an arm stays on it."""
    return _change(inquiry, "inquiry.compares_no_more", by, has_control_arms=False)


@transaction.atomic
def _change(
    inquiry: Inquiry, action: str, by: User | None, detail: Mapping[str, object] | None = None, **values: Any
) -> Inquiry:
    changed = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save(update_fields=list(values))
    record_audit(action=action, by=by, publication=changed.publication, target=changed.slug, detail=dict(detail or {}))
    return changed
