"""Where things stand in a document."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.editing.refusing import Document, EditRefused

Item = dict[str, Any]


def main_items(document: Mapping[str, Any]) -> list[Item]:
    """Questions of the screens, in the order in which the document is read."""
    return [*document["items"], *(each for each in modules(document) if each.get("default_on") is True)]


def modules(document: Mapping[str, Any]) -> list[Item]:
    found: list[Item] = document.get("optional_modules", [])
    return found


def repeated_items(document: Mapping[str, Any]) -> list[Item]:
    """What is asked once more at the end."""
    found: list[Item] = document.get("post_items", [])
    return found


def resting_items(document: Mapping[str, Any]) -> list[Item]:
    """Questions that are written but not asked at present."""
    return [each for each in modules(document) if each.get("default_on") is not True]


def all_items(document: Mapping[str, Any]) -> list[Item]:
    """In the order in which the document is read."""
    return [*main_items(document), *repeated_items(document), *resting_items(document)]


def item_called(document: Mapping[str, Any], name: str) -> Item:
    for item in all_items(document):
        if item["id"] == name:
            return item
    raise EditRefused(_("There is no question %(name)s any more.") % {"name": name[:40]})


def options_of(document: Mapping[str, Any], item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Also those that a question takes over from another."""
    options = item.get("options") or []
    if isinstance(options, str):
        source = options.removeprefix("same_as:")
        return next((options_of(document, each) for each in all_items(document) if each["id"] == source), [])
    found: list[dict[str, Any]] = options
    return found


def own_options(item: Item) -> list[dict[str, Any]]:
    options = item.get("options")
    if isinstance(options, str):
        sentence = _("The options are those of %(source)s; change them there.")
        raise EditRefused(sentence % {"source": options.removeprefix("same_as:")})
    found: list[dict[str, Any]] = item.setdefault("options", [])
    return found


def option_coded(item: Item, code: int) -> dict[str, Any]:
    for option in own_options(item):
        if option["code"] == code:
            return option
    raise EditRefused(_("There is no option %(code)s any more.") % {"code": code})


def is_anchored(item: Mapping[str, Any], option: Mapping[str, Any]) -> bool:
    """Whether it keeps its place at the end whatever the order."""
    fixed = (item.get("randomise") or {}).get("fixed_last") or []
    return option.get("anchor") == "last" or option["code"] in fixed


def names_in(document: Mapping[str, Any]) -> Iterator[str]:
    """Every id that is taken: of questions, and of consents to be quoted."""
    for item in all_items(document):
        yield item["id"]
        if item.get("secondary"):
            yield item["secondary"]["id"]


def screens(document: Mapping[str, Any]) -> list[list[str]]:
    """The lists of `pages` on which a question stands that is asked; what else is named there stays."""
    asked = {item["id"] for item in main_items(document)}
    return [page for page in document["pages"] if asked.intersection(page)]


def asked_in_order(document: Mapping[str, Any]) -> list[str]:
    asked = {item["id"] for item in main_items(document)}
    return [name for page in document["pages"] for name in page if name in asked]


def resting_on(document: Document, name: str) -> list[str]:
    """Questions that are asked only after, or because of, this one."""
    return [
        item["id"]
        for item in [*main_items(document), *repeated_items(document)]
        if (item.get("shown_if") or {}).get("item") == name
        or item.get("repeat_of") == name
        or item.get("options") == f"same_as:{name}"
    ]
