"""Shares from elsewhere: one percentage for each category, and where they come from."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from apps.reports.crosstables.fields import Field as Crossed
from apps.reports.crosstables.wording import category_name, field_name
from apps.reports.weighting.margins import Entered, categories
from apps.surveys.kinds.base import folded

WHOLE, ROUNDING = 100.0, 0.5
LONGEST_NUMBER, LONGEST_SOURCE, LONGEST_ADDRESS = 12, 200, 500
ABOUT = ("source", "date", "url")


class WeightsForm(forms.Form):
    """A group of fields for each question that readers can be weighted to; one that is left empty is not used."""

    def __init__(self, fields: Mapping[str, Crossed], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.crossed, self.language = fields, language
        for name, field in fields.items():
            for key in categories(field):
                self.fields[f"{name}:{key}"] = share_field(category_name(field, key, language))
            self.fields[f"{name}:source"] = forms.CharField(
                label=_("Source"), required=False, max_length=LONGEST_SOURCE, widget=plain(forms.TextInput)
            )
            self.fields[f"{name}:date"] = forms.DateField(
                label=_("Date of the source"),
                required=False,
                widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("Date of the source: please enter a day.")},
            )
            self.fields[f"{name}:url"] = forms.URLField(
                label=_("Address of the source (optional)"),
                required=False,
                max_length=LONGEST_ADDRESS,
                assume_scheme="https",
                widget=plain(forms.URLInput),
                error_messages={"invalid": _("Address of the source: please enter a whole address, or none.")},
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(self._group(name, field) for name, field in fields.items()))

    def _group(self, name: str, field: Crossed) -> "Group":
        shares = [f"{name}:{key}" for key in categories(field)]
        return Group(field_name(field, self.language), shares, [f"{name}:{part}" for part in ABOUT])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if any(":" in name and name not in self.fields for name in self.data):
            raise forms.ValidationError(_("The form names a category that does not exist. Please load the page again."))
        used = [name for name in self.crossed if self._is_used(name)]
        if not used and not self.errors:
            raise forms.ValidationError(_("Please enter the shares of at least one question."))
        for name in used:
            self._check(name, given)
        return given

    def _is_used(self, name: str) -> bool:
        return any(str(self.data.get(field, "")).strip() for field in self.fields if field.partition(":")[0] == name)

    def _check(self, name: str, given: Mapping[str, Any]) -> None:
        """All shares, together a hundred, and whose they are."""
        shares = {key: given.get(f"{name}:{key}") for key in categories(self.crossed[name])}
        for key, share in shares.items():
            if share is None and f"{name}:{key}" not in self.errors:
                self.add_error(f"{name}:{key}", _("Please enter a percentage here, too; 0 where there is nobody."))
        known = [share for share in shares.values() if share is not None]
        if len(known) == len(shares) and abs(sum(known) - WHOLE) > ROUNDING:
            first = next(iter(shares))
            self.add_error(
                f"{name}:{first}",
                _("Together these are {sum}%, not 100%.").format(sum=f"{sum(known):.1f}".removesuffix(".0")),
            )
        if not given.get(f"{name}:source") and f"{name}:source" not in self.errors:
            self.add_error(f"{name}:source", _("Source: please say where these shares come from."))
        if not given.get(f"{name}:date") and f"{name}:date" not in self.errors:
            self.add_error(f"{name}:date", _("Date of the source: please enter a day."))

    def margins(self) -> list[Entered]:
        """What was entered, when it is valid."""
        given = self.cleaned_data
        return [
            Entered(
                field=name,
                shares={key: given[f"{name}:{key}"] for key in categories(field)},
                source=given[f"{name}:source"],
                date=given[f"{name}:date"].isoformat(),
                url=given[f"{name}:url"],
            )
            for name, field in self.crossed.items()
            if self._is_used(name)
        ]


class Group(LayoutObject):
    """All that is asked of one question: its shares, then where they come from."""

    def __init__(self, legend: str, shares: list[str], about: list[str]) -> None:
        self.legend, self.fields, self.about = legend, shares, about

    def render(self, form: forms.Form, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        drawn = {
            "legend": self.legend,
            "shares": [form[name] for name in self.fields],
            "about": [form[name] for name in self.about],
        }
        return render_to_string("desk/weights/group.html", drawn)


class ShareField(forms.CharField):
    """A percentage as people write it: 12.5, 12.5%, full-width digits."""

    def clean(self, value: Any) -> float | None:
        text = folded(super().clean(value)).strip().rstrip("%％").strip()
        if not text:
            return None
        try:
            share = float(text)
        except ValueError:
            share = float("nan")
        if not isfinite(share) or "_" in text:
            raise forms.ValidationError(_("Please enter a number, for example 12.5."))
        if not 0 <= share <= WHOLE:
            raise forms.ValidationError(_("Please enter a percentage from 0 to 100."))
        return share


def share_field(label: str) -> ShareField:
    return ShareField(
        label=label,
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"max_length": _("Please enter a number, for example 12.5.")},
    )


def plain(widget: type[forms.Widget]) -> forms.Widget:
    return widget({"autocomplete": "off"})


def initial_of(margins: list[dict[str, Any]]) -> dict[str, str]:
    """What is held, as it would be entered."""
    found: dict[str, str] = {}
    for margin in margins:
        name = margin["field"]
        found |= {f"{name}:{key}": f"{share:g}" for key, share in margin["shares"].items()}
        found |= {f"{name}:{part}": margin[part] for part in ABOUT}
    return found
