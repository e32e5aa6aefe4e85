"""The columns of an export: what stands in each, told once for every format, the codebook and the reader of both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.reports.exports.wording import (
    ABOUT,
    ARMS,
    CHOSEN,
    GIVEN,
    LEFT_BLANK,
    ORDER,
    OWN_WORDS,
    PLACE,
    QUOTATION,
    YES_OR_NO,
    joined,
)
from apps.surveys.arms import ARM_COIN
from apps.surveys.definition import BLANK, Definition, Question, Slot, Text

ORDINAL_KINDS = frozenset({"single_ordinal", "paired_ab", "item_by_item", "scale"})
WRITTEN_KINDS = {"number": "number", "date": "date", "open_text": "text"}
MISSING_ROLES = frozenset({"dont_know", "prefer_not"})


@dataclass(frozen=True, slots=True)
class Column:
    """`type`: id, word, day, code, number, date or text. `values`: what codes mean; `missing`: no opinion; `declined`:
    those of them by which somebody preferred not to say.

    `source` says where it stands: a slot of the packed codes, a name among the other bytes, a way to written words.
    """

    name: str
    type: str
    label: Text
    source: Slot | str | tuple[str, ...]
    question: str = ""
    values: Mapping[int, Text] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    declined: tuple[int, ...] = ()
    retired: tuple[int, ...] = ()
    measure: str = "nominal"

    @property
    def has_label_column(self) -> bool:
        """Codes of questions that are worth words of their own; a tick says by its column what was ticked."""
        return self.type == "code" and bool(self.question) and set(self.values) - {0, 1, *self.missing} != set()


def columns_of(
    definitions: Sequence[Definition],
    *,
    with_words: bool,
    themes: Sequence[Column] = (),
    signs: Sequence[Column] = (),
) -> tuple[Column, ...]:
    """Newest version first: its questions, then those of older ones only. Codes merge, and the newest words win.
    `signs`: what was seen in how it was answered; `themes`: what people saw in the words, which comes last."""
    merged: dict[str, Column] = {}
    for definition in definitions:
        for column in columns_in(definition, with_words=with_words):
            known = merged.get(column.name)
            merged[column.name] = column if known is None else both(known, column)
    answers = tuple(merged.values())
    coins = dict.fromkeys(coin.name for definition in definitions for coin in definition.coins)
    if any(definition.arms for definition in definitions):
        coins[ARM_COIN] = None
    about = [*about_responses(), *(coin_column(name) for name in coins)]
    asked = [column.name for column in (*answers, *themes)]
    return (*renamed(about, taken=asked), *answers, *renamed(signs, taken=asked), *themes)


def both(newer: Column, older: Column) -> Column:
    """One column of two versions that ask the same question."""
    return Column(
        name=newer.name,
        type=newer.type,
        label=newer.label,
        source=newer.source,
        question=newer.question,
        values={**older.values, **newer.values} if set(older.values) - set(newer.values) else newer.values,
        missing=tuple(sorted({*newer.missing, *older.missing})),
        declined=tuple(sorted({*newer.declined, *older.declined})),
        retired=tuple(sorted({*newer.retired, *older.retired, *(set(older.values) - set(newer.values))})),
        measure=newer.measure,
    )


def about_responses() -> list[Column]:
    types = {"response_id": "id", "day": "day", "version": "word", "status": "word", "language": "word"}
    types |= {"device": "word", "finished": "code", "screen": "code", "simulated": "code"}
    values = {"finished": YES_OR_NO, "simulated": YES_OR_NO}
    measures = {"day": "scale", "screen": "ordinal", "status": "ordinal"}
    return [
        Column(
            name=name,
            type=types[name],
            label=label,
            source=name,
            values=values.get(name, {}),
            measure=measures.get(name, "nominal"),
        )
        for name, label in ABOUT.items()
    ]


def coin_column(name: str) -> Column:
    if name == ARM_COIN:
        return Column("arm", "code", ABOUT_ARM, f"coin {name}", values=ARMS)
    return Column(f"order_{name}", "code", joined(ORDER, {"ja": name, "en": name}), f"coin {name}")


ABOUT_ARM = {"ja": "くじで決まった進み方", "en": "Way through the questionnaire, drawn by lot"}


def renamed(columns: Iterable[Column], *, taken: Iterable[str]) -> Iterator[Column]:
    """A question may be called like one of ours; SPSS does not tell small letters from capitals."""
    names = {name.lower() for name in taken}
    for column in columns:
        name = column.name
        while name.lower() in names:
            name += "_"
        yield Column(name, column.type, column.label, column.source, values=column.values, measure=column.measure)


def columns_in(definition: Definition, *, with_words: bool) -> Iterator[Column]:
    slots: dict[str, list[Slot]] = {}
    for slot in definition.slots:
        slots.setdefault(slot.question, []).append(slot)
    for question in definition.questions:
        yield from (closed(question, slot) for slot in slots.get(question.id, ()))
        yield from written(question, with_words=with_words)


def closed(question: Question, slot: Slot) -> Column:
    """One byte of the packed codes."""
    ticked = slot.option is not None
    missing = (BLANK,) if ticked else (BLANK, *(o.code for o in question.options if o.role in MISSING_ROLES))
    return Column(
        name="_".join([question.id, *(str(part) for part in (slot.part, slot.option) if part is not None)]),
        type="code",
        label=label_of(question, slot),
        source=slot,
        question=question.id,
        values={**(CHOSEN if ticked else steps(question)), BLANK: LEFT_BLANK},
        missing=tuple(sorted(missing)),
        declined=() if ticked else tuple(option.code for option in question.options if option.role == "prefer_not"),
        retired=() if ticked else tuple(option.code for option in question.options if option.retired),
        measure="ordinal" if question.kind in ORDINAL_KINDS else "nominal",
    )


def steps(question: Question) -> dict[int, Text]:
    """What each code means; a step of a scale between its ends is the number itself."""
    found: dict[int, Text] = {}
    if question.kind == "scale":
        found = {step: {"ja": str(step), "en": str(step)} for step in range(question.minimum, question.maximum + 1)}
        ends = ((question.minimum, question.low_label), (question.maximum, question.high_label))
        found |= {step: joined({"ja": str(step), "en": str(step)}, label) for step, label in ends if label}
    return found | {option.code: option.label for option in question.options}


def label_of(question: Question, slot: Slot) -> Text:
    if slot.option is not None:
        return joined(question.stem, next(o.label for o in question.options if o.code == slot.option))
    if question.rows:
        return joined(question.stem, next(row.label for row in question.rows if row.code == slot.part))
    if slot.part is not None:
        return joined(question.stem, {name: text.format(place=slot.part) for name, text in PLACE.items()})
    return question.stem


def written(question: Question, *, with_words: bool) -> Iterator[Column]:
    """Numbers and dates, each with a column that says whether there is one; words only where they were asked for."""
    name = question.id
    if question.kind in WRITTEN_KINDS:
        values = {1: GIVEN, BLANK: LEFT_BLANK}
        label = joined(question.stem, GIVEN)
        yield Column(f"{name}_given", "code", label, f"given {name}", name, values, (BLANK,))
        kind = WRITTEN_KINDS[question.kind]
        if kind != "text" or with_words:
            yield Column(name, kind, question.stem, (name,), name, measure="nominal" if kind == "text" else "scale")
    if with_words and question.consent:
        consent, label = question.consent
        yield Column(consent, "text", joined(QUOTATION, label), (consent,), name)
    if with_words and any(option.text_limit for option in question.options):
        yield Column(f"{name}_text", "text", joined(question.stem, OWN_WORDS), (name, "text"), name)


def opinions(column: Column) -> tuple[int, ...]:
    return tuple(code for code in column.values if code not in column.missing)


def missing_kinds(column: Column) -> dict[int, str]:
    """Why there is no opinion, in words that programs know."""
    kinds = {BLANK: "skipped", **dict.fromkeys(column.declined, "prefer_not")}
    return {code: kinds.get(code, "dont_know") for code in column.missing}
