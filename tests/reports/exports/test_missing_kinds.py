"""Why an answer holds no opinion is told by what the option is, not by its number."""

from apps.reports.exports.columns import columns_of, missing_kinds
from apps.surveys.reading import parse
from tests.surveys.documents import DONT_KNOW, ORDINAL, both, document, options

DECLINED = {"code": 7, "label": both("rather not say"), "kind": "prefer_not", "anchor": "last"}
NONE_OF_THESE = {"code": 99, "label": both("none of these"), "anchor": "last"}


def kinds_of(*more: dict) -> dict[int, str]:
    item = {**ORDINAL, "options": [*options("bad", "good"), *more]}
    (column,) = [each for each in columns_of([parse(document(item))], with_words=False) if each.name == "Q1"]
    return missing_kinds(column)


def test_whoever_declines_is_told_from_whoever_does_not_know():
    assert kinds_of(DONT_KNOW, DECLINED) == {97: "skipped", 98: "dont_know", 7: "prefer_not"}


def test_an_opinion_may_have_any_number():
    assert kinds_of(DONT_KNOW, NONE_OF_THESE) == {97: "skipped", 98: "dont_know"}
