"""What stands on a card beside the statement, for whoever shows one: the four answers, the part of the article."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from apps.common.templatetags.toikake import in_language
from apps.debates.choices import Choice

LABELS = {
    Choice.AGREE: pgettext_lazy("vote", "Agree"),
    Choice.DISAGREE: pgettext_lazy("vote", "Disagree"),
    Choice.NEITHER: pgettext_lazy("vote", "Neither"),
    Choice.UNSURE: pgettext_lazy("vote", "Don't know"),
}


def passage(document: Mapping[str, Any], anchor: str, language: str) -> str:
    """Which part of the article the statement is about, as far as the document names its parts for readers."""
    sections = document.get("article_sections")
    named = sections.get(anchor) if isinstance(sections, Mapping) else None
    return in_language(named, language) if isinstance(named, Mapping) else ""


def voting_text(document: Mapping[str, Any], name: str, language: str) -> str:
    """What an inquiry's document says about voting under this name; empty where it says nothing."""
    voting = document.get("statement_voting")
    text = voting.get(name) if isinstance(voting, Mapping) else None
    return in_language(text, language) if isinstance(text, Mapping) else ""
