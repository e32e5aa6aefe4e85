"""Questions come, go, and change places."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.editing.beginnings import BEGINNINGS, CONSENT, said_in
from apps.surveys.editing.changing import change
from apps.surveys.editing.finding import (
    asked_in_order,
    item_called,
    main_items,
    modules,
    repeated_items,
    resting_items,
    resting_on,
    screens,
)  # fmt: skip
from apps.surveys.editing.naming import new_question_id, new_quotation_id
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import Document, EditRefused
from apps.surveys.kinds import KINDS

AT_MOST = 90


@change
def add_question(document: Document, past: Past, kind: str) -> None:
    """A new question of this kind on a screen of its own, before what is asked about the readers themselves."""
    if kind not in KINDS:
        raise EditRefused(_("There is no such kind of question."))
    if len(main_items(document)) >= AT_MOST:
        raise EditRefused(_("There can be %(limit)d questions at most.") % {"limit": AT_MOST})
    name = new_question_id(document, past)
    item = {"id": name, "type": kind, **deepcopy(BEGINNINGS[kind])}
    if item.get("randomise"):
        item["randomise"]["store_as"] += f"_{name}"
    if kind == "open_text":
        quotation = new_quotation_id(document, past, name)
        item["secondary"] = {"id": quotation, "type": "checkbox", "default": False, "label": CONSENT}
    else:
        item["required"] = "soft"
    document["items"].append(said_in(item, document["languages"]))
    put_on_screen(document, name)


def put_on_screen(document: Document, name: str) -> None:
    background = {item["id"] for item in main_items(document) if item.get("phase") == "background"}
    pages = document["pages"]
    standing = [place for place, page in enumerate(pages) if any(each in page for each in asked_in_order(document))]
    personal = [place for place in standing if background.intersection(pages[place])]
    phase = item_called(document, name).get("phase")
    place = personal[0] if personal and phase != "background" else standing[-1] + 1 if standing else len(pages)
    pages.insert(place, [name])


@change
def take_out(document: Document, past: Past, name: str) -> None:
    """One that was never published goes for good. Any other rests: its words stay, and it can be asked again."""
    item = item_called(document, name)
    if item in resting_items(document):
        if past.asked(name):
            raise EditRefused(
                _("%(question)s was published; its answers stay, so its words stay, too.") % {"question": name}
            )
        modules(document).remove(item)
        return
    if resting := resting_on(document, name):
        names = {"question": name, "others": ", ".join(resting)}
        raise EditRefused(_("%(question)s cannot go while others rest on it: %(others)s.") % names)
    if main_items(document) == [item]:
        raise EditRefused(_("At least one question is expected."))
    next(part for part in (document["items"], repeated_items(document), modules(document)) if item in part).remove(item)
    document["pages"] = [page for page in without(document["pages"], name) if page]
    if past.asked(name):
        item["default_on"] = False
        document.setdefault("optional_modules", []).append(item)


def without(pages: list[list[str]], name: str) -> list[list[str]]:
    return [[each for each in page if each != name] for page in pages]


@change
def ask_again(document: Document, name: str) -> None:
    """A resting question goes back onto a screen of its own, or to the end where it asks another once more."""
    item = item_called(document, name)
    if item not in resting_items(document):
        return
    modules(document).remove(item)
    item.pop("default_on", None)
    if item.get("repeat_of"):
        document.setdefault("post_items", []).append(item)
        return
    document["items"].append(item)
    document["pages"] = [page for page in without(document["pages"], name) if page]
    put_on_screen(document, name)


@change
def move_screen(document: Document, name: str, step: int) -> None:
    """The screen of this question changes places with the one before it (-1) or behind it (1)."""
    standing = screens(document)
    here = screen_of(document, name)
    place = next(place for place, screen in enumerate(standing) if screen is here)
    if not 0 <= place + step < len(standing):
        return
    pages, there = document["pages"], standing[place + step]
    one, other = (next(i for i, page in enumerate(pages) if page is each) for each in (here, there))
    pages[one], pages[other] = pages[other], pages[one]
    refuse_wrong_order(document)


@change
def move_question(document: Document, name: str, step: int) -> None:
    """The question changes places with its neighbour on the same screen."""
    screen = screen_of(document, name)
    asked = [each for each in screen if each in asked_in_order(document)]
    place = asked.index(name)
    if not 0 <= place + step < len(asked):
        return
    one, other = screen.index(name), screen.index(asked[place + step])
    screen[one], screen[other] = screen[other], screen[one]
    refuse_wrong_order(document)


@change
def split_screen(document: Document, name: str) -> None:
    """This question, and what stands behind it, goes onto a screen of its own."""
    screen = screen_of(document, name)
    place = screen.index(name)
    if place == 0:
        return
    pages = document["pages"]
    at = next(number for number, page in enumerate(pages) if page is screen)
    pages[at : at + 1] = [screen[:place], screen[place:]]


@change
def join_screens(document: Document, name: str) -> None:
    """The screen of this question joins the one before it."""
    standing = screens(document)
    here = screen_of(document, name)
    place = next(place for place, screen in enumerate(standing) if screen is here)
    if place == 0:
        return
    standing[place - 1].extend(here)
    document["pages"] = [page for page in document["pages"] if page is not here]


def screen_of(document: Document, name: str) -> list[str]:
    for screen in screens(document):
        if name in screen and name in asked_in_order(document):
            return screen
    raise EditRefused(_("There is no question %(name)s on a screen any more.") % {"name": name[:40]})


def refuse_wrong_order(document: Document) -> None:
    order = asked_in_order(document)
    for item in main_items(document):
        source = (item.get("shown_if") or {}).get("item")
        if source in order and item["id"] in order and order.index(source) >= order.index(item["id"]):
            names = {"question": item["id"], "source": source}
            sentence = _("%(question)s is asked after a certain answer to %(source)s, so it has to stand behind it.")
            raise EditRefused(sentence % names)


def conditions(document: Mapping[str, Any], name: str) -> list[tuple[str, int]]:
    """Answers on which this question may rest: single choices made before it, on its own screen, too."""
    order = asked_in_order(document)
    before = order[: order.index(name)] if name in order else []
    found = []
    for each in before:
        item = item_called(document, each)
        if item["type"] in {"single_ordinal", "single_nominal", "paired_ab"} and isinstance(item.get("options"), list):
            found += [(each, option["code"]) for option in item["options"] if not option.get("retired")]
    return found
