"""Form fields for texts in several languages, side by side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.surveys.texts import TextRefused, clean_text

LINES = re.compile(r"\s*[\r\n]+\s*")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
IN_THEMSELVES = {"ja": "日本語", "en": "English"}


class TextField(forms.CharField):
    """Words as they are kept everywhere: composed, without invisible signs; what is too long is said, never cut."""

    def __init__(self, *, longest: int, on_one_line: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.longest, self.on_one_line = longest, on_one_line

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if self.on_one_line:
            text = LINES.sub(" ", text)
        if not text:
            return ""
        try:
            return clean_text(text, self.longest)
        except TextRefused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused


@dataclass(frozen=True)
class Words:
    """One sentence that a form asks for in each language. `lines`: more than one makes it a box of that height."""

    name: str
    label: Any
    longest: int
    help: Any = ""
    lines: int = 1
    required: bool = False


@dataclass(frozen=True)
class Beside:
    """One text, drawn: its name and help, and a field for each language. `theirs`: what somebody else saved."""

    name: str
    label: Any
    help: Any
    fields: list[tuple[str, str, forms.BoundField, str]]


def add_words(form: forms.Form, words: Words, languages: Sequence[str]) -> None:
    for language in languages:
        attributes: dict[str, Any] = {"lang": language, "autocomplete": "off"}
        widget = forms.Textarea({**attributes, "rows": words.lines}) if words.lines > 1 else forms.TextInput(attributes)
        form.fields[field_name(words.name, language)] = TextField(
            longest=words.longest,
            on_one_line=True,
            label=words.label,
            required=words.required,
            widget=widget,
            error_messages={"required": _("Please write this in every language in which you ask.")},
        )


def field_name(name: str, language: str) -> str:
    return f"{name}_{language}"


def beside(
    form: forms.Form, all_words: Sequence[Words], languages: Sequence[str], theirs: Mapping[str, str] | None = None
) -> Iterator[Beside]:
    for words in all_words:
        names = [(language, field_name(words.name, language)) for language in languages]
        fields = [(each, IN_THEMSELVES[each], form[name], (theirs or {}).get(name, "")) for each, name in names]
        yield Beside(words.name, words.label, words.help, fields)


def said(cleaned: Mapping[str, Any], name: str, languages: Sequence[str]) -> dict[str, str]:
    """What was typed, by language."""
    return {language: cleaned.get(field_name(name, language), "") for language in languages}


def typed(name: str, text: Any, languages: Sequence[str]) -> dict[str, str]:
    """The initial values of a text's fields."""
    known = text if isinstance(text, Mapping) else {}
    return {field_name(name, each): known[each] if isinstance(known.get(each), str) else "" for each in languages}


def languages_of(document: Mapping[str, Any]) -> list[str]:
    """Those in which a draft asks; all that there are where it does not say."""
    listed = document.get("languages")
    known = [each for each in LANGUAGES if isinstance(listed, list) and each in listed]
    return known or LANGUAGES
