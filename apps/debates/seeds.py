"""The editors' statements, as a questionnaire's document names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.debates.routing import STANCES


@dataclass(frozen=True, slots=True)
class Seed:
    """`language` is the one that `text` is shown in where no other is asked for."""

    code: str
    texts: dict[str, str]
    language: str
    anchor: str
    stance: str = ""


def seeds_in(document: dict[str, Any]) -> Iterator[Seed]:
    """In the document's order; an entry without a code or words in one of the document's languages is none."""
    statements = document.get("statements")
    for entry in statements if isinstance(statements, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
            continue
        texts = {name: entry[name] for name in document.get("languages", []) if isinstance(entry.get(name), str)}
        if texts:
            default = str(document.get("default_language"))
            language = default if default in texts else next(iter(texts))
            anchor = entry.get("article_ref")
            stance = entry.get("stance")
            yield Seed(
                entry["id"][:40],
                texts,
                language,
                anchor[:80] if isinstance(anchor, str) else "",
                stance if stance in STANCES else "",
            )
