"""Names of fields and of their categories, and why a table is not shown: for pages, files and reports."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from apps.common.punctuation import isolated, remark
from apps.common.templatetags.toikake import in_language, said_in
from apps.reports.crosstables.fields import SILENT, Field, Source
from apps.reports.maps.words import group_name
from apps.reports.method import device_names, language_names

SHORT = 44
THIRDS = {
    "low": gettext_lazy("one end of the line"),
    "middle": gettext_lazy("middle of the line"),
    "high": gettext_lazy("other end of the line"),
}


def field_name(field: Field, language: str) -> str:
    """A question in its own words; of one in rows the row, too."""
    if field.question is None:
        return {
            Source.LANGUAGE: _("Language"),
            Source.DEVICE: _("Device"),
            Source.WEEK: _("Week of the first answer"),
            Source.PLACE: _("Third of the opinion map") if field.scale else _("Group on the opinion map"),
        }[field.source]
    stem = in_language(field.question.stem, language)
    if field.question.kind == "item_by_item":
        row = next(row for row in field.question.rows if row.code == field.part)
        return f"{stem} — {in_language(row.label, language)}"
    return _("{question} (first choice)").format(question=stem) if field.part else stem


def listed_name(field: Field, language: str) -> str:
    """In a list of fields: questions by their number, shortened."""
    if field.question is None:
        return field_name(field, language)
    row = next((row for row in field.question.rows if row.code == field.part), None)
    stem = isolated(Truncator(said_in(field.question.stem, language)).chars(SHORT))
    if row is not None:
        return f"{field.question.id} {in_language(row.label, language)}{remark(stem, language)}"
    return f"{field.question.id} {_('{question} (first choice)').format(question=stem) if field.part else stem}"


def table_name(fields: Mapping[str, Field], rows: str, columns: str, language: str) -> str:
    """A question that is gone keeps its number."""
    names = (listed_name(fields[name], language) if name in fields else name for name in (rows, columns))
    return " × ".join(names)


def left_out_text(missing: Mapping[str, Any], fields: Mapping[str, Field], language: str) -> str:
    """Why a table that was chosen is not in the report (`together`)."""
    rows, columns = missing["beside"]
    own = table_name(fields, missing["rows"], missing["columns"], language)
    other = table_name(fields, rows, columns, language)
    sentence = (
        _("“{table}” is left out: beside the other tables it would tell numbers that are withheld.")
        if own == other
        else _("“{table}” is left out: beside “{other}” it would tell numbers that are withheld.")
    )
    return sentence.format(table=own, other=other)


def category_name(field: Field, key: str, language: str) -> str:
    if key == SILENT:
        return _("Too few votes") if field.source == Source.PLACE else _("No answer or not asked")
    if field.question is not None:
        return answer_name(field, key, language)
    if field.source == Source.WEEK:
        return date_format(date.fromisoformat(key), "SHORT_DATE_FORMAT")
    if field.source == Source.PLACE:
        return str(THIRDS[key]) if key in THIRDS else group_name(int(key))
    return (device_names() if field.source == Source.DEVICE else language_names()).get(key, key)


def answer_name(field: Field, key: str, language: str) -> str:
    """A step of a scale that has no words is its number."""
    assert field.question is not None
    option = next((option for option in field.question.options if str(option.code) == key), None)
    return in_language(option.label, language) if option else key


def refusal_text(refusal: Mapping[str, Any], fields: Mapping[str, Field], language: str) -> str:
    """Why there is no such table, in a sentence."""
    code, name = refusal.get("code", ""), str(refusal.get("field", ""))
    named = listed_name(fields[name], language) if name in fields else Truncator(name).chars(SHORT)
    smallest = int(refusal.get("smallest", 0))
    if code == "few_readers":
        return ngettext(
            "A table is shown from {n} answer on; fewer could tell who gave which.",
            "A table is shown from {n} answers on; fewer could tell who gave which.",
            smallest,
        ).format(n=smallest)
    if code == "few_left":
        return _(
            "With these filters fewer than {n} readers are left, so nothing is shown. Please take one of them away."
        ).format(n=smallest)
    if code == "few_left_out":
        return _(
            "These filters leave out fewer than {n} readers. Beside the table of all readers this one would tell what"
            " they answered, so nothing is shown."
        ).format(n=smallest)
    sentences = {
        "unknown_field": _(
            "“{field}” cannot be crossed: only closed questions and what was noted about all readers can."
        ),
        "choose_two": _("Please choose a question for the rows and one for the columns."),
        "same_field": _("“{field}” stands on both sides. Please choose two different questions."),
        "several_in_columns": _("“{field}” has several answers to a reader. Please put it into the rows."),
        "no_filter": _("“{field}” cannot be a filter."),
        "unknown_category": _("The filter on “{field}” names an answer that does not exist."),
        "filter_in_table": _("“{field}” is in the table already, so it cannot be a filter as well."),
        "too_many_filters": _("At most {most} questions can be filters at the same time."),
        "no_questions": _("No questionnaire is published here yet, so there is nothing to cross."),
    }
    pattern = sentences.get(code, _("This table cannot be shown."))
    return pattern.format(field=named, most=refusal.get("most", 0))


def strength(v: float) -> str:
    """In words that are rules of thumb, and claim no more."""
    if v < 0.1:
        return pgettext("association", "hardly any connection")
    if v < 0.2:
        return pgettext("association", "a weak connection")
    if v < 0.4:
        return pgettext("association", "a moderate connection")
    return pgettext("association", "a strong connection")
