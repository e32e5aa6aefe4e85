"""What readers of one version were asked otherwise than readers of another: said beside the numbers that hold both."""

from typing import Any

import numpy as np

from apps.reports.report.material import Material
from apps.surveys.definition import Definition


def otherwise(material: Material) -> dict[str, Any]:
    """By question, of the versions that somebody answered: `offered`, options that stood in some of them only, with the
    numbers of those; `worded`, the older versions that said the question or one of its answers in other words."""
    answered = [material.instruments[place] for place in np.unique(material.version).tolist()]
    known = {each.number: each.definition for each in sorted(answered, key=lambda each: each.number)}
    if len(known) < 2:
        return {}
    names = [question.id for question in material.definition.questions]
    return {name: found for name in names if (found := of_question(name, known))}


def of_question(name: str, known: dict[int, Definition]) -> dict[str, Any]:
    asked = {number: each.question(name) for number, each in known.items() if name in each.by_id}
    offered: dict[str, list[int]] = {}
    for number, question in asked.items():
        for option in question.offered:
            offered.setdefault(str(option.code), []).append(number)
    words = {
        number: (question.stem, question.lead, {option.code: option.label for option in question.options})
        for number, question in asked.items()
    }
    newest = words[max(words)] if words else None
    found = {
        "offered": {code: numbers for code, numbers in offered.items() if len(numbers) < len(asked)},
        "worded": [number for number, said in words.items() if newest and differs(said, newest)],
    }
    return {key: each for key, each in found.items() if each}


def differs(said: tuple[Any, Any, dict[int, Any]], newest: tuple[Any, Any, dict[int, Any]]) -> bool:
    """An option that one of the two does not have is no other wording."""
    both = said[2].keys() & newest[2].keys()
    return said[:2] != newest[:2] or any(said[2][code] != newest[2][code] for code in both)
