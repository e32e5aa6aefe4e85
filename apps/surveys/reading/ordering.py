"""In which order a question is shown, and which coin decides it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.arms import ARM_COIN
from apps.surveys.definition import Order, Question
from apps.surveys.orders import CONTEXT_COIN
from apps.surveys.reading.source import Reading

# What an author writes, what it does, and to which kinds: a scale may be turned round, but never be shuffled.
MODES = {
    "reverse_half": ("reverse", {"single_ordinal", "item_by_item"}),
    "reverse_with": ("reverse", {"single_ordinal", "item_by_item"}),
    "same_direction_as_Q1": ("reverse", {"single_ordinal", "item_by_item"}),
    "swap_poles_half": ("swap", {"paired_ab"}),
    "rows_shuffle": ("rows", {"item_by_item"}),
    "shuffle": ("shuffle", {"single_nominal", "multiple", "rank_top_k"}),
}
ORDER_KEYS = {"mode", "store_as", "coin", "fixed_last", "pair_coin", "applies_to", "note"}


def read_order(
    reading: Reading, item: Mapping[str, Any], path: str, known: Mapping[str, Question]
) -> tuple[Order, str | None]:
    """The order, and the coin by which the question changes places with its neighbour."""
    raw = item.get("randomise")
    if raw is None:
        return Order(), None
    given = reading.mapping(raw, path, ORDER_KEYS)
    pair = None if given.get("pair_coin") is None else reading.name(given["pair_coin"], f"{path}.pair_coin")
    check_fixed(reading, item, given.get("fixed_last", []), f"{path}.fixed_last")
    mode = reading.word(given.get("mode"), f"{path}.mode", MODES, "")
    if not mode:
        return Order(), pair
    effect, kinds = MODES[mode]
    if item["type"] not in kinds:
        reading.fault(f"{path}.mode", _("A question of this kind cannot be shown in this order."))
    return Order(effect, read_coin(reading, item, mode, path, known)), pair


def check_fixed(reading: Reading, item: Mapping[str, Any], raw: Any, path: str) -> None:
    options = item.get("options")
    codes = (
        [option.get("code") for option in options if isinstance(option, Mapping)] if isinstance(options, list) else []
    )
    for place, code in reading.items(raw, path):
        if type(code) is not int or code not in codes:
            reading.fault(place, _("The code of an option is expected."))


def read_coin(
    reading: Reading, item: Mapping[str, Any], mode: str, path: str, known: Mapping[str, Question]
) -> str | None:
    """A coin of its own (`store_as`), or one that an earlier question draws (`coin`, or that of the repeated one)."""
    given = item["randomise"]
    drawn = {question.order.coin for question in known.values()}
    if mode == "same_direction_as_Q1":
        source = known.get(item["repeat_of"]) if isinstance(item.get("repeat_of"), str) else None
        if source is None or source.order.mode != "reverse":
            reading.fault(path, _("The repeated question (repeat_of) draws no coin for its direction."))
            return None
        return source.order.coin
    if given.get("coin") is not None:
        coin = reading.name(given["coin"], f"{path}.coin")
        if coin and coin not in drawn:
            reading.fault(f"{path}.coin", _("No earlier question draws a coin of this name."))
        return coin
    coin = reading.name(given.get("store_as"), f"{path}.store_as")
    if coin in {CONTEXT_COIN, ARM_COIN} or coin in drawn:
        reading.fault(f"{path}.store_as", _("A coin of this name is drawn already; to share it, name it with “coin”."))
    return coin
