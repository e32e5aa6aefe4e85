"""A document being read: what is expected at each place, and every fault with its path.

Whatever a document holds, what comes back from here has the type that was asked for; a fault is noted, never raised.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import Text
from apps.surveys.texts import STRIPPED, UNREADABLE, says_something

LONGEST_TEXT = 2000
LONGEST_NAME = 40
DEEPEST = 40


@dataclass
class Reading:
    languages: tuple[str, ...]
    problems: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, path: str, message: str) -> None:
        self.problems.append((path, message))

    def mapping(self, raw: Any, path: str, keys: Collection[str] | None = None) -> Mapping[str, Any]:
        """An object; `keys`: all that may stand in it, since a misspelt key would be passed over in silence."""
        if not isinstance(raw, Mapping):
            self.fault(path, _("An object is expected."))
            return {}
        for key in raw:
            if keys is not None and key not in keys:
                self.fault(f"{path}.{shortened(key)}", _("This key is not known here."))
        return raw

    def items(self, raw: Any, path: str) -> list[tuple[str, Any]]:
        """Each item with its path."""
        if not isinstance(raw, list):
            self.fault(path, _("A list is expected."))
            return []
        return [(f"{path}[{number}]", item) for number, item in enumerate(raw)]

    def text(self, raw: Any, path: str) -> Text:
        """A text in each of the document's languages."""
        if not isinstance(raw, Mapping):
            self.fault(path, _("A text in each language is expected: %(example)s.") % {"example": self.example})
            return dict.fromkeys(self.languages, "")
        return {language: self.line(raw.get(language), f"{path}.{language}") for language in self.languages}

    @property
    def example(self) -> str:
        return "{" + ", ".join(f'"{language}": "…"' for language in self.languages) + "}"

    def line(self, raw: Any, path: str) -> str:
        if not isinstance(raw, str) or not says_something(raw):
            self.fault(path, _("The text is missing."))
            return ""
        if len(raw) > LONGEST_TEXT:
            self.fault(path, _("The text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT})
        if STRIPPED.search(raw):
            self.fault(path, _("The text contains invisible control characters."))
        return raw

    def optional_text(self, raw: Any, path: str) -> Text | None:
        return None if raw is None else self.text(raw, path)

    def texts(self, raw: Any, path: str) -> tuple[Text, ...]:
        return tuple(self.text(item, place) for place, item in self.items(raw, path))

    def whole(self, raw: Any, path: str, *, low: int, high: int) -> int:
        if type(raw) is not int or not low <= raw <= high:
            self.fault(path, _("A whole number from %(low)d to %(high)d is expected.") % {"low": low, "high": high})
            return low
        return raw

    def flag(self, raw: Any, path: str, *, usual: bool = False) -> bool:
        if raw is None:
            return usual
        if not isinstance(raw, bool):
            self.fault(path, _("Only true or false can stand here."))
        return raw is True

    def word(self, raw: Any, path: str, known: Collection[str], usual: str) -> str:
        """One of some words of ours."""
        if raw is None:
            return usual
        if not isinstance(raw, str) or raw not in known:
            self.fault(path, _("One of these is expected: %(known)s.") % {"known": ", ".join(known)})
            return usual
        return raw

    def name(self, raw: Any, path: str) -> str:
        """What an author calls a thing in the data: letters, digits and underscores."""
        if not isinstance(raw, str) or not raw.isascii() or not raw.isidentifier() or len(raw) > LONGEST_NAME:
            self.fault(
                path,
                _("A name of up to %(limit)d ASCII letters, digits and underscores is expected.")
                % {"limit": LONGEST_NAME},
            )
            return ""
        return raw


def shortened(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def unreadable(raw: Any, path: str = "", depth: int = 0) -> list[tuple[str, str]]:
    """What neither the database nor a hash could take, wherever it stands in a document."""
    if depth > DEEPEST:
        return [(shortened(path), _("This is nested more than %(limit)d levels deep.") % {"limit": DEEPEST})]
    if isinstance(raw, str):
        return [(path, _("This text contains characters that cannot be kept."))] if UNREADABLE.search(raw) else []
    if isinstance(raw, float) and not math.isfinite(raw):
        return [(path, _("This is no finite number."))]
    if isinstance(raw, list):
        return [fault for number, item in enumerate(raw) for fault in unreadable(item, f"{path}[{number}]", depth + 1)]
    if isinstance(raw, Mapping):
        return [fault for key, item in raw.items() for fault in unreadable_entry(key, item, path, depth)]
    return []


def unreadable_entry(key: Any, item: Any, path: str, depth: int) -> list[tuple[str, str]]:
    if not isinstance(key, str) or UNREADABLE.search(key):
        return [(path, _("A key contains characters that cannot be kept."))]
    return unreadable(item, f"{path}.{shortened(key)}".lstrip("."), depth + 1)
