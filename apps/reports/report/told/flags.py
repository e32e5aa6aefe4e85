"""Signs that an answer was not meant: how many carry them, by which rule, and what would change without them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import named
from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import HIDDEN, NONE, whole_percent
from apps.reports.quality.words import NOTES, RULES
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Section, Table, Words


def section(content: Mapping[str, Any], about: About) -> Section:
    blocks: list[Block] = [
        Words(counted(content, about)),
        *by_lot(content, about),
        Words(effect(content)),
        rules(content, about),
    ]
    if content["changes"]:
        blocks.append(changes(content["changes"], about))
    return Section("flags", _("Answers with signs of haste or repetition"), tuple(blocks))


def counted(content: Mapping[str, Any], about: About) -> str:
    if content["flagged"] is None:
        return _("Fewer than {number} of the answers carry signs; they count like all others.").format(
            number=about.content["profile"]["smallest_group"]
        )
    return _("{flagged} of {readers} answers carry signs; they count like all others.").format(
        flagged=about.count(content["flagged"]), readers=about.count(content["readers"])
    )


def by_lot(content: Mapping[str, Any], about: About) -> list[Words]:
    """Of very many answers; reports from before that was done say nothing of it."""
    if "by_lot_of" not in content:
        return []
    looked = _(
        "Signs were looked for in {number} of {readers} answers, drawn by lot. What equals an answer that was not drawn"
        " is not seen."
    )
    return [Words(looked.format(number=about.count(content["readers"]), readers=about.count(content["by_lot_of"])))]


def effect(content: Mapping[str, Any]) -> str:
    if content["changes"] is None:
        return _("They are too few to tell what would change without them.")
    most = max((each["most"] for each in content["changes"]), default=0.0)
    return _("Without them, the largest change of any share would be {points} points.").format(
        points=whole_percent(most)
    )


def rules(content: Mapping[str, Any], about: About) -> Table:
    """By rule; below it what a rule could not look at, or cannot see."""
    names = {each["id"]: str(RULES.get(each["id"], each["id"])) for each in content["rules"]}
    rows = tuple(
        (names[each["id"]], number(each["marked"], about), about.count(each["base"]) if each["base"] else NONE)
        for each in content["rules"]
    )
    limits = [
        named(names[each["id"]], NOTES.get(each["note"], each["note"])) for each in content["rules"] if each["note"]
    ]
    note = _("An answer carries signs when the rules that mark it weigh two points or more together.")
    return Table((_("Sign"), _("Marked"), _("Looked at")), rows, notes=(note, *limits))


def number(marked: int | None, about: About) -> str:
    return HIDDEN if marked is None else about.count(marked) if marked else NONE


def changes(found: list[Mapping[str, Any]], about: About) -> Table:
    rows = tuple(
        (
            in_language(about.question(each["question"]).stem, about.language),
            _("{number} points").format(number=whole_percent(each["most"])),
        )
        for each in found
    )
    columns = (_("Question"), _("Largest change of a share"))
    return Table(columns, rows, caption=_("With and without answers that carry signs"))
