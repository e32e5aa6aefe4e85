"""A table as CSV: every number on a line of its own, so that it can be read by people and by programs."""

from django.utils.translation import gettext as _

from apps.common.csv_files import csv_text
from apps.reports.crosstables.fields import Field
from apps.reports.crosstables.told import Content, Fields, told
from apps.reports.crosstables.verdict import verdict
from apps.reports.crosstables.wording import category_name

TOTAL = "total"


def table_file(content: Content, fields: Fields, language: str, counts_to: int) -> str:
    """The same texts as on the page; what is withheld is x there and here."""
    said = told(content, fields, language, counts_to)
    rows, columns = fields[content["rows"]], fields[content["columns"]]
    head = [
        _("Row code"), _("Row"), _("Column code"), _("Column"), _("Readers"), _("Share of the column"),
        _("Share of the row"), _("Letters"), _("Residual"),
    ]  # fmt: skip
    lines = [
        [*names(rows, row, language), *names(columns, column, language), cell.count, cell.share, cell.row_share,
         cell.letters, cell.residual or cell.mark]
        for row, line in zip(content["row_keys"], said.lines, strict=True)
        for column, cell in zip((*content["column_keys"], TOTAL), line.cells, strict=True)
    ]  # fmt: skip
    lines += [
        [TOTAL, _("All"), *names(columns, column, language), head_.base.removeprefix("n="), "", "", "", ""]
        for column, head_ in zip((*content["column_keys"], TOTAL), said.heads, strict=True)
    ]
    about = [
        [name, text, "", "", "", "", "", "", ""]
        for name, text in (
            (_("Rows"), said.rows),
            (_("Columns"), said.columns),
            *((_("Only"), f"{name}: {keys}") for name, keys in said.filters),
            *verdict(content, fields, language),
        )
    ]
    return csv_text(head, [*lines, *about])


def names(field: Field, key: str, language: str) -> tuple[str, str]:
    return (key, _("All")) if key == TOTAL else (key, category_name(field, key, language))
