"""What an author sets about an inquiry: a small form for each thing, so that each is saved by itself."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Publication
from apps.desk.editor.beginning import IN
from apps.desk.editor.bilingual import TextField
from apps.desk.standings import PLANNED, standing
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown, State
from apps.inquiries.origins import MOST_ORIGINS, OriginRefused, read_origin

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MINUTES = "%Y-%m-%dT%H:%M"
LONGEST_LIST = 20_000
YEARS = gettext_lazy("Please enter a day between the years 2000 and 2100.")


def moment(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=MINUTES),
        validators=[MinValueValidator(EARLIEST, YEARS), MaxValueValidator(LATEST, YEARS)],
        error_messages={"invalid": gettext_lazy("Please enter a day and a time, such as 2026-12-01 09:00.")},
    )


class HoursForm(forms.Form):
    """Whoever has begun to take answers cannot begin later; what is closed is opened again by its button."""

    opens_at = moment(gettext_lazy("Opens"), gettext_lazy("Left empty, it opens as soon as you open it."))
    closes_at = moment(gettext_lazy("Closes"), gettext_lazy("Left empty, it stays open until you close it."))

    def __init__(self, *args: Any, inquiry: Inquiry, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"opens_at": inquiry.opens_at, "closes_at": inquiry.closes_at}
        super().__init__(*args, **kwargs)
        self.inquiry, self.now, self.standing = inquiry, now, standing(inquiry, now)
        if self.standing not in (State.DRAFT, PLANNED):
            del self.fields["opens_at"]
        elif self.standing == PLANNED:
            self.fields["opens_at"].help_text = _("It is planned. Left empty, it opens at once.")

    @property
    def may_change(self) -> bool:
        return self.standing in (State.DRAFT, PLANNED, State.OPEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at", self.inquiry.opens_at), cleaned.get("closes_at")
        if "opens_at" in self.changed_data and opens and opens <= self.now:
            self.add_error("opens_at", _("This moment is over. Leave it empty to open at once."))
        if closes and closes <= self.now:
            self.add_error("closes_at", _("This moment is over. To close now, use the button on the monitor."))
        elif closes and opens and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        return {"opens_at": opens, "closes_at": closes}


class PrivacyForm(forms.Form):
    """`tighten_only`: somebody has answered, and was told how their answer is protected."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Privacy profile"), choices=PrivacyProfile.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, inquiry: Inquiry, tighten_only: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"profile": inquiry.privacy_profile}
        super().__init__(*args, **kwargs)
        self.now_strict = inquiry.privacy_profile == PrivacyProfile.STRICT
        self.fixed = tighten_only and self.now_strict

    def clean_profile(self) -> PrivacyProfile:
        profile = PrivacyProfile(self.cleaned_data["profile"])
        if self.fixed and profile != PrivacyProfile.STRICT:
            raise forms.ValidationError(_("Readers have answered under the strict profile; it stays."))
        return profile


class ResultsForm(forms.Form):
    """After the first answer results can be put off, but not be brought forward."""

    shown = forms.ChoiceField(
        label=gettext_lazy("Results are shown"), choices=ResultsShown.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, inquiry: Inquiry, tighten_only: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"shown": inquiry.results_shown}
        super().__init__(*args, **kwargs)
        self.fixed = tighten_only and inquiry.results_shown == ResultsShown.AFTER_CLOSE

    def clean_shown(self) -> ResultsShown:
        shown = ResultsShown(self.cleaned_data["shown"])
        if self.fixed and shown != ResultsShown.AFTER_CLOSE:
            raise forms.ValidationError(
                _("Readers have answered before anybody saw results; they stay hidden until the close.")
            )
        return shown


class OriginsForm(forms.Form):
    """One site a line; every line that is none is named."""

    origins = forms.CharField(
        label=gettext_lazy("Sites that may embed it"),
        required=False,
        max_length=LONGEST_LIST,
        help_text=gettext_lazy(
            "One site a line, such as https://blog.example.com. Left empty, it works on this site only."
        ),
        widget=forms.Textarea({"rows": 4, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        kwargs["initial"] = {"origins": "\n".join(inquiry.allowed_origins)}
        super().__init__(*args, **kwargs)

    def clean_origins(self) -> list[str]:
        found: list[str] = []
        faults: list[str] = []
        for number, line in enumerate(self.cleaned_data["origins"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(read_origin(line))
            except OriginRefused as refused:
                about = {"number": number, "line": line.strip()[:80], "reason": refused}
                faults.append(_("Line %(number)d, “%(line)s”: %(reason)s.") % about)
        if len(found) > MOST_ORIGINS:
            faults.append(_("At most %(limit)d sites, please.") % {"limit": MOST_ORIGINS})
        if faults:
            raise forms.ValidationError(faults[:20])
        return list(dict.fromkeys(found))


class LanguagesForm(forms.Form):
    languages = forms.ChoiceField(label=gettext_lazy("Languages"), choices=list(IN.items()), widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PublisherForm(forms.Form):
    """What readers are told of the publication, on every page of all its inquiries."""

    operator = TextField(
        label=gettext_lazy("Who conducts the survey"),
        longest=200,
        required=False,
        help_text=gettext_lazy("A person or an organisation. Left empty, readers see the name of the publication."),
    )
    funder = TextField(
        label=gettext_lazy("Who pays for it"),
        longest=200,
        required=False,
        help_text=gettext_lazy("Left empty, readers are told that whoever conducts it pays for it."),
    )
    contact = TextField(
        label=gettext_lazy("Contact"),
        longest=200,
        required=False,
        help_text=gettext_lazy("An e-mail address or a page where readers can ask about their data."),
    )

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        named = {name: getattr(publication, name) for name in ("operator", "funder", "contact")}
        kwargs["initial"] = named
        super().__init__(*args, **kwargs)
