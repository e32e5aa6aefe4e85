"""Options and rows of a question."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, LARGEST_CODE, Option, Question, Row, Text
from apps.surveys.reading.source import Reading

CHOOSING = frozenset(
    {"single_ordinal", "single_nominal", "item_by_item", "paired_ab", "rank_top_k", "multiple", "scale"}
)
ROLES = ("answer", "dont_know", "prefer_not")
OPTION_KEYS = {"code", "label", "kind", "anchor", "exclusive", "opens_text", "mirror", "retired", "note"}
LONGEST_OWN_WORDS, LONGEST_ROW_CODE = 2000, 10
FEWEST = {"scale": 0, "multiple": 1}  # options that carry an answer; two for every other kind


def read_options(
    reading: Reading, item: Mapping[str, Any], path: str, known: Mapping[str, Question]
) -> tuple[Option, ...]:
    raw, path = item.get("options"), f"{path}.options"
    if raw is None:
        return ()
    if isinstance(raw, str):
        return same_options(reading, raw, path, known)
    order = item.get("randomise")
    fixed = order.get("fixed_last") if isinstance(order, Mapping) else None
    last = fixed if isinstance(fixed, list) else []
    found = [read_option(reading, each, place, last) for place, each in reading.items(raw, path)]
    check_codes(reading, [option.code for option in found], path)
    return tuple(found)


def same_options(reading: Reading, raw: str, path: str, known: Mapping[str, Question]) -> tuple[Option, ...]:
    name = raw.removeprefix("same_as:")
    if name not in known:
        reading.fault(path, _("A list of options, or “same_as:” with the id of an earlier question, is expected."))
        return ()
    return known[name].options


def read_option(reading: Reading, raw: Any, path: str, last: list[Any]) -> Option:
    given = reading.mapping(raw, path, OPTION_KEYS)
    code = reading.whole(given.get("code"), f"{path}.code", low=0, high=LARGEST_CODE)
    if code == BLANK:
        sentence = _("%(code)d says that a question was left blank and cannot be an option.")
        reading.fault(f"{path}.code", sentence % {"code": BLANK})
    anchor = reading.word(given.get("anchor"), f"{path}.anchor", ("last",), "")
    limit, mirror = given.get("opens_text"), given.get("mirror")
    return Option(
        code=code,
        label=reading.text(given.get("label"), f"{path}.label"),
        role=reading.word(given.get("kind"), f"{path}.kind", ROLES, "answer"),
        anchored=anchor == "last" or code in last,
        exclusive=reading.flag(given.get("exclusive"), f"{path}.exclusive"),
        text_limit=None if limit is None else reading.whole(limit, f"{path}.opens_text", low=1, high=LONGEST_OWN_WORDS),
        mirror=None if mirror is None else reading.whole(mirror, f"{path}.mirror", low=0, high=LARGEST_CODE),
        retired=reading.flag(given.get("retired"), f"{path}.retired"),
    )


def check_codes(reading: Reading, codes: list[int], path: str) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        reading.fault(path, _("The code %(code)s stands twice.") % {"code": code})


def read_rows(reading: Reading, raw: Any, path: str) -> tuple[Row, ...]:
    found: list[Row] = []
    for place, each in reading.items(raw, path):
        given = reading.mapping(each, place, {"code", "label", "note"})
        code = given.get("code")
        if not isinstance(code, str) or not code.isascii() or not code.isalnum() or len(code) > LONGEST_ROW_CODE:
            sentence = _("A code of up to %(limit)d ASCII letters and digits is expected.")
            reading.fault(f"{place}.code", sentence % {"limit": LONGEST_ROW_CODE})
        elif any(row.code == code for row in found):
            reading.fault(f"{place}.code", _("The code %(code)s stands twice.") % {"code": code})
        else:
            found.append(Row(code, reading.text(given.get("label"), f"{place}.label")))
    if not found:
        reading.fault(path, _("At least one row is expected."))
    check_distinct(reading, [row.label for row in found], path)
    return tuple(found)


def check_distinct(reading: Reading, labels: Iterable[Text], path: str) -> None:
    """What reads alike cannot be told apart by a reader."""
    for language in reading.languages:
        said = [label[language] for label in labels if label[language]]
        if len(set(said)) < len(said):
            reading.fault(f"{path}.{language}", _("Two of these texts are the same."))


def check_options(reading: Reading, question: Question, path: str) -> None:
    """What the kind asks of its options."""
    place = f"{path}.options"
    if question.kind not in CHOOSING:
        if question.options:
            reading.fault(place, _("A question of this kind has no options."))
        return
    enough(reading, question, place)
    check_distinct(reading, [option.label for option in question.offered], place)
    check_own_words(reading, question, place)
    if question.kind not in {"multiple", "rank_top_k"} and any(option.exclusive for option in question.options):
        reading.fault(place, _("Only where several options can be chosen may one exclude the others."))
    if question.kind == "scale" and any(
        question.minimum <= option.code <= question.maximum for option in question.options
    ):
        reading.fault(place, _("The code of an option is also a point of the scale."))


def enough(reading: Reading, question: Question, place: str) -> None:
    ranked = question.kind == "rank_top_k"
    free = [option for option in question.offered if option.role == "answer" and not (ranked and option.exclusive)]
    fewest = max(2, question.top) if ranked else FEWEST.get(question.kind, 2)
    if len(free) < fewest:
        sentence = _("At least %(count)d options that carry an answer are expected.")
        reading.fault(place, sentence % {"count": fewest})


def check_own_words(reading: Reading, question: Question, place: str) -> None:
    speaking = sum(option.text_limit is not None for option in question.offered)
    if speaking > 1 or (speaking and question.kind != "single_nominal"):
        reading.fault(place, _("Only one option of a single_nominal question may open a line for words."))
