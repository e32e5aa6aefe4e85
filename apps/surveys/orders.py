"""In which order a reader sees what. Coins are drawn once per reader and stored, so that order effects can be tested.

Shuffles draw a row of a Williams design: every option stands at every place equally often and follows every other one
equally often, with few variants to draw and keep (Williams 1949).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from apps.surveys.definition import Definition, Option, Question, Row, Text

Coins = Mapping[str, int]
CONTEXT_COIN = "ctx_order"  # decides which of the two voices of the context card comes first


def draw_coins(definition: Definition, seed: bytes) -> dict[str, int]:
    """Every coin of the definition, from one secret random seed: the same seed gives the same sides."""
    return {coin.name: drawn(seed, coin.name) % coin.sides for coin in definition.coins}


def drawn(seed: bytes, name: str) -> int:
    """A number of 64 bits, another one for each name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), key=seed[:64], digest_size=8).digest(), "big")


def ordered_options(question: Question, coins: Coins) -> tuple[Option, ...]:
    """The offered options as this reader sees them; anchored ones keep their places at the end."""
    free = tuple(option for option in question.offered if not option.anchored)
    anchored = tuple(option for option in question.offered if option.anchored)
    side = _side(question, coins)
    if question.order.mode == "reverse" and side % 2:
        free = free[::-1]
    elif question.order.mode == "shuffle":
        free = tuple(free[place] for place in _row(len(free), side))
    elif question.order.mode == "swap" and side % 2:
        # The letters change sides with the texts: what reads "close to A" then means the other pole.
        free = tuple(
            replace(shown, code=meant.code, role=meant.role, mirror=meant.mirror)
            for shown, meant in zip(free, free[::-1], strict=True)
        )
    return free + anchored


def ordered_rows(question: Question, coins: Coins) -> tuple[Row, ...]:
    if question.order.mode != "rows":
        return question.rows
    return tuple(question.rows[place] for place in _row(len(question.rows), _side(question, coins)))


def ordered_poles(question: Question, coins: Coins) -> tuple[Text, Text]:
    """The texts that stand at A and at B."""
    poles = question.poles or {}
    first, second = poles["A"], poles["B"]
    return (second, first) if question.order.mode == "swap" and _side(question, coins) % 2 else (first, second)


def ordered_context(definition: Definition, coins: Coins) -> tuple[Text, ...]:
    """The two voices of the context card."""
    pair = definition.context_pair
    return pair[::-1] if coins.get(CONTEXT_COIN, 0) else pair


def ordered_questions(definition: Definition, screen: int, coins: Coins) -> tuple[Question, ...]:
    """The questions of a screen (counted from 1); two that share a pair coin may change places."""
    questions = [definition.question(name) for name in definition.on_screen(screen)]
    paired = [place for place, question in enumerate(questions) if question.pair and coins.get(question.pair, 0)]
    for here, there in zip(paired[::2], paired[1::2], strict=False):
        questions[here], questions[there] = questions[there], questions[here]
    return tuple(questions)


def coins_of(question: Question) -> list[tuple[str, int]]:
    """The coins that this question's order and place rest on, each with its number of sides."""
    found = []
    if question.order.coin:
        free = sum(not option.anchored for option in question.offered)
        count = len(question.rows) if question.order.mode == "rows" else free
        found.append((question.order.coin, sides(question.order.mode, count)))
    if question.pair:
        found.append((question.pair, 2))
    return found


def sides(mode: str, count: int) -> int:
    """How many sides a coin needs that decides an order of so many things."""
    return len(williams(count)) if mode in {"shuffle", "rows"} else 2


@lru_cache(maxsize=64)
def williams(count: int) -> tuple[tuple[int, ...], ...]:
    """Balanced orders of `count` things: as many as things where that is even, twice as many where it is odd."""
    if count < 2:
        return (tuple(range(count)),)
    first = [0, *((step + 1) // 2 if step % 2 else count - step // 2 for step in range(1, count))]
    rows = [tuple((place + shift) % count for place in first) for shift in range(count)]
    if count % 2:
        rows += [row[::-1] for row in rows]
    return tuple(rows)


def _row(count: int, side: int) -> tuple[int, ...]:
    rows = williams(count)
    return rows[side % len(rows)]


def _side(question: Question, coins: Coins) -> int:
    return coins.get(question.order.coin or "", 0)
