"""What follows from a change, so that an author need not think of it: who draws which coin, which pair still stands."""

from collections.abc import Mapping
from typing import Any

from apps.surveys.editing.finding import (
    Item,
    all_items,
    asked_in_order,
    is_anchored,
    main_items,
    options_of,
    repeated_items,
    resting_items,
    screens,
)  # fmt: skip
from apps.surveys.editing.refusing import Document
from apps.surveys.orders import CONTEXT_COIN, sides

TURNED = {"reverse_half": "reverse_with", "reverse_with": "reverse_half"}


def settle(document: Document) -> None:
    order = {name: place for place, name in enumerate(asked_in_order(document))}
    document["items"].sort(key=lambda item: order.get(item["id"], len(order)))
    document.get("optional_modules", []).sort(key=lambda item: bool(item.get("repeat_of")))
    settle_comparison(document)
    settle_notes(document)
    settle_pairs(document)
    settle_coins(document)
    settle_list_of_coins(document)


def settle_comparison(document: Document) -> None:
    """How readers divide among the ways rests while nothing is asked once more."""
    experiments, asked = (
        document.get("experiments", {}),
        any(each.get("repeat_of") for each in repeated_items(document)),
    )
    known, wanted = ("prepost_resting", "prepost") if asked else ("prepost", "prepost_resting")
    if known in experiments:
        experiments[wanted] = experiments.pop(known)


def settle_notes(document: Document) -> None:
    """Notes of who is asked next are no longer true once conditions can be edited."""
    for item in all_items(document):
        item.pop("branching", None)
        order = item.get("randomise") or {}
        if "fixed_last" in order and not isinstance(item.get("options"), str):
            codes = {option["code"] for option in options_of(document, item)}
            order["fixed_last"] = [code for code in order["fixed_last"] if code in codes]


def settle_pairs(document: Document) -> None:
    """Two questions change places only where both stand on one screen."""
    pairs: dict[str, list[Item]] = {}
    for item in [*main_items(document), *repeated_items(document)]:
        if pair := (item.get("randomise") or {}).get("pair_coin"):
            pairs.setdefault(pair, []).append(item)
    places = [*screens(document), [item["id"] for item in repeated_items(document)]]
    for items in pairs.values():
        names = {item["id"] for item in items}
        if len(items) != 2 or not any(names.issubset(screen) for screen in places):
            for item in items:
                del item["randomise"]["pair_coin"]


def settle_coins(document: Document) -> None:
    """A coin is drawn by the first question that uses it; the others turn with it, as long as they have its sides."""
    drawn: dict[str, int] = {}
    for item in all_items(document):
        order = item.get("randomise") or {}
        name = order.get("coin") or order.get("store_as")
        if not name or not order.get("mode"):
            continue
        count = sides_of(document, item)
        if name in drawn and drawn[name] != count:
            name = unused(f"order_{item['id']}", drawn)
        follow(order, name) if name in drawn else lead(order, name)
        drawn.setdefault(name, count)


def sides_of(document: Document, item: Item) -> int:
    free = [each for each in options_of(document, item) if not each.get("retired") and not is_anchored(item, each)]
    mode = item["randomise"]["mode"]
    return sides("rows" if mode == "rows_shuffle" else mode, len(item["rows"] if mode == "rows_shuffle" else free))


def unused(name: str, drawn: Mapping[str, Any]) -> str:
    while name in drawn:
        name += "x"
    return name


def lead(order: dict[str, Any], name: str) -> None:
    if order["mode"] == "reverse_with":
        order["mode"] = TURNED[order["mode"]]
    order.pop("coin", None)
    order["store_as"] = name


def follow(order: dict[str, Any], name: str) -> None:
    if order["mode"] == "reverse_half":
        order["mode"] = TURNED[order["mode"]]
    order.pop("store_as", None)
    order["coin"] = name


def settle_list_of_coins(document: Document) -> None:
    """The list for analysts names coins that are still drawn."""
    listed = document.get("experiments", {}).get("order_coins")
    if listed is None:
        return
    resting = {item["id"] for item in resting_items(document)}
    orders = [item.get("randomise") or {} for item in all_items(document) if item["id"] not in resting]
    drawn = {order.get(key) for order in orders for key in ("store_as", "pair_coin")}
    if document.get("context_card", {}).get("balanced_pair"):
        drawn.add(CONTEXT_COIN)
    document["experiments"]["order_coins"] = [name for name in listed if name in drawn]
