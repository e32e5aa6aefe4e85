"""Words, groups and fields as a page prints them. For web processes: no dictionary is loaded here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.common.templatetags.toikake import in_language
from apps.reports.texts.groups import ARRIVAL, EARLY, LANGUAGE, LATE, groups_of
from apps.surveys.definition import Definition

ENGLISH_DENIED, JAPANESE_DENIED = "not_", "_ない"
LANGUAGES = {"ja": "日本語", "en": "English"}


def word_text(word: str) -> str:
    """A denied word with its denial: "not safe", 「止める（否定）」."""
    if word.startswith(ENGLISH_DENIED):
        return f"not {word.removeprefix(ENGLISH_DENIED)}"
    if word.endswith(JAPANESE_DENIED):
        return pgettext("a Japanese word that was denied", "{word} (not)").format(
            word=word.removesuffix(JAPANESE_DENIED)
        )
    return word


def field_text(definition: Definition, name: str, language: str) -> str:
    if name == ARRIVAL:
        return _("When the answer came")
    if name == LANGUAGE:
        return _("Language of the answer")
    return in_language(definition.question(name).stem, language)


def group_text(definition: Definition, field: str, key: str, language: str) -> str:
    """The answers that make it up, in the words of the question."""
    if field in definition.by_id:
        question = definition.question(field)
        labels = {option.code: in_language(option.label, language) for option in question.options}
        codes = next((group.codes for group in groups_of(question) if group.key == key), ())
        return " / ".join(labels[code] for code in codes) or key
    if field == LANGUAGE:
        return LANGUAGES.get(key, key)
    return {EARLY: _("The earlier half"), LATE: _("The later half")}.get(key, key)


def languages_text(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{LANGUAGES.get(name, name)} {number:,}" for name, number in counts.items())


def lengths_text(signs: Sequence[int] | None) -> str:
    if not signs:
        return ""
    quarter, half, most = signs
    return _("{half} characters at the median; half of them {quarter} to {most}").format(
        half=half, quarter=quarter, most=most
    )


def rule_text(quotes: Mapping[str, Any], number: int) -> str:
    """By which rule these were chosen, in full. `number`: how many are told."""
    cleared = {"cleared": f"{quotes['cleared']:,}", "n": number, "seed": quotes["seed"]}
    if quotes["rule"] == "by_theme":
        return _(
            "{n} of {cleared} texts that were checked and whose writers agreed to be quoted, drawn by lot: one of each"
            " theme in turn (seed {seed}). Names and other personal details are blacked out."
        ).format(**cleared)
    return _(
        "{n} of {cleared} texts that were checked and whose writers agreed to be quoted, drawn by lot (seed {seed})."
        " Names and other personal details are blacked out."
    ).format(**cleared)
