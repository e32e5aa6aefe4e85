"""What authors set on the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.inquiries.models import FEWEST_FOR_ARMS

MOST_EXPECTED = 10_000_000


class ComparisonForm(forms.Form):
    """Switching the comparison on asks for how many answers are expected: of few it would tell nothing."""

    expected = forms.IntegerField(
        label=_("Answers expected"),
        min_value=FEWEST_FOR_ARMS,
        max_value=MOST_EXPECTED,
        error_messages={
            "required": _("Answers expected: please enter a number."),
            "invalid": _("Answers expected: please enter a whole number."),
            "min_value": _("Answers expected: with fewer than %(limit_value)s all readers go the same way."),
            "max_value": _("Answers expected: at most %(limit_value)s."),
        },
    )
