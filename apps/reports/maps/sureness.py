"""How sure a map is: how well it foretells votes that were hidden from it, and how much of it stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.reports.numbers import whole_percent

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Gain:
    name: str
    likelier: str
    nats: str
    told: bool


@dataclass(frozen=True)
class Sureness:
    gains: tuple[Gain, ...]
    sentences: tuple[str, ...]


def sureness(summary: Summary) -> Sureness | None:
    """Nothing where there was too little to hide."""
    if not summary["enough"] or not gain_of(summary):
        return None
    gains = tuple(Gain(name, likelier(gain), nats(gain), told) for name, gain, told in compared(summary))
    return Sureness(gains, tuple(sentences(summary)))


def gain_of(summary: Summary) -> Mapping[str, Any] | None:
    """What the map foretells, where that is known. Stored maps never change, and the first ones of debates with one
    statement hold gains without a number."""
    gain: Mapping[str, Any] | None = summary.get("gain")
    return None if gain is None or None in gain.values() else gain


def compared(summary: Summary) -> Iterator[tuple[str, float, bool]]:
    """Habits alone, the story told, and the best other one."""
    gain, told = summary["gain"], summary["story"]
    yield story_name("none", 0), gain["style"], told == "none"
    if told != "none":
        yield story_name(told, summary["k"] if told == "groups" else summary["d"]), gain["story"], True
    story, _space, size = gain["next_story"].partition(" ")
    yield _("best other one: {story}").format(story=story_name(story, int(size))), gain["next"], False


def sentences(summary: Summary) -> Iterator[str]:
    if summary["story"] == "none":
        yield _("A pattern is reported only when it helps to guess the hidden votes clearly better than habits alone.")
        return
    yield _("Of several ways that guess about equally well, the simplest one is reported.")
    if summary["stability"] is not None:
        yield stability_text(summary)
    if summary["null_rate"] is not None:
        yield null_text(summary["null_rate"])


def story_name(story: str, number: int) -> str:
    """A story as a line of a table: `number` dimensions, or groups."""
    if story == "groups":
        return ngettext("{number} group", "{number} groups", number).format(number=number)
    if story == "spectrum" and number > 1:
        return _("opinions along {number} lines").format(number=number)
    if story == "spectrum":
        return _("opinions along one line")
    return _("habits of answering alone")


def likelier(gain: float) -> str:
    """Nats per vote as a reader may take them: by how much likelier the hidden votes came out, on average."""
    percent = whole_percent(abs(exp(gain) - 1))
    return f"{'+' if gain >= 0 and percent else '−' if percent else '±'}{percent}%"


def nats(gain: float) -> str:
    return f"{gain:.3f}".replace("-", "−")


def stability_text(summary: Summary) -> str:
    """How much of the picture stays when some of the people are left out."""
    likeness = f"{summary['stability']:.2f}"
    if summary["story"] == "groups":
        return _(
            "Drawn twice more, each time without one person in ten, the map showed much the same groups: likeness"
            " {likeness}, where 1 means identical and 0 means chance (adjusted Rand index)."
        ).format(likeness=likeness)
    return _(
        "Drawn twice more, each time without one person in ten, the map put everybody in much the same place:"
        " correlation {likeness}, where 1 means identical and 0 means chance."
    ).format(likeness=likeness)


def null_text(rate: float) -> str:
    return _(
        "When the votes on each statement were dealt out anew by lot, so that no pattern could be left, a picture like"
        " this one appeared in {percent} of the tries."
    ).format(percent=f"{whole_percent(rate)}%")
