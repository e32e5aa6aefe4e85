"""Ids and codes for what is new. One that was ever published, or stands in the draft, is not given again."""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from string import ascii_lowercase
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import BLANK, DONT_KNOW, LARGEST_CODE, PREFER_NOT
from apps.surveys.editing.finding import Item, names_in, own_options
from apps.surveys.editing.past import Past
from apps.surveys.editing.refusing import EditRefused

USUAL = {"dont_know": DONT_KNOW, "prefer_not": PREFER_NOT}


def new_question_id(document: Mapping[str, Any], past: Past) -> str:
    return f"Q{next_number('Q', {*names_in(document), *past.names})}"


def new_quotation_id(document: Mapping[str, Any], past: Past, name: str) -> str:
    """The one that this question had before, where it had one."""
    former = next((each for each, question in past.quotations.items() if question == name), None)
    taken = {*names_in(document), *past.names}
    return former or next(
        each for number in count(1) for each in [f"{name}c{number if number > 1 else ''}"] if each not in taken
    )


def new_statement_id(document: Mapping[str, Any], past: Past) -> str:
    taken = {*(entry["id"] for entry in document.get("statements", [])), *past.statements}
    return f"S{next_number('S', taken):02d}"


def next_number(letter: str, taken: Iterable[str]) -> int:
    numbers = [int(found[1]) for name in taken if (found := re.fullmatch(rf"{letter}([0-9]{{1,6}})[A-Za-z]?", name))]
    return max(numbers, default=0) + 1


def new_option_code(item: Item, past: Past, role: str) -> int:
    """98 and 99 for those who do not know or do not say, by custom; else the next number."""
    taken = {option["code"] for option in own_options(item)} | past.options(item["id"])
    points = range(item.get("minimum", 0), item.get("maximum", 10) + 1) if item["type"] == "scale" else range(0)
    kept = {*taken, *points, BLANK, DONT_KNOW, PREFER_NOT}
    if USUAL.get(role, BLANK) not in {*taken, *points, BLANK}:
        return USUAL[role]
    ordinary = [code for code in taken if code < BLANK]
    following = max(ordinary, default=0) + 1
    for code in [*range(following, LARGEST_CODE + 1), *range(1, following)]:
        if code not in kept:
            return code
    raise EditRefused(_("There is no number left for another option."))


def new_row_code(item: Item, past: Past) -> str:
    taken = {row["code"] for row in item["rows"]} | past.rows(item["id"])
    letters = (letter for letter in ascii_lowercase if letter not in taken)
    return next(letters, "") or next(f"r{number}" for number in count(1) if f"r{number}" not in taken)
