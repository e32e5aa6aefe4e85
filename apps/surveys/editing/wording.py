"""What a question says and asks for, as its author writes it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.editing.changing import change
from apps.surveys.editing.finding import Item, item_called, options_of
from apps.surveys.editing.naming import new_quotation_id
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import Document, EditRefused
from apps.surveys.rules import former_owner

TEXTS = ("stem", "help", "page_lead", "skip_label", "low_label", "high_label", "unit")
NUMBERS = ("k", "minimum", "maximum", "step", "max_chars")
PLAIN = ("required", "phase", "shown_if")


@change
def reword(document: Document, past: Past, name: str, said: Mapping[str, Any]) -> None:
    """`said`: keys of the question with what they are to be, None where they are to go; `options` and `rows` as words
    by code, `poles` as words by letter, `quotation` as the words of the consent. What is not named stays as it is."""
    item = item_called(document, name)
    for key in (*TEXTS, *NUMBERS, *PLAIN):
        if key in said:
            put(item, key, said[key])
    for part, code in (("options", "code"), ("rows", "code")):
        if isinstance(item.get(part), list):
            for each in item[part]:
                if each[code] in said.get(part, {}):
                    each["label"] = spoken(each["label"], said[part][each[code]])
    if "poles" in said and "poles" in item:
        item["poles"] = {side: spoken(item["poles"][side], said["poles"].get(side, {})) for side in "AB"}
    if "own_words" in said:
        for option in options_of(document, item):
            if option.get("opens_text") is not None and not option.get("retired"):
                option["opens_text"] = said["own_words"]
    if "quotation" in said:
        quote(document, past, item, said["quotation"])
    refuse_other_meaning(past, item)


def put(item: Item, key: str, value: Any) -> None:
    if value is None:
        item.pop(key, None)
    elif key in TEXTS:
        item[key] = spoken(item.get(key), value)
    else:
        item[key] = dict(value) if isinstance(value, Mapping) else value


def spoken(before: Any, words: Mapping[str, str]) -> dict[str, str]:
    """Texts in languages that are not asked in now stay, for when they come back."""
    return {**(before if isinstance(before, Mapping) else {}), **words}


def quote(document: Document, past: Past, item: Item, words: Mapping[str, str] | None) -> None:
    if words is None:
        item.pop("secondary", None)
        return
    known = item.get("secondary") or {
        "id": new_quotation_id(document, past, item["id"]),
        "type": "checkbox",
        "default": False,
    }
    item["secondary"] = {**known, "label": spoken(known.get("label"), words)}


def refuse_other_meaning(past: Past, item: Item) -> None:
    """Codes that answers hold keep what they mean."""
    name = item["id"]
    if item["type"] == "rank_top_k" and item.get("k", 0) < past.places(name):
        sentence = _("Answers with %(count)d places are there already; there cannot be fewer now.")
        raise EditRefused(sentence % {"count": past.places(name)})
    for before in past.questions.get(name, ()):
        if item["type"] == "scale" and (item.get("minimum", 0), item.get("maximum", 10)) != (
            before.minimum,
            before.maximum,
        ):
            raise EditRefused(_("The ends of a published scale stay as they are: answers rest on them."))
        options = item["options"] if isinstance(item.get("options"), list) else []
        for now, then in (
            (
                {str(each["code"]): each["label"] for each in options},
                {str(each.code): each.label for each in before.options},
            ),
            (
                {each["code"]: each["label"] for each in item.get("rows", [])},
                {row.code: row.label for row in before.rows},
            ),
            (item.get("poles") or {}, before.poles or {}),
        ):
            refuse_exchange(now, then)


def refuse_exchange(now: Mapping[str, Mapping[str, str]], then: Mapping[str, Mapping[str, str]]) -> None:
    for code, words in now.items():
        other = former_owner(code, words, then) if code in then else None
        if other:
            sentence = _(
                "These words belonged to %(other)s when it was published; given to %(code)s, old answers would change."
            )
            raise EditRefused(sentence % {"other": other, "code": code})
