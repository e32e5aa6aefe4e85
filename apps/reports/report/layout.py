"""What the database packed, as arrays in the order of the pseudonyms. For `material.gather` alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import NOT_SHOWN, Codes
from apps.reports.report.material import EPOCH, NO_ARM, Bytes, Numbers, Places, halves
from apps.reports.tallies import UnreadableCodesError
from apps.responses.everybody import FIRST_DAY, NAMELESS, Records
from apps.responses.packing import DEVICE, FINISHED, LANGUAGE, SIMULATED, STATUS
from apps.surveys.definition import Slot
from apps.surveys.queries import Instrument


def laid_out(parts: Sequence[Records], instruments: Sequence[Instrument], languages: Sequence[str]) -> dict[str, Any]:
    """The records of all versions under the columns of all, in the order of the pseudonyms. `languages`: as the records
    name them; of those, only the ones that somebody used are kept."""
    slots = tuple(dict.fromkeys(slot for each in instruments for slot in each.definition.slots))
    places = {each.version_id: place for place, each in enumerate(instruments)}
    keys = halves(joined(each.pseudonyms for each in parts))
    order = ascending(keys[0])
    keys = keys[0][order], keys[1][order]
    if (keys[0][1:] == keys[0][:-1]).any():  # two of one first half: once in a blue moon
        again = np.lexsort((keys[1], keys[0]))
        order, keys = order[again], (keys[0][again], keys[1][again])
    which = np.array([places[each.version_id] for each in parts], dtype=np.uint16)
    version = np.repeat(which, np.array([each.readers for each in parts], dtype=np.int64))
    return {
        "slots": slots,
        "codes": codes_of(parts, instruments, places, slots, order),
        "version": version[order],
        "keys": keys,
        "day": (joined(each.days for each in parts).view(">i4")[order] + (FIRST_DAY - EPOCH).days).astype(np.int32),
        "arm": arms_of(parts)[order],
        **read_noted(joined(each.noted for each in parts).view(">u4").astype(np.uint32)[order], languages),
    }


def ascending(keys: Numbers) -> Places:
    """What `argsort` gives, in half of the time: numpy puts numbers of 16 bits in order by counting them. Two rounds
    take care of the upper half; what is still out of place then is little, and soon sorted."""
    order = np.argsort((keys >> np.uint64(32)).astype(np.uint16), kind="stable")
    order = order[np.argsort((keys >> np.uint64(48)).astype(np.uint16)[order], kind="stable")]
    return order[np.argsort(keys[order], kind="stable")]


def joined(parts: Iterable[bytes]) -> Bytes:
    found = [np.frombuffer(part, dtype=np.uint8) for part in parts]
    return found[0] if len(found) == 1 else np.concatenate([*found, np.zeros(0, dtype=np.uint8)])


def codes_of(
    parts: Sequence[Records],
    instruments: Sequence[Instrument],
    places: Mapping[int, int],
    slots: tuple[Slot, ...],
    order: Places,
) -> Codes:
    """(readers, slots), each column in one piece."""
    if len(parts) == 1 and instruments[places[parts[0].version_id]].definition.slots == slots:
        return by_column(np.take(unpacked(parts[0], len(slots)), order, axis=0))
    found, start = np.full((sum(each.readers for each in parts), len(slots)), NOT_SHOWN, dtype=np.uint8), 0
    for part in parts:
        own = instruments[places[part.version_id]].definition.slots
        found[start : start + part.readers, [slots.index(slot) for slot in own]] = unpacked(part, len(own))
        start += part.readers
    return by_column(np.take(found, order, axis=0))


def by_column(codes: Codes) -> Codes:
    return np.ascontiguousarray(codes.T).T


def unpacked(part: Records, slots: int) -> Bytes:
    if len(part.codes) != part.readers * slots:
        raise UnreadableCodesError(f"{len(part.codes)} bytes for {part.readers} readers with {slots} slots")
    return np.frombuffer(part.codes, dtype=np.uint8).reshape(part.readers, slots)


def arms_of(parts: Sequence[Records]) -> Bytes:
    if all(each.arms is None for each in parts):
        return np.full(sum(each.readers for each in parts), NO_ARM, dtype=np.uint8)
    return joined(each.arms or b"" for each in parts)[1::2]


def read_noted(noted: NDArray[np.uint32], languages: Sequence[str]) -> dict[str, Any]:
    """As `responses.everybody` packed it."""

    def field_of(shift: int, most: int) -> Bytes:
        return ((noted >> np.uint32(shift)) & np.uint32(most)).astype(np.uint8)

    language = field_of(LANGUAGE, 0xFF)
    used = np.flatnonzero(np.bincount(language, minlength=NAMELESS + 1))
    place = np.zeros(NAMELESS + 1, dtype=np.uint8)
    place[used] = np.arange(len(used))
    return {
        "status": field_of(STATUS, 0x3),
        "finished": field_of(FINISHED, 0x1).astype(bool),
        "simulated": field_of(SIMULATED, 0x1).astype(bool),
        "device": field_of(DEVICE, 0x3),
        "language": place[language],
        "languages": tuple(languages[each] for each in used.tolist()),
        "screen": np.minimum(noted & np.uint32(0xFFFF), 255).astype(np.uint8),
    }
