"""Words that readers used: typical of a group, and standing together. No text of anybody is shown here."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.accounts.gate import signed_in, staff
from apps.common.templatetags.toikake import in_language
from apps.desk.rules import inquiry_for
from apps.desk.texts.asked import Asked, asked_in
from apps.inquiries.models import Inquiry
from apps.reports.calculations.asking import ask
from apps.reports.report.own_panels import drawn
from apps.reports.report.told.texts import FEWEST_PAIRS
from apps.reports.texts.groups import fields, written_questions
from apps.reports.texts.naming import field_text, group_text, languages_text, lengths_text, word_text
from apps.reports.texts.pictures import knots, lollipops
from apps.surveys.definition import Definition
from apps.surveys.queries import published_instrument


@require_safe
@staff()
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and (asked for by htmx while it is being counted) only its part that changes."""
    inquiry = inquiry_for(signed_in(request), slug).inquiry
    published = published_instrument(inquiry.pk)
    asked = asked_in(request.GET, published.definition) if published else None
    context: dict[str, Any] = {"inquiry": inquiry, "asked": asked}
    if published and asked:
        context |= chosen(published.definition, asked) | counted(inquiry, published.definition, asked)
    part = "desk/texts/counted.html" if request.htmx else "desk/texts/texts.html"  # type: ignore[attr-defined]
    return render(request, part, context)


def chosen(definition: Definition, asked: Asked) -> dict[str, Any]:
    """What the form offers."""
    language = get_language() or ""
    return {
        "questions": [(each.id, in_language(each.stem, language)) for each in written_questions(definition)],
        "fields": [(name, field_text(definition, name, language)) for name in fields(definition)],
    }


def counted(inquiry: Inquiry, definition: Definition, asked: Asked) -> dict[str, Any]:
    found = ask(inquiry=inquiry, kind="texts", parameters=asked.parameters)
    context = {"calculation": found, "words": found.content}
    return context | (told(definition, asked, found.content) if found.content else {})


def told(definition: Definition, asked: Asked, words: Mapping[str, Any]) -> dict[str, Any]:
    language = get_language() or ""
    groups = [{**group, "name": group_text(definition, asked.by, group["key"], language)} for group in words["groups"]]
    group = next((each for each in groups if each["key"] == asked.group), groups[0] if groups else None)
    names = [word_text(knot["word"]) for knot in words["network"]["knots"]]
    edges = words["network"]["edges"]
    return {
        "lengths": lengths_text(words["signs"]),
        "languages": languages_text(words["languages"]),
        "groups": groups,
        "group": group,
        "typical": lollipops(group["words"]) if group else [],
        "panel": drawn("report/texts_network.html", knots(words["network"], names))
        if len(edges) >= FEWEST_PAIRS
        else None,
        "pairs": [
            (names[edge["one"]], names[edge["other"]], edge["answers"], f"{edge['jaccard']:.2f}") for edge in edges
        ],
        "frequent": [(word_text(each["word"]), each["answers"]) for each in words["frequent"]],
    }
