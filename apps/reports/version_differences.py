"""What readers of one version were asked otherwise than readers of another: said beside the numbers that hold both."""

from collections.abc import Iterable, Mapping
from typing import Any

from apps.surveys.definition import Definition


def asked_otherwise(names: Iterable[str], versions: Mapping[int, Definition]) -> dict[str, Any]:
    """By question. `versions`: those that somebody answered, by number, the oldest first. `offered`: options that stood
    in some of them only, with the numbers of those; `worded`: the older versions that said the question or one of its
    answers in other words."""
    if len(versions) < 2:
        return {}
    return {name: found for name in names if (found := of_question(name, versions))}


def of_question(name: str, known: Mapping[int, Definition]) -> dict[str, Any]:
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
