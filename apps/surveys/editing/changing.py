"""How a change is made: on a copy, which is settled afterwards and looked through for faults that it did not have."""

from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.utils.translation import gettext as _

from apps.surveys.definition import DefinitionError
from apps.surveys.editing.refusing import Document, EditRefused
from apps.surveys.editing.settling import settle
from apps.surveys.reading import parse

Given = ParamSpec("Given")


def change(
    edit: Callable[Concatenate[Document, Given], None],
) -> Callable[Concatenate[Mapping[str, Any], Given], Document]:
    """`edit` works on a copy. What comes out is settled, and has no fault that was not there before.

    A text that is not written yet is no fault here: a draft may be incomplete, and says so where it is published.
    """

    @wraps(edit)
    def run(document: Mapping[str, Any], *args: Given.args, **named: Given.kwargs) -> Document:
        changed = deepcopy(dict(document))
        edit(changed, *args, **named)
        settle(changed)
        refuse_new_faults(document, changed)
        return changed

    return run


def refuse_new_faults(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for sentence in faults(after) - faults(before):
        raise EditRefused(sentence)


def faults(document: Mapping[str, Any]) -> Counter[str]:
    """What the document may not be published with, as often as it occurs; missing texts apart."""
    try:
        parse(document)
    except DefinitionError as error:
        return Counter(sentence for _path, sentence in error.problems if sentence != _("The text is missing."))
    return Counter()
