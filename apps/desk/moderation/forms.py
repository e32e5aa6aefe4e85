"""What a moderator sends: which part of the queue to see, and what to do with some statements."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.common.punctuation import named, remark
from apps.debates.models import RejectionReason, StatementState
from apps.debates.policy import GIVEN_HERE
from apps.debates.rules import MOST_STATEMENTS
from apps.desk.moderation.queue import AT_ONCE, TABS, Asked

CHOSEN = re.compile(r"([1-9][0-9]{0,4}):([a-z]{1,9})")


class Sentences(forms.Form):
    def sentences(self) -> list[str]:
        """The first fault of each field, with its name."""
        return [named(self.fields[name].label, faults[0]) for name, faults in self.errors.items()]


class AskedForm(Sentences):
    state = forms.ChoiceField(label=_("State"), choices=[(str(tab), tab.label) for tab in TABS], required=False)
    q = forms.CharField(label=_("Search"), max_length=140, required=False)
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=MOST_STATEMENTS, required=False)

    def asked(self) -> Asked:
        """What cannot be read is as if it had not been asked for; the form says so."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(given.get("state") or StatementState.WAITING, given.get("q") or "", given.get("page") or 1)


class ChosenField(forms.MultipleChoiceField):
    """Statements, each as its number and the state in which the page showed it: `12:waiting`."""

    def validate(self, value: Any) -> None:
        known = [match for match in map(CHOSEN.fullmatch, value) if match and match[2] in StatementState.values]
        if not value:
            raise forms.ValidationError(_("Choose at least one statement."))
        if len(known) < len(value) or len(value) > AT_ONCE or len({m[1] for m in known}) < len(value):
            raise forms.ValidationError(_("These statements cannot be read."))

    def clean(self, value: Any) -> dict[int, str]:
        chosen: list[str] = super().clean(value)
        return {int(number): state for number, _colon, state in (each.partition(":") for each in chosen)}


class DecisionForm(Sentences):
    """`decision`: approve, clear (held for personal data, but holds none), reject, merge, reopen; or `merge:12`."""

    chosen = ChosenField(label=_("Statements"))
    decision = forms.RegexField(r"^(approve|clear|reject|merge|reopen|merge:[1-9][0-9]{0,4})$", label=_("Decision"))
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(str(each), each.label) for each in GIVEN_HERE], required=False
    )
    into = forms.IntegerField(
        label=_("Number of the other statement"), min_value=1, max_value=MOST_STATEMENTS, required=False
    )

    def sentences(self) -> list[str]:
        """They stand above the queue, so they say which statement was pressed."""
        numbers = list(self.cleaned_data.get("chosen", ()))
        about = remark(gettext("No. %(number)s") % {"number": numbers[0]}) if len(numbers) == 1 else ""
        return [sentence + about for sentence in super().sentences()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, _colon, into = cleaned.get("decision", "").partition(":")
        cleaned["decision"] = decision
        if into:
            cleaned["into"] = int(into)
        if decision == "reject" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose the reason that the author will read."))
        if decision == "merge" and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("Name the statement that is to stand for it."))
        if cleaned.get("reason"):
            cleaned["reason"] = RejectionReason(cleaned["reason"])
        return cleaned
