"""What is asked for on the pages around the report: notes on the method, and a title for what is published."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.desk.editor.bilingual import Beside, Words, add_words, beside, said, typed
from apps.reports.models import FrozenReport
from apps.reports.report.method_notes import LONGEST, NOTES

METHOD = tuple(Words(note.name, note.label, LONGEST, note.example, lines=3) for note in NOTES)
LONGEST_TITLE, LONGEST_NOTES = 120, 1000
TITLE = Words("title", _("Title"), LONGEST_TITLE, _("Without one it carries the question's."), lines=2)
REMARKS = Words(
    "remarks", _("Remarks"), LONGEST_NOTES, _("What readers should know of this report, or what it corrects."), lines=4
)


class MethodForm(forms.Form):
    def __init__(self, *args: Any, languages: Sequence[str], notes: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for words in METHOD:
            add_words(self, words, languages)
            self.initial.update(typed(words.name, notes.get(words.name), languages))

    def texts(self) -> Iterator[Beside]:
        return beside(self, METHOD, self.languages)

    def notes(self) -> dict[str, dict[str, str]]:
        return {words.name: said(self.cleaned_data, words.name, self.languages) for words in METHOD}


class EditionForm(forms.Form):
    """`sha256`: of the report that was seen when this form was drawn."""

    sha256 = forms.CharField(max_length=64)

    def __init__(self, *args: Any, languages: Sequence[str], earlier: Sequence[FrozenReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.earlier = {each.number: each for each in earlier}
        numbers = [(number, gettext("Report no. {number}").format(number=number)) for number in self.earlier]
        self.fields["corrects"] = forms.TypedChoiceField(
            label=_("Takes the place of"),
            choices=[("", _("none: this is a report of its own")), *numbers],
            required=False,
            coerce=int,
            empty_value=None,
            error_messages={"invalid_choice": _("Please choose one of those listed.")},
        )
        for words in (TITLE, REMARKS):
            add_words(self, words, languages)

    def texts(self) -> Iterator[Beside]:
        return beside(self, (TITLE, REMARKS), self.languages)

    def said(self) -> dict[str, Any]:
        """As `publish_report` takes it."""
        cleaned = self.cleaned_data
        return {
            "sha256": cleaned["sha256"],
            "title": said(cleaned, TITLE.name, self.languages),
            "notes": said(cleaned, REMARKS.name, self.languages),
            "corrects": self.earlier.get(cleaned["corrects"]),
        }
