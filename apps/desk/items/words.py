"""Names for the kinds of question, and for what an option can be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Word = Promise | str

KINDS: dict[str, tuple[Word, Word]] = {
    "single_ordinal": (
        pgettext_lazy("kind of question", "Scale in words"),
        _("Steps from one side to the other, such as desirable to undesirable."),
    ),
    "single_nominal": (
        pgettext_lazy("kind of question", "One of several"),
        _("Options without an order; one of them may ask for the reader's own words."),
    ),
    "paired_ab": (
        pgettext_lazy("kind of question", "Between A and B"),
        _("Two views side by side, and how close one is to either."),
    ),
    "item_by_item": (
        pgettext_lazy("kind of question", "Several things, one scale"),
        _("The same steps for each row, one below the other; never a grid."),
    ),
    "multiple": (pgettext_lazy("kind of question", "Any of several"), _("Readers tick everything that applies.")),
    "rank_top_k": (
        pgettext_lazy("kind of question", "The most important ones"),
        _("Readers put the first two or three in order."),
    ),
    "scale": (
        pgettext_lazy("kind of question", "Point on a line"),
        _("A number between two ends, 0 to 10 unless you say otherwise."),
    ),
    "open_text": (
        pgettext_lazy("kind of question", "In one's own words"),
        _("A short text. Best asked early, before lists suggest an answer."),
    ),
    "number": (pgettext_lazy("kind of question", "Number"), _("A quantity with its unit, such as hours a week.")),
    "date": (pgettext_lazy("kind of question", "Day"), _("A date.")),
}
ROLES: dict[str, Word] = {
    "answer": _("Add an option"),
    "dont_know": _("Add “don't know”"),
    "prefer_not": _("Add “prefer not to say”"),
    "own_words": _("Add “something else”, with a line to write on"),
    "none": _("Add “none of these”"),
}
SHORT_ROLES: dict[str, Word] = {
    "dont_know": _("don't know"),
    "prefer_not": _("prefer not to say"),
    "opens_text": _("with a line to write on"),
    "exclusive": _("stands alone"),
    "retired": _("no longer offered"),
}
STANCES: dict[str, Word] = {
    "pro": pgettext_lazy("stance", "For"),
    "con": pgettext_lazy("stance", "Against"),
    "bridge": pgettext_lazy("stance", "Bridging"),
}


def kind_name(kind: str) -> str:
    return str(KINDS[kind][0]) if kind in KINDS else kind
