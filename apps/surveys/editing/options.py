"""Options and rows come, go, and change places."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.editing.beginnings import LABELS, said_in
from apps.surveys.editing.changing import change
from apps.surveys.editing.finding import Item, all_items, is_anchored, item_called, option_coded, own_options
from apps.surveys.editing.naming import new_option_code, new_row_code
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import Document, EditRefused

ORDERED = ("single_ordinal", "paired_ab", "item_by_item")
SEVERAL = ("multiple", "rank_top_k")
ROLES = ("answer", "dont_know", "prefer_not", "own_words", "none")
MOST_OPTIONS, MOST_ROWS, USUAL_OWN_WORDS = 40, 20, 80


def roles_for(item: Mapping[str, Any]) -> list[str]:
    """What can be added to a question of this kind that it does not have yet."""
    options = item.get("options")
    if not isinstance(options, list) or item["type"] in {"open_text", "number", "date"}:
        return []
    found = [] if item["type"] == "scale" else ["answer"]
    offered = [option for option in options if not option.get("retired")]
    found += [role for role in ("dont_know", "prefer_not") if all(each.get("kind") != role for each in offered)]
    if item["type"] == "single_nominal" and all(each.get("opens_text") is None for each in offered):
        found.append("own_words")
    return [*found, "none"] if item["type"] in SEVERAL else found


@change
def add_option(
    document: Document, past: Past, name: str, role: str = "answer", label: Mapping[str, str] | None = None
) -> None:
    """`label`: empty where the author has yet to write it."""
    item = item_called(document, name)
    if role not in roles_for(item):
        raise EditRefused(_("This question takes no further option of this kind."))
    options = own_options(item)
    if len(options) >= MOST_OPTIONS:
        raise EditRefused(_("There can be %(limit)d options at most.") % {"limit": MOST_OPTIONS})
    words = label or LABELS.get(role, {"ja": "", "en": ""})
    code = new_step(item, past) if role == "answer" and item["type"] in ORDERED else new_option_code(item, past, role)
    option: dict[str, Any] = {"code": code, "label": said_in(dict(words), document["languages"])}
    if role != "answer":
        option["anchor"] = "last"
    if role in {"dont_know", "prefer_not"}:
        option["kind"] = role
    if role == "own_words":
        option["opens_text"] = USUAL_OWN_WORDS
    if role != "answer" and item["type"] in SEVERAL:
        option["exclusive"] = True
    options.insert(place_for(item, role), option)
    if item["type"] in ORDERED and not past.asked(name):
        number_anew(document, item)


def place_for(item: Item, role: str) -> int:
    """Plain answers stand before those that keep the end; don't-know and prefer-not stand last of all."""
    options = own_options(item)
    if role in {"dont_know", "prefer_not"}:
        return len(options)
    behind = [
        place
        for place, option in enumerate(options)
        if (is_anchored(item, option) if role == "answer" else option.get("kind") in {"dont_know", "prefer_not"})
    ]
    return behind[0] if behind else len(options)


def new_step(item: Item, past: Past) -> int:
    """The codes of a scale say its order, so a step that joins at the end of a published one needs a fitting code."""
    if not past.asked(item["id"]):
        return new_option_code(item, past, "answer")
    codes = [option["code"] for option in steps_of(item)]
    taken = {option["code"] for option in own_options(item)} | past.options(item["id"])
    code = min(codes) - 1 if len(codes) > 1 and codes[0] > codes[-1] else max(codes, default=0) + 1
    if code in taken or not 0 <= code < 97:
        raise EditRefused(_("This scale was published and has no room for a further step. Make a new question."))
    return code


def steps_of(item: Item) -> list[dict[str, Any]]:
    return [
        option
        for option in own_options(item)
        if option.get("kind", "answer") == "answer" and not is_anchored(item, option)
    ]


def number_anew(document: Document, item: Item) -> None:
    """The steps of a scale that nobody has answered yet are numbered along their order, from the end that was low."""
    steps = steps_of(item)
    codes = [option["code"] for option in steps]
    falls = sum(a > b for a, b in pairwise(codes)) * 2 >= len(codes) - 1 and len(codes) > 1
    taken = {option["code"] for option in own_options(item)} - set(codes)
    free = sorted(
        [code for code in range(1, len(steps) + len(taken) + 1) if code not in taken][: len(steps)], reverse=falls
    )
    new = dict(zip(codes, free, strict=True))
    for option in steps:
        option["code"] = new[option["code"]]
    for other in all_items(document):
        condition = other.get("shown_if") or {}
        if condition.get("item") == item["id"]:
            condition["equals"] = new.get(condition["equals"], condition["equals"])


@change
def move_option(document: Document, past: Past, name: str, code: int, step: int) -> None:
    """Among its like: plain answers with plain ones, those at the end with those at the end."""
    item = item_called(document, name)
    option = option_coded(item, code)
    if item["type"] in ORDERED and past.asked(name) and option in steps_of(item):
        raise EditRefused(_("The steps of a published scale keep their order: answers rest on it."))
    options = own_options(item)
    like = [
        place
        for place, each in enumerate(options)
        if is_anchored(item, each) == is_anchored(item, option) and (each is option or not each.get("retired"))
    ]
    at = like.index(options.index(option))
    if not 0 <= at + step < len(like):
        return
    one, other = like[at], like[at + step]
    options[one], options[other] = options[other], options[one]
    if item["type"] in ORDERED and not past.asked(name):
        number_anew(document, item)


@change
def retire_option(document: Document, name: str, code: int) -> None:
    """It is no longer offered; its answers still count."""
    refuse_awaited(document, name, code)
    option_coded(item_called(document, name), code)["retired"] = True


@change
def offer_again(document: Document, name: str, code: int) -> None:
    option_coded(item_called(document, name), code).pop("retired", None)


@change
def remove_option(document: Document, past: Past, name: str, code: int) -> None:
    """Only what was never published; anything else is retired."""
    item = item_called(document, name)
    option = option_coded(item, code)
    if code in past.options(name):
        raise EditRefused(_("Option %(code)d was published and may have answers; retire it instead.") % {"code": code})
    refuse_awaited(document, name, code)
    own_options(item).remove(option)
    if item["type"] in ORDERED and not past.asked(name):
        number_anew(document, item)


def refuse_awaited(document: Document, name: str, code: int) -> None:
    for item in all_items(document):
        condition = item.get("shown_if") or {}
        if (condition.get("item"), condition.get("equals")) == (name, code):
            sentence = _("%(question)s is asked of those who choose this option; change that one first.")
            raise EditRefused(sentence % {"question": item["id"]})


@change
def add_row(document: Document, past: Past, name: str, label: Mapping[str, str] | None = None) -> None:
    item = item_called(document, name)
    if item["type"] != "item_by_item":
        raise EditRefused(_("A question of this kind has no rows."))
    if len(item["rows"]) >= MOST_ROWS:
        raise EditRefused(_("There can be %(limit)d rows at most.") % {"limit": MOST_ROWS})
    words = said_in(dict(label or {"ja": "", "en": ""}), document["languages"])
    item["rows"].append({"code": new_row_code(item, past), "label": words})


@change
def move_row(document: Document, name: str, code: str, step: int) -> None:
    rows = item_called(document, name).get("rows", [])
    place = rows.index(row_coded(rows, code))
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]


@change
def remove_row(document: Document, past: Past, name: str, code: str) -> None:
    rows = item_called(document, name).get("rows", [])
    row = row_coded(rows, code)
    if code in past.rows(name):
        raise EditRefused(_("Row %(code)s was published and may have answers; it has to stay.") % {"code": code})
    rows.remove(row)


def row_coded(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    for row in rows:
        if row["code"] == code:
            return row
    raise EditRefused(_("There is no row %(code)s any more.") % {"code": code[:40]})
