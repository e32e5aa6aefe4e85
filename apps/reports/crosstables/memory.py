"""Answers that were read once stay in the worker's memory for a short while: one table is seldom asked for alone.

Held under the watermark, so that nothing older than the database is ever counted; a few inquiries at most, and each
for minutes only, because who erases their answers must not live on here.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic

from apps.debates.models import OpinionMap
from apps.inquiries.models import Inquiry
from apps.reports.calculations.asking import watermark
from apps.reports.crosstables.places import places_of_readers
from apps.reports.report.gathering import gather
from apps.reports.report.material import Bytes, Material

MOST, SECONDS = 2, 300

Key = tuple[int, str, str]


@dataclass(frozen=True)
class Held:
    material: Material
    places: Bytes | None
    until: float


held: OrderedDict[Key, Held] = OrderedDict()
lock = Lock()


def held_material(inquiry: Inquiry, stored: OpinionMap | None, keys: tuple[str, ...], placed: bool) -> Held | None:
    """`placed`: whether the map's groups are wanted, too. None where nothing was ever asked."""
    key = (inquiry.pk, watermark(inquiry.pk), inquiry.privacy_profile)
    with lock:
        forget(monotonic())
        found = held.get(key)
        if found is None:
            material = gather(inquiry)
            found = None if material is None else Held(material, None, monotonic() + SECONDS)
        if found and placed and found.places is None and stored is not None:
            found = replace(found, places=places_of_readers(found.material, stored, keys))
        if found:
            keep(key, found)
    return found


def keep(key: Key, found: Held) -> None:
    """Others of the same inquiry are old by now."""
    for other in [other for other in held if other[0] == key[0] and other != key]:
        del held[other]
    held[key] = found
    held.move_to_end(key)
    while len(held) > MOST:
        held.popitem(last=False)


def forget_old() -> None:
    """By the worker, every few minutes, whether anything is asked for or not."""
    with lock:
        forget(monotonic())


def forget(now: float) -> None:
    for key in [key for key, each in held.items() if each.until < now]:
        del held[key]
