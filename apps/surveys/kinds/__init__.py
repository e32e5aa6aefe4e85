"""The kinds of question. A new kind is one small class and one row here."""

from apps.surveys.definition import Question
from apps.surveys.kinds.base import Kind, Refused
from apps.surveys.kinds.rows import Rows
from apps.surveys.kinds.several import Multiple, Ranking
from apps.surveys.kinds.single import Scale, SingleNominal, SingleOrdinal
from apps.surveys.kinds.values import Date, Number, OpenText

KINDS: dict[str, Kind] = {
    "single_ordinal": SingleOrdinal(),
    "paired_ab": SingleOrdinal(),
    "single_nominal": SingleNominal(),
    "item_by_item": Rows(),
    "rank_top_k": Ranking(),
    "multiple": Multiple(),
    "scale": Scale(),
    "open_text": OpenText(),
    "number": Number(),
    "date": Date(),
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


__all__ = ["KINDS", "Kind", "Refused", "kind_of"]
