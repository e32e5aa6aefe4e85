"""From the database to `Material`: everybody's answers, read at once."""

from collections.abc import Mapping
from typing import Any

from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import profile_of
from apps.reports.report.material import SEED, Material
from apps.reports.report.unpacking import laid_out
from apps.responses.records import all_records, who_wrote
from apps.surveys.queries import instrument, published_instrument, version_ids


def gather(
    inquiry: Inquiry, *, seed: int = SEED, inputs: Mapping[str, Any] | None = None, with_texts: bool = False
) -> Material | None:
    """All readers as they are at this moment; None where nothing was ever asked. Inside `one_moment` where it has to
    agree with something else. `with_texts`: counts who wrote something as well, which takes about as long again."""
    published = published_instrument(inquiry.pk)
    if published is None:
        return None
    versions = version_ids(inquiry.pk)
    drawn = inquiry.expected_answers is not None  # at some time there were arms; who was drawn one stays on it
    texts = [each.id for each in published.definition.questions if with_texts and each.kind == "open_text"]
    parts = all_records(inquiry.pk, version_ids=versions, with_arms=drawn)
    answered = {each.version_id for each in parts} | {published.version_id}
    instruments = tuple(instrument(version) for version in reversed(versions) if version in answered)
    return Material(
        instruments=instruments,
        profile=profile_of(inquiry.privacy_profile),
        last_day=max((each.last_day for each in parts), default=None),
        compared=inquiry.has_control_arms,
        seed=seed,
        inputs=dict(inputs or {}),
        written=who_wrote(inquiry.pk, texts),
        **laid_out(parts, instruments),
    )
