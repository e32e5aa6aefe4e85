"""How the article and the lines above the first question are kept: together, and never over what others saved."""

import copy
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.desk.editor.article import (
    HOPE,
    WORRY,
    ArticleForm,
    article_of,
    card_of,
    fingerprint,
    initial,
    parts_of,
    voices_of,
)
from apps.desk.editor.bilingual import said
from apps.inquiries.actions import change_article
from apps.inquiries.models import Inquiry
from apps.surveys.drafts import DraftChanged, Working, change_draft


def keep(*, inquiry: Inquiry, working: Working | None, form: ArticleForm, by: User) -> None:
    """Article and draft together or neither. Raises DraftChanged where somebody else saved one of them meanwhile."""
    cleaned = form.cleaned_data
    with transaction.atomic():
        Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        article = article_of(inquiry)
        if cleaned["seen"] and cleaned["seen"] != fingerprint(article):
            raise DraftChanged(working.draft if working else None)
        if working:
            document = with_lines(working.document, form)
            change_draft(inquiry=inquiry, revision=cleaned["revision"] or 0, document=document, by=by)
        change_article(
            inquiry=inquiry,
            title=merged(article.title, said(cleaned, "title", form.languages)),
            introduction=merged(article.introduction, said(cleaned, "introduction", form.languages)),
            url=cleaned["url"],
            author=cleaned["author"],
            published_on=cleaned["published_on"],
            by=by,
        )


def with_lines(document: Mapping[str, Any], form: ArticleForm) -> dict[str, Any]:
    """The document with headline and lines as they were typed; without words in any language a line is none."""
    made, cleaned, languages = copy.deepcopy(dict(document)), form.cleaned_data, form.languages
    made["title"] = {**words_in(made.get("title")), **said(cleaned, "headline", languages)}
    earlier = dict(enumerate(parts_of(made), start=1))
    parts = [
        {**words_in(earlier.get(number)), **said(cleaned, words.name, languages)}
        for number, words in enumerate(form.lines[:-2], start=1)
    ]
    former = [*voices_of(made), None, None]
    voices = [
        {**words_in(before), **said(cleaned, words.name, languages)}
        for before, words in zip(former, (HOPE, WORRY), strict=False)
    ]
    spoken = any(voice[each] for voice in voices for each in languages)
    made["context_card"] = {
        **card_of(made),
        "parts": [part for part in parts if any(part[each] for each in languages)],
        "balanced_pair": voices if spoken else [],
    }
    return made


def words_in(text: Any) -> dict[str, Any]:
    return dict(text) if isinstance(text, Mapping) else {}


def merged(before: Any, typed_now: Mapping[str, str]) -> dict[str, str]:
    """Empty texts are none; those in languages that are not asked now stay."""
    return {language: text for language, text in {**words_in(before), **typed_now}.items() if text}


def differing(form: ArticleForm, inquiry: Inquiry, working: Working | None) -> dict[str, str]:
    """What is saved now where it is not what was typed; the form takes the newest state for its own from here on."""
    now = initial(article_of(inquiry), working)
    found = {
        name: str(now.get(name) or "")
        for name in form.fields
        if name not in ("revision", "seen") and now.get(name, "") != form.cleaned_data.get(name)
    }
    form.data = {name: form.data.get(name, "") for name in form.fields}
    form.data |= {"revision": now["revision"], "seen": now["seen"]}
    return found
