"""SQL that reads JSON of numbers as columns; their names are those of questions and coins, which are plain words."""

from collections.abc import Sequence

LONGEST_COLUMN = 63


def is_column(name: str) -> bool:
    """PostgreSQL would cut a longer one short."""
    return len(name) <= LONGEST_COLUMN and name.isidentifier()


def unfolded(document: str, alias: str, names: Sequence[str]) -> str:
    """For a FROM: the document once, with a whole number in each column; nothing where no column is wanted."""
    columns = ", ".join(f'"{name}" int' for name in names)
    return f", jsonb_to_record({document}) AS {alias}({columns})" if columns else ""
