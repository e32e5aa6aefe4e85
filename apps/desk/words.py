"""Names for what is counted: screens, sources, device classes, languages."""

from collections.abc import Iterable, Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from apps.common.punctuation import isolated
from apps.common.templatetags.toikake import said_in
from apps.reports.method import device_names, language_names
from apps.surveys.definition import Definition
from apps.surveys.queries import Instrument

STEM_SHOWN = 60
UNNAMED_SOURCES = "…"  # how responses.visits counts hosts beyond what it remembers

Counts = list[tuple[str, int]]


def screens(instrument: Instrument | None) -> list[str]:
    """Each screen by its first question, shortened."""
    return screens_of(instrument.definition) if instrument else []


def screens_of(definition: Definition) -> list[str]:
    firsts = (definition.question(screen[0]) for screen in definition.screens)
    return [f"{question.id} {isolated(beginning(said_in(question.stem)))}" for question in firsts]


def beginning(stem: str) -> str:
    """As much as there is room for, up to the end of a word where words have spaces between them."""
    cut = Truncator(stem).chars(STEM_SHOWN)
    head, space, _rest = cut.rpartition(" ")
    return f"{head}…" if space and cut != stem and len(head) > STEM_SHOWN // 2 else cut


def sources(counts: Mapping[str, int], *, whole: int) -> Counts:
    """The hosts that were named, the direct way among them, and one line for all that are not shown."""
    named = [(host or _("Direct, or not told"), visits) for host, visits in counts.items() if host != UNNAMED_SOURCES]
    others = whole - sum(visits for _name, visits in named)
    return [*named, (_("Other sites"), others)] if others > 0 else named


def devices(counts: Mapping[str, int]) -> Counts:
    return named(counts, device_names())


def languages(counts: Mapping[str, int]) -> Counts:
    return named(counts, language_names())


def named(counts: Mapping[str, int], names: Mapping[str, str]) -> Counts:
    return by_size((names.get(each, each), readers) for each, readers in counts.items())


def by_size(counts: Iterable[tuple[str, int]]) -> Counts:
    return sorted(counts, key=lambda named: -named[1])
