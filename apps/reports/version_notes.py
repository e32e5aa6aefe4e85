"""What was offered to some readers only, or said to them in other words, beside the numbers of all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.surveys.definition import Question


def version_notes(question: Question, otherwise: Mapping[str, Any], language: str) -> Iterator[str]:
    """Those who could not choose an answer count in its share all the same."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for option in question.options:
        numbers = otherwise.get("offered", {}).get(str(option.code))
        if numbers:
            groups.setdefault(tuple(numbers), []).append(in_language(option.label, language))
    for numbers, labels in groups.items():
        yield _("Offered only in version {versions} of the questionnaire: {answers}.").format(
            versions=listed(numbers), answers=_(", ").join(_("“{text}”").format(text=label) for label in labels)
        )
    if worded := otherwise.get("worded"):
        yield _("Put in other words in version {versions} of the questionnaire.").format(versions=listed(worded))


def listed(numbers: Iterable[int]) -> str:
    return _(", ").join(map(str, numbers))
