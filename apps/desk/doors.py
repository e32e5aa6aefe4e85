"""Where one can go within an inquiry: first what one wants to do, then the pages for it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.models import Role
from apps.desk.rules import EDITORS, EXPORTERS


@dataclass(frozen=True)
class Door:
    page: str
    words: str | Promise
    roles: Collection[str] = tuple(Role)
    behind: tuple[str, ...] = ()  # further pages that are reached through it

    @property
    def address(self) -> str:
        return f"desk:{self.page}"


@dataclass(frozen=True)
class Room:
    words: str | Promise
    doors: tuple[Door, ...]


ROOMS = (
    Room(
        pgettext_lazy("room", "Ask"),
        (
            Door(
                "editor",
                pgettext_lazy("door", "Edit"),
                EDITORS,
                ("article", "items", "item_add", "item", "seeds", "settings"),
            ),
            Door("preview", _("Preview"), EDITORS, ("preview_screen",)),
            Door("publish", pgettext_lazy("page", "Publish"), EDITORS, ("version",)),
            Door("share", pgettext_lazy("pass on", "Share")),
            Door("embedding", _("Under an article")),
        ),
    ),
    Room(
        pgettext_lazy("room", "Watch"),
        (
            Door("monitor", pgettext_lazy("door", "Answers coming in")),
            Door("queue", pgettext_lazy("door", "Statements to review"), behind=("review", "words")),
        ),
    ),
    Room(
        pgettext_lazy("room", "Learn"),
        (
            Door("report", _("Report"), EXPORTERS, ("documents", "method", "publish_report")),
            Door("tables", _("Tables"), EXPORTERS, ("table_add", "table_remove")),
            Door("weights", _("Weights"), EXPORTERS, ("weights_drop",)),
            Door(
                "texts",
                _("What readers wrote"),
                behind=("read_texts", "quotes", "decide_quotes", "coding", "code_book", "code", "compare_codings"),
            ),
            Door("exports", _("Export answers"), EXPORTERS),
        ),
    ),
)


def rooms_for(role: str) -> list[Room]:
    """With the doors that open to this role; a room without any is left out."""
    open_to = (Room(room.words, tuple(door for door in room.doors if role in door.roles)) for room in ROOMS)
    return [room for room in open_to if room.doors]
