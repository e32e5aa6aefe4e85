"""What changes a book of codes: a code's words, several from a file, how many texts two people code."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.punctuation import named, remark
from apps.desk.editor.bilingual import IN_THEMSELVES, TextField
from apps.desk.texts.book_file import LONGEST_DESCRIPTION, LONGEST_LABEL
from apps.responses.code_books import Labels

SHARES = (10, 20, 30, 50, 100)
LARGEST_FILE = 48 * 1024


class CodeForm(forms.Form):
    """A label in each language of the inquiry; the first one is needed."""

    description = TextField(label=_("What belongs to it"), longest=LONGEST_DESCRIPTION, required=False)
    retired = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, languages: Sequence[str], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.languages = languages
        labels = {
            f"label_{language}": TextField(
                label=str(_("Theme")) + remark(IN_THEMSELVES.get(language, language)),
                longest=LONGEST_LABEL,
                on_one_line=True,
                required=place == 0,
                error_messages={"required": _("Please give the theme a name.")},
            )
            for place, language in enumerate(languages)
        }
        self.fields = {**labels, **self.fields}
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    @property
    def label(self) -> Labels:
        given = {language: self.cleaned_data[f"label_{language}"] for language in self.languages}
        return {language: text for language, text in given.items() if text}

    def sentences(self) -> list[str]:
        return [named(self.fields[name].label, faults[0]) for name, faults in self.errors.items()]


class BookFileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        error_messages={
            "required": _("Please choose a CSV file."),
            "empty": _("This file is empty."),
            "invalid": _("Please choose a CSV file."),
        },
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large for a book of codes."))
        raw: bytes = file.read()
        return raw


class ShareForm(forms.Form):
    double_share = forms.TypedChoiceField(
        label=_("Coded by two people"),
        choices=[(share, f"{share}%") for share in SHARES],
        coerce=int,
        error_messages={"invalid_choice": _("Please choose one of the shares.")},
    )
