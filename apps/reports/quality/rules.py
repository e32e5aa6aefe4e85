"""The nine rules upon a questionnaire: which questions each looks at, and of whom it can say anything.

What a rule would need and we do not keep (networks, hours, the events of a device) is not guessed: `note` says so.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis import quality
from apps.analysis.quality import Flags
from apps.reports.quality.manners import SCALES, Bytes, Manners
from apps.reports.report.material import Material
from apps.responses.signals import Signal
from apps.surveys.arms import Arm
from apps.surveys.definition import BLANK, Definition, Question
from apps.surveys.orders import ordered_options
from apps.surveys.queries import definition_in

NOT_SHOWN = 255
FEWEST_SCALES = 5
LARGEST_SIDE = 24


@dataclass(frozen=True)
class Rule:
    """`mask` (R,): whom it marks. `base`: of how many it can say anything; 0: not evaluated. `note`: a code for why
    not, or for what it cannot see."""

    mask: Flags
    base: int
    note: str = ""


def not_evaluated(material: Material, note: str) -> Rule:
    return Rule(np.zeros(len(material), dtype=bool), 0, note)


def main_questions(definition: Definition) -> list[Question]:
    """What all on this way are asked about the matter; nothing about themselves, nothing that rests on an answer."""
    asked = (definition.question(name) for screen in definition.screens for name in screen)
    return [each for each in asked if each.phase not in {"background", "post"} and not each.shown_if]


def ways_of(material: Material, manners: Manners) -> tuple[NDArray[np.int64], list[Definition]]:
    """Each reader's way through a version, (R,) as a place in the list."""
    ways = material.version.astype(np.int64) * len(Arm) + manners.arm
    found, place = np.unique(ways, return_inverse=True)
    definitions = [
        definition_in(material.instruments[way // len(Arm)].version_id, Arm(way % len(Arm))) for way in found.tolist()
    ]
    return place.reshape(-1), definitions


def speed_total(material: Material, manners: Manners) -> Rule:
    """Time on all main questions, among readers of one language, device and way."""
    way, definitions = ways_of(material, manners)
    total = np.zeros(len(material), dtype=np.int64)
    for number, definition in enumerate(definitions):
        times = manners.time_on(frozenset(each.id for each in main_questions(definition)))
        here = (way == number) & (times > 0).all(axis=1) & (times.shape[1] > 0)
        total[here] = times[here].sum(axis=1)
    groups = (way * 256 + material.language) * 256 + material.device
    mask, judged = quality.fast_in_all(total, groups)
    return Rule(mask, int(judged.sum()), "" if judged.any() else "too_few_timed")


def speed_floor(material: Material, manners: Manners) -> Rule:
    """By what stands above the options; these themselves need not be read to the end."""
    mains = list({each.id: each for used in material.instruments for each in main_questions(used.definition)}.values())
    times = manners.time_on(frozenset(each.id for each in mains))
    floors = np.array(
        [
            [quality.reading_floor_ms(words_of(question, language), language) for question in in_order(manners, mains)]
            for language in material.languages
        ]
    ).reshape(len(material.languages), len(mains))
    base = int(((times > 0).sum(axis=1) >= quality.ITEMS_TOO_FAST).sum())
    if not base:
        return not_evaluated(material, "too_few_timed")
    return Rule(quality.fast_in_items(times, floors[material.language]), base)


def in_order(manners: Manners, questions: list[Question]) -> list[Question]:
    return sorted(questions, key=lambda each: manners.questions.index(each.id))


def words_of(question: Question, language: str) -> str:
    texts = [question.lead, question.stem, question.help, *(row.label for row in question.rows)]
    return " ".join(text[language] for text in texts if text and language in text)


def straight(material: Material, manners: Manners) -> Rule:
    scales = [each for each in main_questions(material.definition) if each.kind in SCALES]
    columns = [
        place_on_page(question, material.column(question.id, part), manners.side(question.order.coin))
        for question in scales
        for part in parts_of(question)
    ]
    if len(columns) < FEWEST_SCALES:
        return not_evaluated(material, "no_scales")
    places, votes = np.stack(columns, axis=1), votes_on(manners)
    base = (places >= 0).all(axis=1) & ((votes > 0).sum(axis=1) >= quality.VOTES_ALIKE)
    return Rule(quality.straight(places, votes), int(base.sum()), "" if base.any() else "too_few_votes")


def parts_of(question: Question) -> list[str | None]:
    return [row.code for row in question.rows] if question.rows else [None]


def place_on_page(question: Question, codes: Bytes, sides: Bytes) -> NDArray[np.int64]:
    """Which option from above was chosen (R,), by the order in which the reader saw them; -1 none of them."""
    table = np.full((LARGEST_SIDE, 256), -1)
    for side in np.unique(sides).tolist():
        for place, option in enumerate(ordered_options(question, {question.order.coin or "": side})):
            table[side % LARGEST_SIDE, option.code] = place
    return table[sides % LARGEST_SIDE, codes]


def votes_on(manners: Manners, *stances: str) -> Bytes:
    """Votes on the editors' statements that take one of these sides, or any, (R, statements)."""
    numbers = [number - 1 for number, stance in sorted(manners.stances.items()) if not stances or stance in stances]
    return manners.votes[:, numbers]


def acquiesce(material: Material, manners: Manners) -> Rule:
    pro, con = votes_on(manners, "pro"), votes_on(manners, "con")
    least = quality.VOTES_OF_A_SIDE
    base = ((pro > 0).sum(axis=1) >= least) & ((con > 0).sum(axis=1) >= least)
    return Rule(quality.acquiescing(pro, con), int(base.sum()), "" if base.any() else "too_few_votes")


def contradict(material: Material, manners: Manners) -> Rule:
    """Of readers who were asked twice without votes between: arm B. No hour is kept, so it goes by time in view."""
    again = next((each for each in material.definition.questions if each.repeats), None)
    if again is None or again.repeats is None:
        return not_evaluated(material, "not_asked_twice")
    first, second = (side_of(again, material.column(name)) for name in (again.repeats, again.id))
    arm_b = manners.coins["arm"] == Arm.B
    passed = np.where(arm_b, manners.times.sum(axis=1), 0)
    base = int((arm_b & (first != 0) & (second != 0) & (passed > 0)).sum())
    return Rule(quality.contradicting(first, second, passed), base, "in_view" if base else "not_asked_twice")


def side_of(question: Question, codes: Bytes) -> NDArray[np.int64]:
    """-1 and 1 for the halves of a scale, 0 for its middle and for what does not stand on it, (R,)."""
    steps = [option.code for option in question.options if option.role == "answer" and not option.anchored]
    table = np.zeros(256, dtype=np.int64)
    for place, code in enumerate(steps):
        table[code] = np.sign(2 * place - (len(steps) - 1))
    return table[codes]


def dup_token(material: Material, manners: Manners) -> Rule:
    """A reader's token has one row, whatever is sent: the database holds it."""
    return Rule(np.zeros(len(material), dtype=bool), len(material), "by_construction")


def dup_vector(material: Material, manners: Manners) -> Rule:
    """Without networks and hours: the same answers to everything, the same ten votes or more, and the same day,
    language and device."""
    asked = {each.id for each in main_questions(material.definition)}
    columns = [place for place, slot in enumerate(material.slots) if slot.question in asked]
    codes = material.codes[:, columns]
    day = material.day.astype(">i4").view(np.uint8).reshape(len(material), 4)
    whole = ((codes != NOT_SHOWN) & (codes != BLANK)).all(axis=1) & (len(columns) > 0)
    voted = (manners.votes > 0).sum(axis=1) >= quality.VOTES_OF_A_VECTOR
    base = whole & voted
    rows = np.concatenate(
        [codes, manners.votes, day, material.language[:, None], material.device[:, None]], axis=1, dtype=np.uint8
    )
    return Rule(quality.repeated(rows, base), int(base.sum()), "without_network" if base.any() else "too_few_votes")


def bot(material: Material, manners: Manners) -> Rule:
    caught = (manners.signals & int(Signal.TRAP | Signal.QUICK)) > 0
    return Rule(caught, len(material), "without_events")


def text_junk(material: Material, manners: Manners) -> Rule:
    mask, base = np.zeros(len(material), dtype=bool), np.zeros(len(material), dtype=bool)
    for texts in manners.texts.values():
        rows = list(texts)
        base[rows] = True
        mask[rows] |= quality.junk(list(texts.values()))
    return Rule(mask, int(base.sum()), "" if base.any() else "no_texts")


RULES = {
    "speed_total": speed_total,
    "speed_floor": speed_floor,
    "straight": straight,
    "acquiesce": acquiesce,
    "contradict": contradict,
    "dup_token": dup_token,
    "dup_vector": dup_vector,
    "bot": bot,
    "text_junk": text_junk,
}
