"""Publishing a report: what was counted and looked at on the desk is kept as it is, for good, under a number.

Nothing is counted here. Whoever publishes names the hash of what they have seen, so that nothing else is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry, State
from apps.inquiries.privacy import keeps_to, profile_of
from apps.reports.calculations.asking import ask
from apps.reports.models import Calculation, FrozenReport, MethodNotes
from apps.reports.queries import Moment
from apps.reports.report.distance import too_close
from apps.reports.report.live import about_of, counted, version_used
from apps.reports.report.method_notes import NOTES, missing
from apps.reports.report.settings import FROZEN
from apps.reports.report.telling import report_of
from apps.reports.report.wording import forbidden_in, own_words, quoted_in, texts_in, without
from apps.reports.rules import may_publish_results
from apps.surveys.definition import document_hash

KIND = "edition"


@dataclass(frozen=True)
class Obstacle:
    """Why a report cannot be published now; `code` names the sentence, `detail` is put into it."""

    code: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class NotPublished(Exception):
    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(", ".join(each.code for each in obstacles))
        self.obstacles = obstacles


def calculate(inquiry: Inquiry, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """For the worker: the report with as many draws as a publication deserves."""
    return counted(inquiry, FROZEN)


def ask_for_edition(inquiry: Inquiry) -> Calculation:
    """What would be published now."""
    return ask(inquiry=inquiry, kind=KIND, at_once=True)


def obstacles(
    inquiry: Inquiry,
    content: Mapping[str, Any],
    *,
    seen: Moment,
    title: Mapping[str, str],
    notes: Mapping[str, str],
    now: datetime,
) -> list[Obstacle]:
    """Everything that stands in the way, in the order in which one would clear it. `seen`: the answers it rests on."""
    used = version_used(inquiry, content)
    found = [*of_the_inquiry(inquiry, content, now), *of_the_numbers(inquiry, content, seen, now)]
    said = missing(content["method"], used.definition.languages)
    if said:
        found.append(Obstacle("method", {"missing": said}))
    found += words_in_the_way([*texts_in(title), *texts_in(notes), *texts_in(content["method"]["notes"])])
    return found or words_in_the_way(in_the_report(inquiry, content))


def keeps_to_profile(content: Mapping[str, Any], inquiry: Inquiry) -> bool:
    """Not if it was counted before the profile became stricter."""
    return keeps_to(content["profile"]["name"], inquiry.privacy_profile)


def words_in_the_way(texts: Iterable[str]) -> list[Obstacle]:
    return [Obstacle("words", {"words": each.words, "text": each.text}) for each in forbidden_in(texts)]


def of_the_inquiry(inquiry: Inquiry, content: Mapping[str, Any], now: datetime) -> list[Obstacle]:
    if inquiry.state not in (State.OPEN, State.CLOSED):
        return [Obstacle("not_public")]
    return [] if may_publish_results(inquiry, now) else [Obstacle("after_close")]


def of_the_numbers(inquiry: Inquiry, content: Mapping[str, Any], seen: Moment, now: datetime) -> list[Obstacle]:
    """Enough of them, and far enough from what was published before that no difference shows a single reader."""
    profile = profile_of(inquiry.privacy_profile)
    if not content["parts"]["questions"]:
        return [Obstacle("too_few", {"smallest": profile.smallest_base})]
    last = FrozenReport.objects.filter(inquiry=inquiry).order_by("-number").first()
    fewest = too_close(inquiry, seen, last, now)
    return [Obstacle("too_soon", {"fewest": fewest})] if fewest else []


def in_the_report(inquiry: Inquiry, content: Mapping[str, Any]) -> Iterator[str]:
    """Our own sentences, in every language in which the report is told, without what they quote."""
    used, said = version_used(inquiry, content).definition, content["method"]
    names = [said[name] for name in ("publication", "operator", "funder", "contact")]
    quoted = quoted_in(used.document, content["article"], names)
    for language in used.languages:
        with override(language):
            report = report_of(about_of(inquiry, content, language, intervals=False))
            yield from (without(text, quoted) for text in own_words(report))


def counted_last(inquiry: Inquiry, sha256: str) -> tuple[dict[str, Any], Moment]:
    """The report that was counted last, and the answers it rests on. Raises NotPublished where it is not this one."""
    edition = Calculation.objects.filter(inquiry=inquiry, kind=KIND, content__isnull=False).exclude(seen={}).first()
    content: dict[str, Any] = (edition.content or {}) if edition else {}
    if edition is None or document_hash(content) != sha256 or not keeps_to_profile(content, inquiry):
        raise NotPublished([Obstacle("another")])
    return content, Moment(**edition.seen)


@transaction.atomic
def publish_report(
    *,
    inquiry: Inquiry,
    sha256: str,
    title: Mapping[str, str],
    notes: Mapping[str, str],
    corrects: FrozenReport | None = None,
    by: User | None = None,
) -> FrozenReport:
    """Keep the report that was counted last, if it is the one that was seen; pressed twice, it is published once.

    Raises NotPublished with everything that stands in the way.
    """
    held = Inquiry.objects.select_for_update(no_key=True).select_related("publication").get(pk=inquiry.pk)
    content, seen = counted_last(held, sha256)
    same = FrozenReport.objects.filter(inquiry=held, sha256=sha256, title=dict(title), notes=dict(notes)).first()
    if same is not None:
        return same
    now = timezone.now()
    if found := obstacles(held, content, seen=seen, title=title, notes=notes, now=now):
        raise NotPublished(found)
    last = FrozenReport.objects.filter(inquiry=held).order_by("-number").values_list("number", flat=True).first()
    frozen = FrozenReport.objects.create(
        inquiry=held,
        number=(last or 0) + 1,
        version_id=version_used(held, content).version_id,
        content=content,
        sha256=sha256,
        code_version=content["code"],
        title=dict(title),
        notes=dict(notes),
        corrects=corrects,
        published_by=by,
        published_at=now,
        log_watermark=seen.log_watermark,
        answered=seen.answered,
    )
    record_audit(
        action="report.published",
        by=by,
        publication=held.publication,
        target=held.slug,
        detail={"number": frozen.number, "sha256": sha256, "corrects": corrects.number if corrects else None},
    )
    return frozen


@transaction.atomic
def change_method_notes(
    *, inquiry: Inquiry, notes: Mapping[str, Mapping[str, str]], by: User | None = None
) -> MethodNotes:
    """Only what is asked for is kept. What was published before keeps what was said then."""
    kept = {note.name: dict(notes.get(note.name, {})) for note in NOTES}
    found, _made = MethodNotes.objects.update_or_create(
        inquiry=inquiry, defaults={"notes": kept, "changed_by": by, "changed_at": timezone.now()}
    )
    record_audit(
        action="report.method",
        by=by,
        publication=inquiry.publication,
        target=inquiry.slug,
        detail={"fields": sorted(kept)},
    )
    return found
