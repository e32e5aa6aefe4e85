"""Of what a report consists, in its order: a line for each part, with the functions that make its numbers and words.

They are named, not imported: the numbers are the worker's, the words are wanted by web processes, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Part:
    """`content`: (Material) → JSON object without words of any language, or None where there is nothing to tell.
    `section`: (content, About) → Section, several of them, or None; in the active language.
    `inputs`: (Inquiry, Material) → JSON, what `content` needs beside the answers; it finds it in `material.inputs`.
    `from_answers`: whether answers and inputs are all it needs, so that the script of a bundle can work it out again.

    Each as `module:function`.
    """

    name: str
    content: str
    section: str
    inputs: str = ""
    from_answers: bool = True


COUNTED, TOLD, FOUND = (f"apps.reports.report.{room}" for room in ("counted", "told", "inputs"))

CROSSED, WEIGHTED = "apps.reports.crosstables", "apps.reports.weighting"

PARTS = (
    Part("questions", f"{COUNTED}.questions:content", f"{TOLD}.questions:sections", f"{FOUND}:of_questions"),
    Part("rankings", f"{COUNTED}.rankings:content", f"{TOLD}.rankings:section"),
    Part("mirror", f"{COUNTED}.mirror:content", f"{TOLD}.mirror:section"),
    Part("ambivalence", f"{COUNTED}.ambivalence:content", f"{TOLD}.ambivalence:section"),
    Part("twice", f"{COUNTED}.twice:content", f"{TOLD}.twice:section"),
    Part("map", f"{COUNTED}.opinion_map:content", f"{TOLD}.opinion_map:section", f"{FOUND}:of_map"),
    Part(
        "texts",
        "apps.reports.texts.part:content",
        f"{TOLD}.texts:section",
        "apps.reports.texts.part:inputs",
        from_answers=False,
    ),
    Part("breaks", f"{CROSSED}.parts:breaks", f"{CROSSED}.sections:breaks", f"{CROSSED}.inputs:of_breaks"),
    Part("tables", f"{CROSSED}.parts:tables", f"{CROSSED}.sections:tables", f"{CROSSED}.inputs:of_tables"),
    Part(
        "groups",
        f"{CROSSED}.parts:groups",
        f"{CROSSED}.sections:groups",
        f"{CROSSED}.inputs:of_groups",
        from_answers=False,
    ),
    Part("flags", f"{COUNTED}.flags:content", f"{TOLD}.flags:section", f"{COUNTED}.flags:inputs", from_answers=False),
    Part("weighting", f"{WEIGHTED}.part:content", f"{WEIGHTED}.telling:section", f"{WEIGHTED}.part:inputs"),
    Part("arrival", f"{COUNTED}.arrival:content", f"{TOLD}.arrival:section"),
    Part("ways", f"{COUNTED}.ways:content", f"{TOLD}.ways:section", f"{FOUND}:of_ways"),
)


def function(path: str) -> Callable[..., Any]:
    module, name = path.split(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
