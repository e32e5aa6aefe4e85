"""What is printed beside every figure of a report: one list, and no way around it (survey-method 4.3)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import between_sentences
from apps.reports.method import dates_text


def facts(content: Mapping[str, Any], operator: str) -> tuple[str, ...]:
    """When, how, not weighted, how rounded, what the marks mean, by whom, of which version."""
    step = content["profile"]["counts_to"]
    return tuple(
        each
        for each in (
            dates_text(content["dates"]) if content["dates"]["first"] else "",
            _(
                "Readers' survey: open to all, on the web. Those who answered were not picked at random, so no sampling"
                " error can be computed."
            ),
            sentences(
                _("Not weighted. Rounded percentages may not add up to 100."),
                _("Numbers of readers are rounded to {step}.").format(step=step) if step > 1 else "",
            ),
            _(
                "– nobody; * fewer than 30 answers, for orientation only; x withheld, because too few or because it"
                " could be worked out by subtraction."
            ),
            _("Conducted by {operator}.").format(operator=operator),
            _("Questionnaire version {versions}").format(
                versions=", ".join(str(each["number"]) for each in reversed(content["versions"]))
            ),
            _("Simulated answers") if content["inquiry"]["simulated"] else "",
        )
        if each
    )


def sentences(*texts: str) -> str:
    """One after the other, with what stands between sentences in this language."""
    return between_sentences().join(text for text in texts if text)
