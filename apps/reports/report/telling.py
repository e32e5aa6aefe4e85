"""A report in one language, made of its numbers: what page, PDF and files of charts draw. No array is needed for it."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.templatetags.toikake import in_language
from apps.reports.headlines import headline, page_headline
from apps.reports.method import dates_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Report, Section, Terms, Words
from apps.reports.report.parts import PARTS, function
from apps.reports.report.told import method_box
from apps.reports.sides import asks_for_opinion

FINDINGS = 12


def report_of(about: About, *, stamp: tuple[tuple[str, str], ...] = ()) -> Report:
    """In the active language, which must be that of `about`."""
    told = [
        section for part in PARTS for section in sections_of(part.section, about.content["parts"].get(part.name), about)
    ]
    sections = (*told, method_box.section(about))
    return Report(
        language=about.language,
        title=in_language(about.content["inquiry"]["title"], about.language),
        headline=headline_of(about),
        summary=summary(about, sections),
        sections=sections,
        stamp=stamp,
        simulated=about.simulated,
    )


def sections_of(path: str, content: Mapping[str, Any] | None, about: About) -> list[Section]:
    """A part makes one section, several, or none."""
    found = function(path)(content, about) if content is not None else None
    sections = found if isinstance(found, tuple) else (found,)
    return [section for section in sections if section and section.blocks]


def headline_of(about: About) -> str:
    """The finding of the first question with the number that it rests on; else how many have answered so far."""
    entries = shown_entries(about)
    first = next((entry for entry in entries if not entry["hidden"] and asks(about, entry)), None)
    if first is not None:
        return page_headline(about.question(first["id"]), first, about.language, about.counts_to)
    readers = about.content["answered"]
    if not readers:
        return _("Nobody has answered yet")
    sentence = ngettext("{number} person has answered so far", "{number} people have answered so far", readers)
    return capfirst(sentence.format(number=about.count(readers)))


def shown_entries(about: About) -> list[Mapping[str, Any]]:
    found = about.content["parts"]["questions"]
    return list(found["questions"]) if found else []


def asks(about: About, entry: Mapping[str, Any]) -> bool:
    return asks_for_opinion(about.question(entry["id"]))


def summary(about: About, sections: tuple[Section, ...]) -> tuple[Block, ...]:
    """What fits on one screen: how many and when, then one sentence for each question and part."""
    if not about.content["parts"]["questions"]:
        return (Terms(key_numbers(about)), Words(too_few(about), tone="caution"))
    return (Terms(key_numbers(about)), Terms(findings(about, sections), title=_("Findings")))


def key_numbers(about: About) -> tuple[tuple[str, str], ...]:
    content = about.content
    dates = dates_text(content["dates"]) if content["dates"]["first"] else "–"
    return (
        (_("Answers"), about.count(content["answered"])),
        (_("of these complete"), about.count(content["complete"])),
        (_("Days"), dates),
        (_("Weighting"), _("none")),
    )


def findings(about: About, sections: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
    """Of every question that has one, and of every section that leads with one."""
    told = [
        (entry["id"], capfirst(headline(about.question(entry["id"]), entry, about.language, about.counts_to)))
        for entry in shown_entries(about)
        if not entry["hidden"] and asks(about, entry)
    ]
    leads = [(section.title, section.lead) for section in sections if section.lead]
    return tuple((name, finding) for name, finding in [*told, *leads] if finding)[:FINDINGS]


def too_few(about: About) -> str:
    smallest = about.content["profile"]["smallest_base"]
    return _("Figures are shown from {number} answers on; fewer could tell who gave which.").format(number=smallest)
