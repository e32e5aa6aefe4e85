"""A weighting in words: the fixed sentence, what it cost, both columns, or why there is none."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.common.punctuation import remark
from apps.common.templatetags.toikake import in_language
from apps.reports.crosstables.fields import Field, fields_of
from apps.reports.crosstables.wording import category_name, field_name
from apps.reports.numbers import HIDDEN, points_text, value_text, whole_percent
from apps.reports.report.about import About
from apps.reports.report.blocks import Block, Section, Table, Terms, Words
from apps.surveys.definition import Definition

Content = Mapping[str, Any]
CLOSE = 0.0005


def section(content: Content, about: About) -> Section:
    return Section("weighting", _("With weights"), blocks(content, about.definition, about.language))


def blocks(content: Content, definition: Definition, language: str) -> tuple[Block, ...]:
    fields = fields_of(definition)
    if content["refusal"]:
        return (Words(refusal_text(content["refusal"], fields, language), tone="caution"),)
    return (
        Words(fixed_sentence(content, definition, language)),
        Terms(cost_of(content)),
        margins_table(content, fields, language),
        *(
            question_table(each, fields[each["field"]], language)
            for each in content["questions"]
            if each["field"] in fields
        ),
    )


def fixed_sentence(content: Content, definition: Definition, language: str) -> str:
    """In the words of the inquiry, where it has them."""
    fields = fields_of(definition)
    given = definition.report_templates.get("weighted")
    pattern = (
        in_language(given, language)
        if given
        else _(
            "Indicative figures weighted to {source} on {margins} (design effect {deff}, effective n={neff}). Weighting"
            " does not necessarily remove self-selection bias."
        )
    )
    names = [field_name(fields[each["field"]], language) for each in content["margins"] if each["field"] in fields]
    sources = dict.fromkeys(each["source"] for each in content["margins"])
    said = {
        "margins": _(", ").join(names),
        "source": _(", ").join(sources),
        "deff": value_text(content["design_effect"]),
        "neff": f"{content['effective']:,.0f}",
    }
    for name, text in said.items():
        pattern = pattern.replace("{" + name + "}", text)
    return pattern


def cost_of(content: Content) -> tuple[tuple[str, str], ...]:
    smallest, largest = content["bounds"]
    found = [
        (_("Readers"), f"{content['readers']:,}"),
        (_("Design effect"), value_text(content["design_effect"])),
        (_("Effective number of readers"), f"{content['effective']:,.0f}"),
        (
            _("Weights"),
            _("{low} to {high} times the mean; {before} without the bounds").format(
                low=value_text(content["smallest"]),
                high=value_text(content["largest"]),
                before=value_text(content["largest_before"]),
            ),
        ),
        (
            _("Trimmed"),
            ngettext(
                "{n} reader at a bound ({low} or {high})",
                "{n} readers at a bound ({low} or {high})",
                content["trimmed"],
            ).format(n=f"{content['trimmed']:,}", low=value_text(smallest), high=value_text(largest)),
        ),
    ]
    return tuple(found)


def margins_table(content: Content, fields: Mapping[str, Field], language: str) -> Table:
    """What was wanted, and how far the weighted readers are from it."""
    rows: list[tuple[str, ...]] = []
    strong: list[int] = []
    for margin in content["margins"]:
        field = fields[margin["field"]]
        strong.append(len(rows))
        rows.append((field_name(field, language), "", ""))
        rows += [
            (category_name(field, key, language), f"{value_text(share)}%", rest(content["residuals"][field.name][key]))
            for key, share in margin["shares"].items()
        ]
    return Table(
        (_("Category"), _("Wanted"), _("Left over")),
        tuple(rows),
        caption=_("Shares to which the readers were weighted"),
        notes=tuple(source_text(each) for each in content["margins"]),
        strong=tuple(strong),
    )


def rest(residual: float) -> str:
    if abs(residual) < CLOSE:
        return "0"
    sign = "+" if residual > 0 else "−"
    return _("{number} points").format(number=f"{sign}{abs(residual) * 100:.1f}")


def source_text(margin: Mapping[str, Any]) -> str:
    day = parse_date(margin["date"])
    told = _("Source: {source}, {date}").format(
        source=margin["source"], date=date_format(day, "DATE_FORMAT") if day else margin["date"]
    )
    return told + remark(margin["url"]) if margin["url"] else told


def question_table(found: Mapping[str, Any], field: Field, language: str) -> Table:
    rows = [
        (
            category_name(field, key, language),
            share(plain),
            share(weighted),
            difference(plain, weighted),
            error_text(error),
        )
        for key, plain, weighted, error in zip(
            found["keys"], found["unweighted"], found["weighted"], found["errors"], strict=True
        )
        if plain is None or plain or weighted
    ]
    return Table(
        (_("Answer"), _("Unweighted"), _("Weighted"), _("Difference"), _("Standard error")),
        tuple(rows),
        caption=field_name(field, language),
        notes=(
            _(
                "n={n}; the standard error is that of the weighted share, as if readers had been picked at random."
            ).format(n=f"{found['base']:,}"),
        ),
    )


def share(value: float | None) -> str:
    return HIDDEN if value is None else f"{whole_percent(value)}%"


def difference(plain: float | None, weighted: float | None) -> str:
    return HIDDEN if plain is None or weighted is None else points_text(weighted - plain)


def error_text(value: float | None) -> str:
    return HIDDEN if value is None else _("{number} points").format(number=f"{value * 100:.1f}")


def refusal_text(refusal: Mapping[str, Any], fields: Mapping[str, Field], language: str) -> str:
    """Why there are no weighted figures, and what would help."""
    field = fields.get(refusal.get("field") or "")
    name = Truncator(field_name(field, language)).chars(60) if field else str(refusal.get("field") or "")
    key = refusal.get("category")
    category = category_name(field, key, language) if field and key else ""
    value = float(refusal.get("value") or 0)
    sentences = {
        "few_readers": _("Nothing is weighted: with fewer than 200 answers weights would mostly magnify chance."),
        "sum": _("Nothing is weighted: the shares of “{field}” add up to {value}%."),
        "not_a_share": _("Nothing is weighted: one of the shares of “{field}” is no share."),
        "size": _("Nothing is weighted: “{field}” has categories without a share."),
        "empty": _(
            "Nothing is weighted: nobody among the readers is in “{category}” ({field}), so there is nobody to count"
            " more. Please join it with another category in the source, or leave this question out."
        ),
        "no_target": _("Nothing is weighted: “{category}” ({field}) has a share of 0%, but there are readers in it."),
        "not_reached": _(
            "Nothing is weighted: these shares contradict each other as readers combine them. The farthest is"
            " “{category}” ({field})."
        ),
        "too_unequal": _(
            "Nothing is weighted: no weights between 0.3 and 3 times the mean reach these shares. The farthest is"
            " “{category}” ({field}), by {points} points."
        ),
        "design_effect": _(
            "Nothing is weighted: the design effect would be {value}, more than 2. The readers are too unlike these"
            " shares for weights to help."
        ),
        "gone": _("Nothing is weighted: the questionnaire has changed, and “{field}” has other categories now."),
    }
    pattern = sentences.get(str(refusal["reason"]), _("Nothing is weighted."))
    shown = value * 100 if refusal["reason"] == "sum" else value
    return pattern.format(field=name, category=category, value=value_text(shown), points=f"{abs(value) * 100:.1f}")
