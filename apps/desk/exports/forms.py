"""What an export is asked for with."""

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = {
    "bundle": _("Everything (zip: CSV, Parquet, codebooks, DDI, questionnaire, a script that counts again)"),
    "csv": _("CSV, for spreadsheets and statistics"),
    "xlsx": _("Excel, with a codebook sheet"),
    "sav": _("SPSS, with labels and missing values"),
    "parquet": _("Parquet, with types"),
}
NAMES = {"bundle": _("Everything (zip)"), "csv": "CSV", "xlsx": "Excel", "sav": "SPSS", "parquet": "Parquet"}
"""Of a file that was made."""
LANGUAGES = {"ja": "日本語", "en": "English"}
LONGEST_REASON = 300


class ExportForm(forms.Form):
    """Every field says by its name what is wrong with it."""

    kind = forms.ChoiceField(
        label=_("Format"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Format: please choose one."),
            "invalid_choice": _("Format: please choose one of those listed."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of labels"),
        choices=list(LANGUAGES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Language of labels: please choose one."),
            "invalid_choice": _("Language of labels: please choose one of those listed."),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        error_messages={
            "required": _("Reason: please say what the answers are needed for."),
            "max_length": _("Reason: at most %(limit_value)d characters."),
        },
    )
    raw_text = forms.BooleanField(label=_("With what readers wrote in their own words"), required=False)
