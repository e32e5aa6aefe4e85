"""Which part of the audit log somebody wants to see."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Publication
from apps.accounts.words import AUDITED
from apps.common.punctuation import named
from apps.desk.audit.log import Wanted, actors_in

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_PAGES = 1_000_000


class DayInput(forms.DateInput):
    """Shows what was given if it looks like a day: browsers complain about anything else there."""

    input_type = "date"

    def format_value(self, value: Any) -> str:
        shown = str(value or "")
        return shown if ISO_DAY.fullmatch(shown) else ""


class DayField(forms.DateField):
    """A day as browsers send it."""

    widget = DayInput
    input_formats = ["%Y-%m-%d"]


class WantedForm(forms.Form):
    actor = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    target = forms.CharField(label=_("Address or short name"), max_length=200, required=False)
    since = DayField(label=_("From this day"), required=False)
    until = DayField(label=_("Until this day"), required=False)
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=MOST_PAGES, required=False)

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "wanted_%s"
        actors = [(str(user.pk), str(user)) for user in actors_in(publication)]
        actions = sorted(((action, str(label)) for action, label in AUDITED.items()), key=lambda named: named[1])
        self.fields["actor"].choices = [("", _("Everybody")), *actors]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("Everything")), *actions]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What cannot be read is as if it had not been asked for; the form says so."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            actor=given.get("actor"),
            action=given.get("action") or "",
            target=given.get("target") or "",
            since=given.get("since"),
            until=given.get("until"),
            page=given.get("page") or 1,
        )

    def sentences(self) -> list[str]:
        """The first fault of each field, with its name."""
        return [named(self.fields[name].label, faults[0]) for name, faults in self.errors.items()]
