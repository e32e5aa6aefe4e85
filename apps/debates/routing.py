"""Which statement is shown next: a policy with a version. Pure, and small enough for a web process without numpy.

For each statement it weighs what one more vote would tell (how uncertain its agree rate is, how much it splits readers)
times how fresh it is (new, and voted on by few). A floor gives part of all draws to statements that have fewer votes
than they should, which is the average and, for new ones, somewhat more: what comes late catches up, and nothing starves
because readers disagree with it. A reader's first cards come in blocks of three: one statement of the editors brings
two that take the other sides, a reader's one brings two of readers. While there are the editors' statements only, each
block holds one for, one against and one that bridges, in random order; the more readers write, the more are theirs.
"""

import json
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import accumulate

from apps.surveys.statements import STANCES

BLOCK = len(STANCES)
STEADY = 3  # votes that every statement is thought to have, so that the first ones do not decide everything
AT_ONCE = 5  # so many cards, then the reader is asked whether there may be five more


@dataclass(frozen=True, slots=True)
class Policy:
    """What can be set.

    `floor`: the part of draws that goes by missing votes alone, the more (to the power of `catching_up`) the more are
    missing; the newest should be ahead of the average by `lead`. `newness`: by how much more likely the newest is;
    `scarcity`: the power with which votes make a statement less likely.
    `blocks`: so many of a reader's first triples are blocks.
    """

    name: str = "blocks"
    floor: float = 0.75
    lead: float = 0.5
    catching_up: float = 5.0
    newness: float = 2.0
    scarcity: float = 4.0
    least_for_agreed: float = 0.5
    blocks: int = 2

    @property
    def version(self) -> str:
        """Other settings are another version, whoever changes them."""
        return f"{self.name}-{sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]}"


POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Card:
    """A statement that may be shown. `votes` counts all four choices; `stance` is empty where no editor said one.

    `born`: which part of the debate's votes had been cast when it came. A debate that lasts an evening and one that
    lasts a month are alike by this clock.
    """

    number: int
    stance: str = ""
    agree: int = 0
    disagree: int = 0
    votes: int = 0
    born: float = 0.0


@dataclass(frozen=True, slots=True)
class Dealt:
    """A card that is shown, the how manieth of this reader, and how likely it was to be this one."""

    number: int
    position: int
    probability: float


def information(card: Card, policy: Policy) -> float:
    """What one more vote tells: the spread of the agree rate's posterior, more where readers are split, in (0, 1]."""
    agree, other = card.agree + 1, card.votes - card.agree + 1
    spread = (12 * agree * other / ((agree + other) ** 2 * (agree + other + 1))) ** 0.5
    split = 4 * agree * (card.disagree + 1) / (card.votes + 2) ** 2
    return spread * (policy.least_for_agreed + (1 - policy.least_for_agreed) * min(split, 1.0))


def youth(card: Card) -> float:
    """0 for a statement that was there from the beginning, towards 1 for one that has just come."""
    return min(max(card.born, 0.0), 1.0)


def freshness(card: Card, mean: float, policy: Policy) -> float:
    scarce = (mean + STEADY) / (card.votes + STEADY)
    return float((1 + policy.newness * youth(card)) * scarce**policy.scarcity)


def missing(card: Card, mean: float, policy: Policy) -> float:
    """How far it is behind; 1 for those that are not, so that each has its part of the floor."""
    wanted = mean * (1 + policy.lead * youth(card))
    return float(max(wanted - card.votes, 0.0) ** policy.catching_up + 1)


def weights_of(cards: Sequence[Card], policy: Policy = POLICY) -> list[float]:
    """The share of draws for each card, in the order of the cards; they add up to 1, and none is 0."""
    if not cards:
        return []
    mean = sum(card.votes for card in cards) / len(cards)
    telling = [information(card, policy) * freshness(card, mean, policy) for card in cards]
    behind = [missing(card, mean, policy) for card in cards]
    told, due = sum(telling), sum(behind)
    return [(1 - policy.floor) * a / told + policy.floor * b / due for a, b in zip(telling, behind, strict=True)]


class Deck:
    """The cards of a debate at one moment, weighed once for all readers that ask at this moment."""

    def __init__(self, cards: Iterable[Card], policy: Policy = POLICY) -> None:
        self.policy = policy
        self.cards = {card.number: card for card in cards}
        self.weights = dict(zip(self.cards, weights_of(list(self.cards.values()), policy), strict=True))
        self.sides: dict[str, dict[int, float]] = {side: {} for side in (*STANCES, "")}
        for number, weight in self.weights.items():
            self.sides[self.stance(number)][number] = weight

    def deal(
        self, *, shown: Mapping[int, int], settled: Collection[int], want: int, draw: Callable[[int], float]
    ) -> list[Dealt]:
        """New cards for a reader who has been `shown` numbers by position and is not to see the `settled` ones.

        `draw` gives a number of [0, 1) for a position: the only randomness there is.
        """
        seen, gone = dict(shown), {*settled, *shown.values()}
        position = max(seen, default=-1) + 1
        dealt: list[Dealt] = []
        while len(dealt) < want and (pool := self.pool(seen, gone, position)):
            number, probability = pick(pool, draw(position))
            dealt.append(Dealt(number, position, probability))
            seen[position] = number
            gone.add(number)
            position += 1
        return dealt

    def pool(self, seen: Mapping[int, int], gone: Collection[int], position: int) -> dict[int, float]:
        """Numbers that may come at this position of a reader, with weights that need not add up to 1."""
        place = position % BLOCK
        if not place or position >= self.policy.blocks * BLOCK:
            return without(gone, self.weights)
        block = [self.stance(seen.get(earlier)) for earlier in range(position - place, position)]
        pool = self.other_sides(gone, block) if block[0] else without(gone, self.sides[""])
        return pool or without(gone, self.weights)

    def other_sides(self, gone: Collection[int], block: Collection[str]) -> dict[int, float]:
        """The sides that this block has not had yet, each equally likely whatever its statements weigh."""
        pool: dict[int, float] = {}
        for side in STANCES:
            if side not in block:
                of_side = without(gone, self.sides[side])
                whole = sum(of_side.values())
                pool |= {number: weight / whole for number, weight in of_side.items()}
        return pool

    def stance(self, number: int | None) -> str:
        card = self.cards.get(number) if number is not None else None
        return card.stance if card else ""


def without(gone: Collection[int], weights: Mapping[int, float]) -> dict[int, float]:
    return {number: weight for number, weight in weights.items() if number not in gone}


def pick(pool: Mapping[int, float], at: float) -> tuple[int, float]:
    """The number whose stretch of the line holds the point `at` of [0, 1), and the length of that stretch."""
    numbers, ends = list(pool), list(accumulate(pool.values()))
    place = min(bisect(ends, at * ends[-1]), len(numbers) - 1)
    return numbers[place], min(pool[numbers[place]] / ends[-1], 1.0)
