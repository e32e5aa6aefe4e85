"""What readers wrote: words typical of a side, words that stand together, themes, quotes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.templatetags.toikake import in_language
from apps.reports.numbers import count_text, percent_text
from apps.reports.report.about import About
from apps.reports.report.blocks import (
    Block,
    Chart,
    ChartKind,
    Figure,
    Link,
    Mark,
    Quotes,
    Row,
    Section,
    Table,
    Words,
)
from apps.reports.report.own_panels import drawn
from apps.reports.texts.naming import group_text, languages_text, lengths_text, rule_text, word_text
from apps.reports.texts.pictures import knots
from apps.reports.texts.quoted import told_of
from apps.surveys.definition import Definition

Found = Mapping[str, Any]
FEWEST_PAIRS = 5
"""Fewer make no picture."""


def section(content: Mapping[str, Any], about: About) -> Section:
    blocks: list[Block] = []
    for found in content["questions"]:
        blocks += blocks_of(found, about)
    return Section("texts", _("In readers' own words"), tuple(blocks))


def blocks_of(found: Found, about: About) -> list[Block]:
    """Of one question."""
    words = found["words"]
    blocks: list[Block] = [Words(opening(words, about))]
    blocks += [
        typical(words, group, about.definition, about.language, about.facts)
        for group in words["groups"]
        if group["words"]
    ]
    if len(words["network"]["edges"]) >= FEWEST_PAIRS:
        blocks.append(network(words, about.definition, about.language, about.facts))
    if found["themes"]:
        blocks.append(themes(found["themes"], about))
    said = told_of(found["quotes"], about.quotable.get(words["question"], {})) if found["quotes"] else []
    if said:
        blocks.append(quotes(found["quotes"], said, found["themes"], about.language))
    return blocks


def opening(words: Found, about: About) -> str:
    """Who wrote, and how much."""
    told = _("“{question}”: {wrote} of {shown} who saw it wrote something.").format(
        question=in_language(about.question(words["question"]).stem, about.language),
        wrote=about.count(words["wrote"]),
        shown=about.count(words["shown"]),
    )
    lot = _("As there are so many answers, these readers were drawn by lot.") if words["by_lot"] else ""
    return " · ".join(filter(None, (told, lot, languages_text(words["languages"]), lengths_text(words["signs"]))))


def method(words: Found) -> tuple[str, ...]:
    """How words were made and counted."""
    return (
        _(
            "What is counted is how many texts hold a word, not how often they say it; words in fewer than {n} are not"
            " shown."
        ).format(n=words["support"]),
        _("Words in their dictionary form; a denied word is a word of its own ({tool}).").format(tool=words["made_by"]),
    )


def typical(words: Found, group: Found, definition: Definition, language: str, facts: tuple[str, ...] = ()) -> Figure:
    """`z` of each word: how much more it is used by this group than by the others, in standard errors."""
    name = group_text(definition, words["by"], group["key"], language)
    headline = _("Words typical of those who answered “{answer}”").format(answer=name)
    rows = tuple(
        Row(word_text(each["word"]), (Mark("", each["z"], f"{each['z']:.1f}"),), count_text(each["answers"]))
        for each in group["words"]
    )
    with_lift = any(each["lift"] is not None for each in group["words"])
    columns = (_("Word"), "z", _("Texts"), *((_("Times as often as among all"),) if with_lift else ()))
    return Figure(
        id=f"{words['question']}-words-{group['key']}",
        headline=headline,
        question=in_language(definition.question(words["question"]).stem, language),
        base=_("n={number}: texts of this group, against all others").format(number=count_text(group["answers"])),
        table=Table(
            columns,
            tuple(
                (
                    word_text(each["word"]),
                    f"{each['z']:.1f}",
                    count_text(each["answers"]),
                    *((f"{each['lift']:.1f}",) if with_lift else ()),
                )
                for each in group["words"]
            ),
        ),
        chart=Chart(ChartKind.DOTS, rows, headline, axis=_("z: difference of log-odds in standard errors")),
        facts=facts,
        notes=(
            _("z tells how much more this group uses a word than the others do; a guide only (Monroe et al. 2008)."),
            *method(words),
        ),
    )


def network(words: Found, definition: Definition, language: str, facts: tuple[str, ...] = ()) -> Figure:
    found = words["network"]
    names = [word_text(knot["word"]) for knot in found["knots"]]
    headline = ngettext(
        "{n} pair of words that often stand in the same text",
        "{n} pairs of words that often stand in the same text",
        len(found["edges"]),
    ).format(n=len(found["edges"]))
    return Figure(
        id=f"{words['question']}-network",
        headline=headline,
        question=in_language(definition.question(words["question"]).stem, language),
        base=_("n={number}: texts").format(number=count_text(words["wrote"])),
        table=Table(
            (_("Word"), _("Word"), _("Texts with both"), _("Jaccard")),
            tuple(
                (names[edge["one"]], names[edge["other"]], count_text(edge["answers"]), f"{edge['jaccard']:.2f}")
                for edge in found["edges"]
            ),
        ),
        chart=Chart(
            ChartKind.NETWORK,
            tuple(
                Row(name, (Mark("", float(knot["answers"]), count_text(knot["answers"]), at=(knot["x"], knot["y"])),))
                for name, knot in zip(names, found["knots"], strict=True)
            ),
            headline,
            links=tuple(Link(edge["one"], edge["other"], edge["jaccard"]) for edge in found["edges"]),
        ),
        panels=(drawn("report/texts_network.html", knots(found, names)),),
        facts=facts,
        notes=(
            _(
                "Lines join the {most} strongest pairs of words that stand together in at least {n} texts."
                " Where a word lies means nothing by itself (seed {seed})."
            ).format(most=60, n=found["smallest"], seed=found["seed"]),
            *method(words),
        ),
    )


def themes(found: Found, about: About) -> Figure:
    """Found by people, with how far two of them agreed."""
    shown = found["themes"]
    order = sorted(found["codes"], key=lambda code: (-(shown["counts"][str(code["number"])] or 0), code["number"]))
    names = {code["number"]: in_language(code["label"], about.language) for code in order}
    texts = {number: percent_text(shown["shares"][str(number)], shown["counts"][str(number)]) for number in names}
    headline = _("Themes that people found in the texts")
    agreed = found["agreement"]
    return Figure(
        id=f"{found['question']}-themes",
        headline=headline,
        question=in_language(about.question(found["question"]).stem, about.language),
        base=_("n={number}: texts that were coded; one text may hold several themes").format(
            number=about.count(found["texts"])
        ),
        table=Table(
            (_("Theme"), "%", _("Texts"), _("Cohen's kappa")),
            tuple(
                (
                    name,
                    texts[number],
                    about.count(shown["counts"][str(number)]),
                    kappa_text(agreed["codes"][str(number)] if agreed else None),
                )
                for number, name in names.items()
            ),
        ),
        chart=Chart(
            ChartKind.DOTS,
            tuple(
                Row(name, (Mark("", shown["shares"][str(number)], texts[number]),)) for number, name in names.items()
            ),
            headline,
            axis="%",
        ),
        facts=about.facts,
        notes=tuple(agreement_text(agreed)),
    )


def kappa_text(found: Found | None) -> str:
    return f"{found['kappa'][0]:.2f}" if found and found["kappa"] else "–"


def agreement_text(agreed: Found | None) -> list[str]:
    """How sure the themes are, or that nobody can say."""
    if not agreed:
        return [_("Coded by one person; how far somebody else would agree is not known.")]
    told = [
        _(
            "{texts} of {of} texts were coded by two people who did not see each other's codes; {percent}% exactly"
            " alike."
        ).format(texts=agreed["texts"], of=agreed["of"], percent=round(100 * agreed["alike"]))
    ]
    whole = agreed["whole"]
    for name, numbers in ((_("Cohen's kappa"), whole["kappa"]), (_("Krippendorff's alpha"), whole["alpha"])):
        if numbers:
            told.append(
                _("{name} of whole sets of themes: {value} (95 % interval {low} to {high}).").format(
                    name=name, value=f"{numbers[0]:.2f}", low=f"{numbers[1]:.2f}", high=f"{numbers[2]:.2f}"
                )
            )
    return told


def quotes(found: Found, said: Sequence[tuple[str, int | None]], themes: Found | None, language: str) -> Quotes:
    """`said`: the words that may be quoted today, with the number of their theme."""
    names = {code["number"]: in_language(code["label"], language) for code in (themes or {}).get("codes", ())}
    return Quotes(rule_text(found, len(said)), tuple((words, names.get(theme or 0, "")) for words, theme in said))
