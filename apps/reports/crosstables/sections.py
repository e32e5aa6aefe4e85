"""The tables of a report in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.punctuation import between_sentences
from apps.reports.crosstables.fields import fields_of
from apps.reports.crosstables.figure import figure
from apps.reports.crosstables.reading import general
from apps.reports.crosstables.wording import left_out_text
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Figure, Section, Words

Content = Mapping[str, Any]


def breaks(content: Content, about: About) -> Section:
    return Section("breaks", _("Who says what"), said_and_shown(content, about))


def tables(content: Content, about: About) -> Section:
    number = len(content["tables"])
    counted = ngettext(
        "{n} table was chosen by the editors. Those who answered chose to take part, so tests are hints.",
        "{n} tables were chosen by the editors. Those who answered chose to take part, so tests are hints; of twenty"
        " without any connection one looks clear by chance.",
        number,
    ).format(n=number)
    return Section(
        "tables", _("Answers against answers"), (*([Words(counted)] if number else []), *said_and_shown(content, about))
    )


def groups(content: Content, about: About) -> Section:
    said: tuple[Block, ...] = (
        Words(
            _(
                "Readers who also voted on statements, by where their votes place them on the opinion map. Who voted on"
                " too few statements to be placed stands in a column of their own."
            )
        ),
    )
    return Section("groups", _("Answers by place on the map"), (*said, *said_and_shown(content, about)))


def said_and_shown(content: Content, about: About) -> tuple[Block, ...]:
    """The tables, how they are read, and which ones are missing."""
    read = [reading(content)] if content["tables"] else []
    return (*read, *figures(content, about), *left_out(content, about))


def left_out(content: Content, about: About) -> tuple[Words, ...]:
    """Tables that would tell what others withhold (`together`)."""
    fields = fields_of(about.definition, tuple(content.get("places", ())))
    missing = content.get("left_out", ())
    return tuple(Words(left_out_text(each, fields, about.language), tone="caution") for each in missing)


def reading(content: Content) -> Words:
    """How all these tables are read, once."""
    said = dict.fromkeys(note for table in content["tables"] for note in general(table))
    return Words(between_sentences().join(said))


def figures(content: Content, about: About) -> tuple[Figure, ...]:
    fields = fields_of(about.definition, tuple(content.get("places", ())))
    return tuple(figure(table, fields, about.language, about.counts_to, about.facts) for table in content["tables"])
