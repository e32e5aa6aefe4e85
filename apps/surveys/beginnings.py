"""How an inquiry begins: from the template that fits any article, or from one that is there already."""

import copy
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from apps.accounts.models import Publication, User
from apps.inquiries.actions import create_inquiry
from apps.inquiries.models import Inquiry
from apps.surveys.definition import Text
from apps.surveys.drafts import begin_draft, title_of

TEMPLATE = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "closing-question.json"
SUBJECT = "{subject}"
LONGEST_SUBJECT = {"ja": 25, "en": 60}  # so that the statements of the template keep within their length
UNNAMED = {"ja": "この記事の話題", "en": "the topic of this article"}


class AddressTaken(Exception):
    """Another inquiry of this installation has this address."""


def from_template(subject: Mapping[str, str]) -> dict[str, Any]:
    """The template with what it is about put into every text; a language without a subject speaks of the article."""
    return filled(json.loads(template_text()), {**UNNAMED, **{key: text for key, text in subject.items() if text}})


@lru_cache
def template_text() -> str:
    return TEMPLATE.read_text(encoding="utf-8")


def filled(content: Any, subject: Mapping[str, str], language: str = "") -> Any:
    if isinstance(content, str):
        return content.replace(SUBJECT, subject.get(language, ""))
    if isinstance(content, list):
        return [filled(each, subject, language) for each in content]
    if isinstance(content, dict):
        return {key: filled(each, subject, key if key in subject else language) for key, each in content.items()}
    return content


def named(document: Mapping[str, Any], *, slug: str, title: Text, languages: Sequence[str]) -> dict[str, Any]:
    """The document under another name, asked in these languages; texts in others stay, for when they come back."""
    made = copy.deepcopy(dict(document))
    default = made.get("default_language")
    return made | {
        "slug": slug,
        "title": dict(title),
        "languages": list(languages),
        "default_language": default if default in languages else languages[0],
    }


def begin_inquiry(
    *, publication: Publication, slug: str, document: Mapping[str, Any], by: User, like: Inquiry | None = None
) -> Inquiry:
    """An inquiry with this draft, seen by nobody yet. `like`: whose privacy, results and embedding sites it takes over.

    Raises AddressTaken.
    """
    try:
        with transaction.atomic():
            inquiry = create_inquiry(
                publication=publication, slug=slug, title=title_of(document), introduction={}, by=by
            )
            if like:
                taken_over = ("privacy_profile", "results_shown", "allowed_origins")
                for name in taken_over:
                    setattr(inquiry, name, getattr(like, name))
                inquiry.save(update_fields=taken_over)
            begin_draft(inquiry=inquiry, document=dict(document), by=by)
    except IntegrityError as fault:
        if Inquiry.objects.filter(slug=slug).exists():
            raise AddressTaken from fault
        raise
    return inquiry
