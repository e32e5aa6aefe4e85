"""Answers into a file of the wanted format. What was taken out, and why, stands in the audit log."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.common.snapshots import one_moment
from apps.common.whole_files import whole_file
from apps.inquiries.models import Inquiry
from apps.reports.exports.formats import FORMATS
from apps.reports.exports.responses import Responses, gather
from apps.responses.models import Response

Seen = Callable[[int], object]


def steps_of(inquiry: Inquiry, kind: str) -> int:
    """How many steps a progress bar has: every response is read and written, and whatever else a format holds."""
    more = getattr(format_module(kind), "more_steps", lambda _inquiry: 0)
    return 2 * Response.objects.filter(inquiry=inquiry).count() + more(inquiry)


def format_module(kind: str) -> Any:
    return import_module(f"apps.reports.exports.{FORMATS[kind].module}")


def export_responses(
    *,
    inquiry: Inquiry,
    path: Path,
    kind: str,
    language: str,
    seed: int | None = None,
    raw_text: bool = False,
    reason: str = "",
    by: User | None = None,
    replace: bool = False,
    seen: Seen = lambda _rows: None,
) -> int:
    """Write the file; returns how many responses it holds. Without a seed, the numbers of responses are drawn freely.

    Raises AlreadyThere, TooManyRows and OSError; then no file was made or changed.
    """
    with whole_file(path, replace=replace) as beside:
        responses = taken_out(inquiry, kind, seed, raw_text, reason, by, seen)
        format_module(kind).write(responses, beside, language=language, seen=seen)
    return len(responses)


def taken_out(
    inquiry: Inquiry, kind: str, seed: int | None, raw_text: bool, reason: str, by: User | None, seen: Seen
) -> Responses:
    """The responses of one moment. The log is told first: a file that failed half way was asked for all the same."""
    with one_moment():
        seed = secrets.randbits(63) if seed is None else seed
        responses = gather(inquiry, seed=seed, raw_text=raw_text, seen=seen)
        beside = getattr(format_module(kind), "beside", None)
        responses = replace(responses, beside=beside(responses)) if beside else responses
        record_audit(
            action="responses.exported",
            by=by,
            publication=inquiry.publication,
            target=inquiry.slug,
            detail={"format": kind, "responses": len(responses), "raw_text": raw_text, "reason": reason},
        )
    return responses
