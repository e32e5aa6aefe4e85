"""One question of a document: what its kind needs, and nothing that its kind does not know."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import Condition, Question, Text
from apps.surveys.kinds import KINDS
from apps.surveys.reading.bounds import read_bounds
from apps.surveys.reading.options import check_distinct, check_options, read_options, read_rows
from apps.surveys.reading.ordering import read_order
from apps.surveys.reading.source import Reading

LONGEST_ID, LONGEST_ANSWER, MOST_PLACES, LONGEST_ESTIMATE = 20, 2000, 20, 3600
PHASES = ("pre", "background", "post")
NOTES = frozenset({"article_ref", "analysis", "chart", "rationale", "layout", "branching", "note"})
EVERY = NOTES | {
    "id", "name", "type", "phase", "stem", "help", "page_lead", "required", "skip_label", "shown_if", "options",
    "randomise", "repeat_of", "counts_as_item", "default_on", "est_seconds",
}  # fmt: skip
OF_KIND: dict[str, frozenset[str]] = {
    "paired_ab": frozenset({"poles"}),
    "item_by_item": frozenset({"rows"}),
    "rank_top_k": frozenset({"k"}),
    "scale": frozenset({"minimum", "maximum", "low_label", "high_label"}),
    "open_text": frozenset({"max_chars", "secondary"}),
    "number": frozenset({"minimum", "maximum", "step", "unit"}),
    "date": frozenset({"minimum", "maximum"}),
}


def read_questions(reading: Reading, items: list[tuple[str, Any]], known: Mapping[str, Question]) -> list[Question]:
    """Questions one after the other; each may point back to those before it and to `known` ones."""
    found: list[Question] = []
    taken = {name for question in known.values() for name in names_of(question)}
    for path, raw in items:
        item = reading.mapping(raw, path)
        if not item or not has_kind(reading, item, path):
            continue
        name = read_id(reading, item.get("id"), f"{path}.id")
        question = read_question(reading, item, path, name, {**known, **{each.id: each for each in found}})
        for used in names_of(question):
            if used in taken:
                reading.fault(f"{path}.id", _("The id %(name)s is taken.") % {"name": used})
            taken.add(used)
        if name:
            found.append(question)
    return found


def names_of(question: Question) -> list[str]:
    """Its id and that of its consent; a faulty one is empty and takes no name away."""
    return [name for name in (question.id, question.consent and question.consent[0]) if name]


def has_kind(reading: Reading, item: Mapping[str, Any], path: str) -> bool:
    kind = item.get("type")
    if isinstance(kind, str) and kind in KINDS:
        return True
    reading.fault(f"{path}.type", _("One of these is expected: %(known)s.") % {"known": ", ".join(KINDS)})
    return False


def read_id(reading: Reading, raw: Any, path: str) -> str:
    """Begins with a capital, so that it never meets a field or an element of the page around the questions."""
    if isinstance(raw, str) and raw.isascii() and raw.isalnum() and raw[0].isupper() and len(raw) <= LONGEST_ID:
        return raw
    sentence = _("An id of up to %(limit)d ASCII letters and digits that begins with a capital letter is expected.")
    reading.fault(path, sentence % {"limit": LONGEST_ID})
    return ""


def read_question(
    reading: Reading, item: Mapping[str, Any], path: str, name: str, known: Mapping[str, Question]
) -> Question:
    kind = item["type"]
    reading.mapping(item, path, EVERY | OF_KIND.get(kind, frozenset()))
    check_estimate(reading, item.get("est_seconds"), f"{path}.est_seconds")
    order, pair = read_order(reading, item, f"{path}.randomise", known)
    phase = reading.word(item.get("phase"), f"{path}.phase", PHASES, "pre")
    counted = reading.flag(item.get("counts_as_item"), f"{path}.counts_as_item", usual=True)
    question = Question(
        id=name,
        name=reading.name(item.get("name", name or "unnamed"), f"{path}.name"),
        kind=kind,
        phase=phase,
        stem=reading.text(item.get("stem"), f"{path}.stem"),
        help=reading.optional_text(item.get("help"), f"{path}.help"),
        lead=reading.optional_text(item.get("page_lead"), f"{path}.page_lead"),
        prompt=reading.word(item.get("required"), f"{path}.required", ("soft", "no"), "no") == "soft",
        options=read_options(reading, item, path, known),
        rows=read_rows(reading, item.get("rows"), f"{path}.rows") if kind == "item_by_item" else (),
        poles=read_poles(reading, item.get("poles"), f"{path}.poles") if kind == "paired_ab" else None,
        top=reading.whole(item.get("k"), f"{path}.k", low=1, high=MOST_PLACES) if kind == "rank_top_k" else 0,
        text_limit=read_limit(reading, item, path) if kind == "open_text" else 0,
        consent=read_quotation(reading, item.get("secondary"), f"{path}.secondary"),
        skip_label=reading.optional_text(item.get("skip_label"), f"{path}.skip_label"),
        shown_if=read_condition(reading, item.get("shown_if"), f"{path}.shown_if"),
        order=order,
        pair=pair,
        repeats=read_repeat(reading, item, path, known),
        counts=phase == "pre" and counted,
        unit=reading.optional_text(item.get("unit"), f"{path}.unit"),
        low_label=reading.optional_text(item.get("low_label"), f"{path}.low_label"),
        high_label=reading.optional_text(item.get("high_label"), f"{path}.high_label"),
        **read_bounds(reading, item, path),
    )
    reading.flag(item.get("default_on"), f"{path}.default_on")
    check_options(reading, question, path)
    return question


def check_estimate(reading: Reading, raw: Any, path: str) -> None:
    """Seconds that the question is likely to take; the cover adds them up."""
    if raw is not None and (type(raw) not in {int, float} or not 0 <= raw <= LONGEST_ESTIMATE):
        reading.fault(path, _("A number of seconds up to %(limit)d is expected.") % {"limit": LONGEST_ESTIMATE})


def read_limit(reading: Reading, item: Mapping[str, Any], path: str) -> int:
    return reading.whole(item.get("max_chars"), f"{path}.max_chars", low=1, high=LONGEST_ANSWER)


def read_poles(reading: Reading, raw: Any, path: str) -> Mapping[str, Text]:
    given = reading.mapping(raw, path, {"A", "B"})
    poles = {side: reading.text(given.get(side), f"{path}.{side}") for side in "AB"}
    check_distinct(reading, poles.values(), path)
    return poles


def read_quotation(reading: Reading, raw: Any, path: str) -> tuple[str, Text] | None:
    """A box under a text: whether its writer may be quoted."""
    if raw is None:
        return None
    given = reading.mapping(raw, path, {"id", "type", "default", "label"})
    reading.word(given.get("type"), f"{path}.type", ("checkbox",), "checkbox")
    if reading.flag(given.get("default"), f"{path}.default"):
        reading.fault(f"{path}.default", _("A consent is never given beforehand."))
    return read_id(reading, given.get("id"), f"{path}.id"), reading.text(given.get("label"), f"{path}.label")


def read_condition(reading: Reading, raw: Any, path: str) -> Condition | None:
    if raw is None:
        return None
    given = reading.mapping(raw, path, {"item", "equals"})
    if not isinstance(given.get("item"), str) or type(given.get("equals")) is not int:
        reading.fault(path, _("The id of a question (item) and the code that it must equal (equals) are expected."))
        return None
    return Condition(given["item"], given["equals"])


def read_repeat(reading: Reading, item: Mapping[str, Any], path: str, known: Mapping[str, Question]) -> str | None:
    """The question that this one asks once more."""
    name = item.get("repeat_of")
    if name is None:
        return None
    if not isinstance(name, str) or name not in known or known[name].kind != item["type"]:
        reading.fault(f"{path}.repeat_of", _("An earlier question of the same kind is expected."))
        return None
    return name
