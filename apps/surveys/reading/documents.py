"""The document as a whole: languages, title, context card, screens, consent, and what the questions owe each other."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from apps.surveys.definition import Coin, Consent, Definition, DefinitionError, Question, Slot, Text
from apps.surveys.kinds import kind_of
from apps.surveys.orders import CONTEXT_COIN, coins_of
from apps.surveys.reading.experiment import asked_again, read_arms
from apps.surveys.reading.questions import read_questions
from apps.surveys.reading.source import Reading, shortened, unreadable
from apps.surveys.reading.statements import check_statements

FRAME_SCREENS = frozenset({"INTRO", "THANKS"})  # drawn by the reader's pages themselves
CARD_KEYS = {"parts", "balanced_pair", "randomise"}
MOST_SCREENS = 99
MOST_SLOTS = 2_000
"""Bytes that a reader's closed answers may take: with the rest of what is counted they stand in one row of an index."""


def parse(document: Any) -> Definition:
    """The definition of a document; raises DefinitionError with every fault and its place."""
    if not isinstance(document, Mapping):
        raise DefinitionError([("", _("An object is expected."))])
    if faults := unreadable(document):
        raise DefinitionError(faults)
    reading = Reading(read_languages(document))
    definition = read_definition(reading, document)
    if reading.problems:
        raise DefinitionError(reading.problems)
    slots = all_slots(definition.questions)
    if len(slots) > MOST_SLOTS:
        raise DefinitionError([("items", too_many(len(slots)))])
    return replace(definition, slots=slots)


def too_many(slots: int) -> str:
    sentence = _("Fewer questions, options or rows are expected: %(found)d answers to keep, %(most)d at most.")
    return sentence % {"found": slots, "most": MOST_SLOTS}


def all_slots(questions: Iterable[Question]) -> tuple[Slot, ...]:
    return tuple(slot for question in questions for slot in kind_of(question).slots(question))


def read_languages(document: Mapping[str, Any]) -> tuple[str, ...]:
    known = [code for code, _name in settings.LANGUAGES]
    raw = document.get("languages")
    languages = raw if isinstance(raw, list) else []
    if not languages or any(each not in known or languages.count(each) > 1 for each in languages):
        sentence = _("A list of languages is expected, each one once, of these: %(known)s.")
        raise DefinitionError([("languages", sentence % {"known": ", ".join(known)})])
    if document.get("default_language") not in languages:
        raise DefinitionError([("default_language", _("One of the document's languages is expected."))])
    return tuple(languages)


def read_definition(reading: Reading, document: Mapping[str, Any]) -> Definition:
    main, again, later = read_all_questions(reading, document)
    screens = read_screens(reading, document.get("pages"), main, {question.id for question in [*again, *later]})
    by_id = {question.id: question for question in main}
    questions = (*(by_id[name] for screen in screens for name in screen), *again)
    last = tuple(question.id for question in again)
    check_conditions(reading, questions)
    check_pairs(reading, questions, (*screens, last))
    check_statements(reading, document.get("statements", []))
    card = reading.mapping(document.get("context_card", {}), "context_card", CARD_KEYS)
    return Definition(
        title=reading.text(document.get("title"), "title"),
        languages=reading.languages,
        default_language=document["default_language"],
        min_age=read_min_age(reading, document.get("eligibility", {})),
        context=reading.texts(card.get("parts", []), "context_card.parts"),
        context_pair=read_voices(reading, card.get("balanced_pair", [])),
        questions=questions,
        later=tuple(later),
        screens=screens,
        again=last,
        arms=read_arms(reading, document, again),
        coins=read_coins(reading, document, questions, has_pair=bool(card.get("balanced_pair"))),
        consent=read_consent(reading, document.get("consent")),
        report_templates=read_report_templates(reading, document.get("report_templates", {})),
        document=document,
    )


def read_all_questions(
    reading: Reading, document: Mapping[str, Any]
) -> tuple[list[Question], list[Question], list[Question]]:
    """Those on the screens, those that are asked at the very end, and modules that are not switched on."""
    modules = reading.items(document.get("optional_modules", []), "optional_modules")
    on = [
        (path, module) for path, module in modules if isinstance(module, Mapping) and module.get("default_on") is True
    ]
    off = [(path, module) for path, module in modules if (path, module) not in on]
    main = read_questions(reading, [*reading.items(document.get("items"), "items"), *on], {})
    if not main:
        reading.fault("items", _("At least one question is expected."))
    known = {question.id: question for question in main}
    again = read_questions(reading, reading.items(document.get("post_items", []), "post_items"), known)
    later = read_questions(reading, off, known | {question.id: question for question in again})
    return main, asked_again(again), later


def read_min_age(reading: Reading, raw: Any) -> int:
    eligibility = reading.mapping(raw, "eligibility")
    return reading.whole(eligibility.get("min_age", 16), "eligibility.min_age", low=0, high=120)


def read_voices(reading: Reading, raw: Any) -> tuple[Text, ...]:
    voices = reading.texts(raw, "context_card.balanced_pair")
    if len(voices) not in {0, 2}:
        reading.fault("context_card.balanced_pair", _("Two voices are expected, one for each side."))
    return voices


def read_screens(
    reading: Reading, raw: Any, questions: Iterable[Question], off: Iterable[str]
) -> tuple[tuple[str, ...], ...]:
    """The ids of the questions on each screen. What is not asked now may be named, too, and is passed over."""
    known, seen, found = [question.id for question in questions], set(), []
    for path, names in reading.items(raw, "pages"):
        screen = []
        for place, name in reading.items(names, path):
            if isinstance(name, str) and (name in FRAME_SCREENS or name in off):
                continue
            if name not in known or name in seen:
                sentence = _("“%(name)s” is no question, or stands on a screen already.")
                reading.fault(place, sentence % {"name": shortened(name)})
                continue
            seen.add(name)
            screen.append(name)
        if screen:
            found.append(tuple(screen))
    for name in known:
        if name not in seen:
            reading.fault("pages", _("The question %(name)s stands on no screen.") % {"name": name})
    if len(found) > MOST_SCREENS:
        reading.fault("pages", _("There can be %(limit)d screens at most.") % {"limit": MOST_SCREENS})
    return tuple(found)


def read_coins(
    reading: Reading, document: Mapping[str, Any], questions: tuple[Question, ...], *, has_pair: bool
) -> tuple[Coin, ...]:
    """Every coin that an order names, with its sides. A shared coin must have as many for each who shares it."""
    coins: dict[str, int] = {CONTEXT_COIN: 2} if has_pair else {}
    for question in questions:
        for name, count in coins_of(question):
            if coins.setdefault(name, count) != count:
                sentence = _("The coin %(coin)s also decides an order with another number of variants.")
                reading.fault(f"{question.id}.randomise", sentence % {"coin": name})
    listed = reading.mapping(document.get("experiments", {}), "experiments").get("order_coins", [])
    for path, name in reading.items(listed, "experiments.order_coins"):
        if not isinstance(name, str) or name not in coins:
            reading.fault(path, _("No question draws a coin of this name."))
    return tuple(Coin(name, count) for name, count in coins.items())


def read_consent(reading: Reading, raw: Any) -> Consent:
    given = reading.mapping(raw, "consent")
    buttons = reading.mapping(given.get("buttons"), "consent.buttons")
    paragraphs = reading.texts(given.get("short"), "consent.short")
    if not paragraphs:
        reading.fault("consent.short", _("The text that readers agree to is missing."))
    return Consent(
        version=reading.line(given.get("version"), "consent.version"),
        title=reading.text(given.get("title"), "consent.title"),
        paragraphs=paragraphs,
        agree=reading.text(buttons.get("agree"), "consent.buttons.agree"),
        decline=reading.text(buttons.get("decline"), "consent.buttons.decline"),
    )


def read_report_templates(reading: Reading, raw: Any) -> Mapping[str, Any]:
    templates = reading.mapping(raw, "report_templates")
    reading.optional_text(templates.get("method"), "report_templates.method")
    return templates


def check_conditions(reading: Reading, questions: tuple[Question, ...]) -> None:
    """A question may rest on a single choice that was made before."""
    earlier: dict[str, Question] = {}
    for question in questions:
        condition, path = question.shown_if, f"{question.id}.shown_if"
        if condition and condition.question not in earlier:
            names = {"source": condition.question, "question": question.id}
            reading.fault(path, _("%(source)s is not asked before %(question)s.") % names)
        elif condition and not can_be_answered(earlier[condition.question], condition.equals):
            sentence = _("%(source)s is no single choice with an option %(code)d.")
            reading.fault(path, sentence % {"source": condition.question, "code": condition.equals})
        earlier[question.id] = question


def can_be_answered(question: Question, code: int) -> bool:
    if question.kind == "scale" and question.minimum <= code <= question.maximum:
        return True
    single = question.kind in {"single_ordinal", "single_nominal", "paired_ab", "scale"}
    return single and any(option.code == code for option in question.options)


def check_pairs(reading: Reading, questions: tuple[Question, ...], screens: tuple[tuple[str, ...], ...]) -> None:
    """Two questions that may change places stand on one screen."""
    pairs: dict[str, list[str]] = {}
    for question in questions:
        if question.pair:
            pairs.setdefault(question.pair, []).append(question.id)
    for names in pairs.values():
        if len(names) != 2 or not any(set(names).issubset(screen) for screen in screens):
            sentence = _("A pair_coin is shared by exactly two questions of one screen.")
            reading.fault(f"{names[0]}.randomise.pair_coin", sentence)
