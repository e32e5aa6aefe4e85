"""From a JSON document to a Definition, or to the list of everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.surveys.definition import (
    BLANK,
    LARGEST_CODE,
    Coin,
    Condition,
    Consent,
    Definition,
    DefinitionError,
    Option,
    Order,
    Question,
    Row,
    Text,
)
from apps.surveys.kinds import KINDS
from apps.surveys.orders import sides

ORDERS = {
    "reverse_half": "reverse",
    "reverse_with": "reverse",
    "same_direction_as_Q1": "reverse",
    "swap_poles_half": "swap",
    "rows_shuffle": "rows",
    "shuffle": "shuffle",
}
FRAME_SCREENS = {"INTRO", "THANKS"}  # drawn by the reader's pages themselves
LONGEST_TEXT = 2000
CHOOSING = {"single_ordinal", "single_nominal", "item_by_item", "paired_ab", "rank_top_k", "multiple"}


@dataclass
class Reading:
    """A document being read: where we are, what was wrong so far."""

    languages: tuple[str, ...]
    problems: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, path: str, message: str) -> None:
        self.problems.append((path, message))

    def text(self, raw: Any, path: str) -> Text:
        if not isinstance(raw, Mapping):
            self.fault(path, "a text per language is expected")
            return {}
        for language in self.languages:
            value = raw.get(language)
            if not isinstance(value, str) or not value.strip():
                self.fault(f"{path}.{language}", "the text of this language is missing")
            elif len(value) > LONGEST_TEXT:
                self.fault(f"{path}.{language}", f"the text is longer than {LONGEST_TEXT} characters")
        return {language: str(raw.get(language, "")) for language in self.languages}

    def optional_text(self, raw: Any, path: str) -> Text | None:
        return None if raw is None else self.text(raw, path)

    def items(self, raw: Any, path: str) -> list[Mapping[str, Any]]:
        if not isinstance(raw, list):
            self.fault(path, "a list is expected")
            return []
        for number, item in enumerate(raw):
            if not isinstance(item, Mapping):
                self.fault(f"{path}[{number}]", "an object is expected")
        return [item for item in raw if isinstance(item, Mapping)]

    def number(self, raw: Any, path: str, *, low: int = 1, high: int = 2000) -> int:
        if type(raw) is not int or not low <= raw <= high:
            self.fault(path, f"a whole number from {low} to {high} is expected")
            return low
        return raw


def parse(document: Any) -> Definition:
    """The definition of a document; raises DefinitionError with every fault and its place."""
    if not isinstance(document, Mapping):
        raise DefinitionError([("", "an object is expected")])
    reading = Reading(read_languages(document))
    definition = read_definition(reading, document)
    if reading.problems:
        raise DefinitionError(reading.problems)
    return definition


def read_languages(document: Mapping[str, Any]) -> tuple[str, ...]:
    languages = document.get("languages")
    if not isinstance(languages, list) or not languages or not all(isinstance(code, str) for code in languages):
        raise DefinitionError([("languages", "at least one language is expected")])
    if document.get("default_language") not in languages:
        raise DefinitionError([("default_language", "must be one of the languages")])
    return tuple(languages)


def read_definition(reading: Reading, document: Mapping[str, Any]) -> Definition:
    main = read_questions(reading, document.get("items", []), "items", {})
    known = {question.id: question for question in main}
    modules = document.get("optional_modules", [])
    asked = [module for module in modules if isinstance(module, Mapping) and module.get("default_on")]
    main += read_questions(reading, asked, "optional_modules", known)
    known |= {question.id: question for question in main}
    off = [module for module in modules if module not in asked]
    later = read_questions(reading, [*document.get("post_items", []), *off], "post_items", known)
    screens = read_screens(reading, document.get("pages"), main, {question.id for question in later})
    placed = {name: place for place, name in enumerate(name for screen in screens for name in screen)}
    questions = tuple(sorted((q for q in main if q.id in placed), key=lambda question: placed[question.id]))
    check_conditions(reading, questions)
    card = document.get("context_card", {})
    return Definition(
        title=reading.text(document.get("title"), "title"),
        languages=reading.languages,
        default_language=document["default_language"],
        min_age=reading.number(
            document.get("eligibility", {}).get("min_age", 16), "eligibility.min_age", low=0, high=120
        ),
        context=read_texts(reading, card.get("parts", []), "context_card.parts"),
        context_pair=read_texts(reading, card.get("balanced_pair", []), "context_card.balanced_pair"),
        questions=questions,
        later=tuple(later),
        screens=screens,
        coins=read_coins(questions, has_pair=bool(card.get("balanced_pair"))),
        consent=read_consent(reading, document.get("consent")),
        report_templates=document.get("report_templates", {}),
        document=document,
    )


def read_texts(reading: Reading, raw: Any, path: str) -> tuple[Text, ...]:
    return tuple(reading.text(item, f"{path}[{number}]") for number, item in enumerate(reading.items(raw, path)))


def read_questions(reading: Reading, raw: Any, path: str, known: Mapping[str, Question]) -> list[Question]:
    found: list[Question] = []
    for number, item in enumerate(reading.items(raw, path)):
        place = f"{path}[{number}]"
        name = item.get("id")
        if not isinstance(name, str) or not name.isascii() or not name.isalnum() or len(name) > 20:
            reading.fault(f"{place}.id", "an id of up to 20 ASCII letters and digits is expected")
        elif item.get("type") not in KINDS:
            reading.fault(f"{place}.type", f"unknown kind {item.get('type')!r}; known are {', '.join(KINDS)}")
        elif name in known or any(question.id == name for question in found):
            reading.fault(f"{place}.id", f"the id {name} is taken")
        else:
            found.append(read_question(reading, item, place, {**known, **{each.id: each for each in found}}))
    return found


def read_question(reading: Reading, item: Mapping[str, Any], path: str, known: Mapping[str, Question]) -> Question:
    kind, phase = item["type"], item.get("phase", "pre")
    order = item.get("randomise") or {}
    poles = item.get("poles")
    question = Question(
        id=item["id"],
        name=str(item.get("name", item["id"])),
        kind=kind,
        phase=phase,
        stem=reading.text(item.get("stem"), f"{path}.stem"),
        help=reading.optional_text(item.get("help"), f"{path}.help"),
        lead=reading.optional_text(item.get("page_lead"), f"{path}.page_lead"),
        prompt=item.get("required") == "soft",
        options=read_options(reading, item, path, known),
        rows=read_rows(reading, item, path),
        poles={side: reading.text(poles.get(side), f"{path}.poles.{side}") for side in "AB"} if poles else None,
        top=reading.number(item.get("k"), f"{path}.k", high=20) if kind == "rank_top_k" else 0,
        text_limit=reading.number(item.get("max_chars"), f"{path}.max_chars") if kind == "open_text" else 0,
        consent=read_quotation(reading, item.get("secondary"), f"{path}.secondary"),
        skip_label=reading.optional_text(item.get("skip_label"), f"{path}.skip_label"),
        shown_if=read_condition(reading, item.get("shown_if"), f"{path}.shown_if"),
        order=read_order(reading, item, order, f"{path}.randomise", known),
        pair=order.get("pair_coin"),
        repeats=item.get("repeat_of"),
        counts=phase == "pre" and item.get("counts_as_item", True),
        unit=reading.optional_text(item.get("unit"), f"{path}.unit"),
        low_label=reading.optional_text(item.get("low_label"), f"{path}.low_label"),
        high_label=reading.optional_text(item.get("high_label"), f"{path}.high_label"),
        **read_bounds(item),
    )
    check_question(reading, question, path)
    return question


def read_bounds(item: Mapping[str, Any]) -> dict[str, Any]:
    usual = (0, 10) if item["type"] == "scale" else (None, None)
    return {
        "minimum": item.get("minimum", usual[0]),
        "maximum": item.get("maximum", usual[1]),
        "step": item.get("step"),
    }


def read_options(
    reading: Reading, item: Mapping[str, Any], path: str, known: Mapping[str, Question]
) -> tuple[Option, ...]:
    raw = item.get("options", [])
    if isinstance(raw, str):
        source = known.get(raw.removeprefix("same_as:"))
        if source is None:
            reading.fault(f"{path}.options", f"{raw!r} names no earlier question")
            return ()
        return source.options
    fixed = (item.get("randomise") or {}).get("fixed_last", [])
    found: list[Option] = []
    for number, each in enumerate(reading.items(raw, f"{path}.options")):
        place = f"{path}.options[{number}]"
        code = reading.number(each.get("code"), f"{place}.code", low=0, high=LARGEST_CODE)
        if code == BLANK:
            reading.fault(f"{place}.code", f"{BLANK} says that a question was left blank and cannot be an option")
        elif any(option.code == code for option in found):
            reading.fault(f"{place}.code", f"the code {code} is taken")
        limit = each.get("opens_text")
        found.append(
            Option(
                code=code,
                label=reading.text(each.get("label"), f"{place}.label"),
                role=each.get("kind", "answer"),
                anchored=each.get("anchor") == "last" or code in fixed,
                exclusive=bool(each.get("exclusive")),
                text_limit=None if limit is None else reading.number(limit, f"{place}.opens_text"),
                mirror=each.get("mirror"),
                retired=bool(each.get("retired")),
            )
        )
    return tuple(found)


def read_rows(reading: Reading, item: Mapping[str, Any], path: str) -> tuple[Row, ...]:
    found = []
    for number, each in enumerate(reading.items(item.get("rows", []), f"{path}.rows")):
        code = each.get("code")
        if not isinstance(code, str) or not code.isascii() or not code.isalnum() or len(code) > 10:
            reading.fault(f"{path}.rows[{number}].code", "a code of up to 10 ASCII letters and digits is expected")
            continue
        found.append(Row(code, reading.text(each.get("label"), f"{path}.rows[{number}].label")))
    return tuple(found)


def read_quotation(reading: Reading, raw: Any, path: str) -> tuple[str, Text] | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
        reading.fault(path, "an id and a label are expected")
        return None
    return raw["id"], reading.text(raw.get("label"), f"{path}.label")


def read_condition(reading: Reading, raw: Any, path: str) -> Condition | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or not isinstance(raw.get("item"), str) or type(raw.get("equals")) is not int:
        reading.fault(path, "an item and the code that it must equal are expected")
        return None
    return Condition(raw["item"], raw["equals"])


def read_order(
    reading: Reading, item: Mapping[str, Any], order: Mapping[str, Any], path: str, known: Mapping[str, Question]
) -> Order:
    mode = order.get("mode")
    if mode is None:
        return Order()
    if mode not in ORDERS:
        reading.fault(f"{path}.mode", f"unknown order {mode!r}")
        return Order()
    coin = order.get("coin") or order.get("store_as")
    if mode == "same_direction_as_Q1" and (source := known.get(item.get("repeat_of", ""))):
        coin = source.order.coin
    if not isinstance(coin, str):
        reading.fault(f"{path}.store_as", "the name of the coin is missing")
        return Order()
    return Order(ORDERS[mode], coin)


def read_screens(reading: Reading, raw: Any, questions: list[Question], off: set[str]) -> tuple[tuple[str, ...], ...]:
    known, seen, screens = {question.id for question in questions}, set(), []
    if not isinstance(raw, list):
        reading.fault("pages", "a list of screens is expected")
        return ()
    for number, names in enumerate(raw):
        screen = []
        for name in names if isinstance(names, list) else []:
            if name in FRAME_SCREENS or name in off:
                continue
            if name not in known or name in seen:
                reading.fault(f"pages[{number}]", f"{name!r} is no question, or stands on a screen already")
                continue
            seen.add(name)
            screen.append(name)
        if screen:
            screens.append(tuple(screen))
    for name in sorted(known - seen):
        reading.fault("pages", f"the question {name} stands on no screen")
    if not screens:
        reading.fault("pages", "no screen has a question")
    return tuple(screens)


def read_coins(questions: tuple[Question, ...], *, has_pair: bool) -> tuple[Coin, ...]:
    """Every coin that an order names, with as many sides as it needs."""
    found: dict[str, int] = {"ctx_order": 2} if has_pair else {}
    for question in questions:
        if question.order.coin:
            free = sum(not option.anchored for option in question.offered)
            count = len(question.rows) if question.order.mode == "rows" else free
            found[question.order.coin] = max(found.get(question.order.coin, 0), sides(question.order.mode, count))
        if question.pair:
            found[question.pair] = 2
    return tuple(Coin(name, count) for name, count in found.items())


def read_consent(reading: Reading, raw: Any) -> Consent:
    given = raw if isinstance(raw, Mapping) else {}
    if not isinstance(given.get("version"), str):
        reading.fault("consent.version", "the version of the consent text is missing")
    buttons = given.get("buttons") if isinstance(given.get("buttons"), Mapping) else {}
    return Consent(
        version=str(given.get("version", "")),
        title=reading.text(given.get("title"), "consent.title"),
        paragraphs=read_texts(reading, given.get("short"), "consent.short"),
        agree=reading.text(buttons.get("agree"), "consent.buttons.agree"),
        decline=reading.text(buttons.get("decline"), "consent.buttons.decline"),
    )


def check_question(reading: Reading, question: Question, path: str) -> None:
    if question.kind in CHOOSING and not question.offered:
        reading.fault(f"{path}.options", "at least one option is expected")
    if question.kind == "item_by_item" and not question.rows:
        reading.fault(f"{path}.rows", "at least one row is expected")
    if question.kind == "paired_ab" and not question.poles:
        reading.fault(f"{path}.poles", "the two poles A and B are missing")
    if question.kind == "scale":
        whole = type(question.minimum) is int and type(question.maximum) is int
        if not whole or not 0 <= question.minimum < question.maximum < BLANK:
            reading.fault(f"{path}.minimum", f"a scale runs between two whole numbers from 0 to {BLANK - 1}")
    for option in question.options:
        if option.role not in {"answer", "dont_know", "prefer_not"}:
            reading.fault(f"{path}.options", f"unknown role {option.role!r}")


def check_conditions(reading: Reading, questions: tuple[Question, ...]) -> None:
    earlier: dict[str, Question] = {}
    for question in questions:
        condition = question.shown_if
        if condition and condition.question not in earlier:
            reading.fault(f"{question.id}.shown_if", f"{condition.question} is not asked before {question.id}")
        elif condition and condition.equals not in earlier[condition.question].codes:
            reading.fault(f"{question.id}.shown_if", f"{condition.question} has no option {condition.equals}")
        earlier[question.id] = question
