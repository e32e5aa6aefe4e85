"""Versions, parsed once per process: they never change."""

from dataclasses import dataclass
from functools import lru_cache

from apps.surveys.definition import Definition
from apps.surveys.models import SurveyVersion
from apps.surveys.reading import parse


@dataclass(frozen=True, slots=True)
class Instrument:
    version_id: int
    number: int
    sha256: str
    definition: Definition


def published_instrument(inquiry_id: int) -> Instrument | None:
    """The newest version; one small query."""
    newest = (
        SurveyVersion.objects.filter(inquiry_id=inquiry_id).order_by("-number").values_list("pk", flat=True).first()
    )
    return None if newest is None else instrument(newest)


def version_of(inquiry_id: int, number: int) -> Instrument | None:
    found = SurveyVersion.objects.filter(inquiry_id=inquiry_id, number=number).values_list("pk", flat=True).first()
    return None if found is None else instrument(found)


@lru_cache(maxsize=256)
def instrument(version_id: int) -> Instrument:
    version = SurveyVersion.objects.get(pk=version_id)
    return Instrument(version.pk, version.number, version.sha256, parse(version.definition))
