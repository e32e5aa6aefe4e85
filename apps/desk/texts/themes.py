"""How often each theme was found and how far two people agreed, as the desk's list shows it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Count, Max

from apps.common.templatetags.toikake import in_language
from apps.reports.calculations.asking import ask
from apps.reports.models import Calculation
from apps.reports.numbers import percent_text
from apps.reports.report.told.texts import agreement_text, kappa_text
from apps.responses.models import CodeBook, Coding


@dataclass(frozen=True)
class Theme:
    name: str
    percent: str
    texts: int
    kappa: str
    wide: str


@dataclass(frozen=True)
class Themes:
    """`told`: sentences about agreement. `open`: texts on which two differ, and nobody has settled it."""

    calculation: Calculation
    themes: tuple[Theme, ...] = ()
    texts: int = 0
    open: int = 0
    told: tuple[str, ...] = ()


def themes_of(book: CodeBook, language: str) -> Themes:
    """Asked of the worker; empty until it has counted."""
    found = ask(inquiry=book.inquiry, kind="themes", parameters={"question": book.question, "mark": mark(book)})
    if not found.content:
        return Themes(found)
    content: Any = found.content
    agreed = content["agreement"]
    lines = []
    for code in content["codes"]:
        number = str(code["number"])
        count, share = content["themes"]["counts"][number], content["themes"]["shares"][number]
        kappa = kappa_text(agreed["codes"][number] if agreed else None)
        lines.append(
            Theme(in_language(code["label"], language), percent_text(share, count), count, kappa, f"{100 * share:.1f}")
        )
    ordered = tuple(sorted(lines, key=lambda line: -line.texts))
    return Themes(found, ordered, content["texts"], content["open"], tuple(agreement_text(agreed)))


def mark(book: CodeBook) -> str:
    """Another one whenever something was coded or settled, or a theme was added or named anew."""
    coded = Coding.objects.filter(book=book).aggregate(number=Count("pk"), last=Max("at"))
    names = "|".join(f"{code.number}{code.label}" for code in book.codes.all())
    return f"{coded['number']}.{coded['last']}.{sha256(names.encode()).hexdigest()[:16]}"
