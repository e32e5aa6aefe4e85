"""The report as data: one JSON object that page, PDF and files are made from, and nothing else.

It holds numbers and codes; the words of questions are in the versions that it names, those of the report in our
catalogues. The same answers under the same settings give the same bytes.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.reports.report.parts import PARTS, function
from apps.reports.report.settings import LIVE, Settings
from apps.surveys.definition import document_hash

if TYPE_CHECKING:
    from apps.inquiries.models import Inquiry
    from apps.reports.models import ResultEpoch
    from apps.reports.report.material import Material

SCHEMA = "toikake-report/1"
APPS = Path(__file__).parents[2]
MAKERS = ("analysis", "reports")
"""Everything that makes the numbers what they are, and more: a room that is added must not be forgotten."""
SHOWN_OF_PROFILE = ("smallest_base", "smallest_cell", "smallest_group", "counts_to", "share_digits")


def report_content(material: "Material", settings: Settings = LIVE) -> dict[str, Any]:
    """Everything there is to tell. `material.inputs` must hold what its parts need (`with_inputs`)."""
    return assembled(material.inputs["header"], parts_of(material.beside(seed=settings.seed), settings), settings)


def assembled(header: Mapping[str, Any], parts: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    whole: dict[str, Any] = plain({"schema": SCHEMA, **header, "settings": settings.as_json(), "parts": dict(parts)})
    return whole


def parts_of(material: "Material", settings: Settings, carried: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Too few readers to show anything: every part is None. `carried`: parts that were worked out elsewhere."""
    if len(material) < material.profile.smallest_base:
        return {part.name: None for part in PARTS}
    known = material.beside(inputs={**material.inputs, "settings": settings.as_json()})
    told = dict(carried or {})
    parts = {part.name: told[part.name] if part.name in told else function(part.content)(known) for part in PARTS}
    return beside_one_another(material, parts)


def beside_one_another(material: "Material", parts: dict[str, Any]) -> dict[str, Any]:
    """Without the tables that would tell what others hide."""
    from apps.reports.crosstables.together import Together
    from apps.surveys.arms import Arm, withheld

    apart = withheld(material.definition) if (material.arm == Arm.C).any() else frozenset()
    return Together(material.definition, material.profile, apart).kept(parts)


def with_inputs(inquiry: "Inquiry", material: "Material") -> "Material":
    """The same answers together with everything else that is needed, as the database has it at this moment."""
    found = {part.name: function(part.inputs)(inquiry, material) for part in PARTS if part.inputs}
    return material.beside(inputs={**found, "header": header(inquiry, material)})


def header(inquiry: "Inquiry", material: "Material") -> dict[str, Any]:
    """What the report is about: the inquiry, the article, the versions, how many answered and when."""
    from apps.reports.disclosure import about
    from apps.reports.queries import latest_epoch
    from apps.reports.report.method_notes import method_of
    from apps.reports.report.pauses import pauses_within

    statuses, profile = material.tally.statuses, material.profile
    article = getattr(inquiry, "article", None)
    last = latest_epoch(inquiry.pk)
    return {
        "inquiry": {"slug": inquiry.slug, "title": dict(inquiry.title), "simulated": inquiry.simulated},
        "article": {
            "title": dict(article.title) if article else {},
            "url": article.url if article else "",
            "author": article.author if article else "",
            "published_on": iso(article.published_on if article else None),
        },
        "version": material.instruments[0].number,
        "versions": [{"number": each.number, "sha256": each.sha256} for each in material.instruments],
        "answered": about(len(material), profile),
        "n": about(statuses["complete"] + statuses["partial"], profile),
        **{name: about(statuses[name], profile) for name in ("complete", "partial", "break_off")},
        "dates": dict(zip(("first", "last"), map(iso, material.period), strict=True)),
        "pauses": pauses_within(inquiry, *material.period),
        "epoch": {"number": last.number, "newer": newer_than(inquiry.pk, last, len(material))} if last else None,
        "method": method_of(inquiry),
        "profile": {"name": inquiry.privacy_profile, **shown_of(asdict(profile))},
        "code": code_version(),
    }


def newer_than(inquiry_id: int, epoch: "ResultEpoch", present: int) -> int:
    """How many readers wrote or went since an epoch was published, of whom so many are `present`."""
    from apps.reports.queries import changes_since

    changes = changes_since(inquiry_id, epoch, present)
    return changes.written + changes.erased


def shown_of(profile: Mapping[str, Any]) -> dict[str, Any]:
    return {name: profile[name] for name in SHOWN_OF_PROFILE}


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def data_hash(content: Mapping[str, Any]) -> str:
    """By which a report can be told from any other; the same before and after the database kept it."""
    return document_hash(content)


def plain(value: Any) -> Any:
    """As JSON says it: lists for tuples, and no zero below zero, which a database does not keep."""
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value + 0.0 if isinstance(value, float) else value


@lru_cache(maxsize=1)
def code_version() -> str:
    """A hash of the code that counts."""
    digest = sha256()
    for folder in MAKERS:
        for file in sorted((APPS / folder).rglob("*.py")):
            if file.parent.name != "migrations":
                digest.update(file.relative_to(APPS).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]
