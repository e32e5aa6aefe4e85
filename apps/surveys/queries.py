"""Versions, parsed once per process: they never change."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from apps.common.recent import recent
from apps.surveys.arms import Arm, in_arm
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
    """The newest version; at most one small query."""
    newest = _newest(inquiry_id)
    return None if newest is None else instrument(newest)


@recent
def _newest(inquiry_id: int) -> int | None:
    versions = SurveyVersion.objects.filter(inquiry_id=inquiry_id).order_by("-number")
    return versions.values_list("pk", flat=True).first()


def newest_version(inquiry_id: int) -> SurveyVersion | None:
    """As the database has it at this moment: for whoever publishes the next one."""
    return SurveyVersion.objects.filter(inquiry_id=inquiry_id).order_by("-number").first()


def published_definitions(inquiry_id: int) -> list[Definition]:
    """Every version there is, the oldest first: what a new one must fit."""
    versions = SurveyVersion.objects.filter(inquiry_id=inquiry_id).order_by("number")
    return [instrument(pk).definition for pk in versions.values_list("pk", flat=True)]


def definitions_by_number(inquiry_id: int, numbers: Collection[int]) -> dict[int, Definition]:
    """Of these versions, the oldest first."""
    found = SurveyVersion.objects.filter(inquiry_id=inquiry_id, number__in=numbers).order_by("number")
    return {number: instrument(pk).definition for pk, number in found.values_list("pk", "number")}


def version_ids(inquiry_id: int) -> list[int]:
    """Every version there is, the oldest first."""
    versions = SurveyVersion.objects.filter(inquiry_id=inquiry_id).order_by("number")
    return list(versions.values_list("pk", flat=True))


def version_of(inquiry_id: int, number: int) -> Instrument | None:
    found = SurveyVersion.objects.filter(inquiry_id=inquiry_id, number=number).values_list("pk", flat=True).first()
    return None if found is None else instrument(found)


@lru_cache(maxsize=256)
def instrument(version_id: int) -> Instrument:
    version = SurveyVersion.objects.get(pk=version_id)
    return Instrument(version.pk, version.number, version.sha256, parse(version.definition))


@lru_cache(maxsize=256)
def definition_in(version_id: int, arm: Arm) -> Definition:
    """The questionnaire of a version as readers of this arm go through it."""
    return in_arm(instrument(version_id).definition, arm)
