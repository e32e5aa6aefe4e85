"""What the database packed, as arrays in the order of the pseudonyms. For `gathering` alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import NOT_SHOWN, Codes
from apps.reports.report.material import EPOCH, NO_ARM, Bytes, Numbers, Places, halves
from apps.reports.tallies import UnreadableCodesError
from apps.responses.packing import DEVICE, FINISHED, FIRST_DAY, HEAD, LANGUAGE, MARKS, SIMULATED, STATUS
from apps.responses.records import Records
from apps.surveys.definition import Slot
from apps.surveys.queries import Instrument

AT_ONCE = 8_192
HEADS = np.dtype([("first", ">u8"), ("second", ">u8"), ("marks", ">u4"), ("day", ">i4"), ("language", ">u8")])
"""What stands before the codes, as `responses.packing` says."""


def laid_out(parts: Sequence[Records], instruments: Sequence[Instrument]) -> dict[str, Any]:
    """The records of all versions under the columns of all, in the order of the pseudonyms."""
    slots = tuple(dict.fromkeys(slot for each in instruments for slot in each.definition.slots))
    places = {each.version_id: place for place, each in enumerate(instruments)}
    records = under_one_head(parts, [instruments[places[each.version_id]].definition.slots for each in parts], slots)
    order = in_order(*halves(records[:, :MARKS]))
    heads, codes = put_in_order(records, order)
    which = np.array([places[each.version_id] for each in parts], dtype=np.uint16)
    version = np.repeat(which, np.array([each.readers for each in parts], dtype=np.int64))
    return {
        "slots": slots,
        "codes": codes,
        "version": version[order],
        "keys": (heads["first"].astype(np.uint64), heads["second"].astype(np.uint64)),
        "day": heads["day"].astype(np.int32) + (FIRST_DAY - EPOCH).days,
        "arm": arms_of(parts)[order],
        **read_marks(heads["marks"].astype(np.uint32)),
        **read_languages(heads["language"].astype(np.uint64)),
    }


def under_one_head(parts: Sequence[Records], slots_of: Sequence[Sequence[Slot]], slots: Sequence[Slot]) -> Bytes:
    """(readers, `HEAD` + slots): what a version did not ask was not shown to its readers."""
    split = [unpacked(part, len(own)) for part, own in zip(parts, slots_of, strict=True)]
    if len(parts) == 1 and slots_of[0] == slots:
        return split[0]
    found = np.full((sum(map(len, split)), HEAD + len(slots)), NOT_SHOWN, dtype=np.uint8)
    start = 0
    for records, own in zip(split, slots_of, strict=True):
        columns = [*range(HEAD), *(HEAD + slots.index(slot) for slot in own)]
        found[start : start + len(records), columns] = records
        start += len(records)
    return found


def unpacked(part: Records, slots: int) -> Bytes:
    if len(part.records) != part.readers * (HEAD + slots):
        raise UnreadableCodesError(f"{len(part.records)} bytes for {part.readers} readers with {slots} slots")
    return np.frombuffer(part.records, dtype=np.uint8).reshape(part.readers, HEAD + slots)


def in_order(first: Numbers, second: Numbers) -> Places:
    order = ascending(first)
    ordered = first[order]
    if (ordered[1:] == ordered[:-1]).any():  # two of one first half: once in a blue moon
        return np.lexsort((second, first))
    return order


def put_in_order(records: Bytes, order: Places) -> tuple[NDArray[np.void], Codes]:
    """Heads (readers,) and codes (readers, slots), each column of these in one piece. A few thousand readers at a time:
    what is read here and there stays at hand until it is written where it belongs."""
    readers, width = records.shape
    heads, columns = np.empty((readers, HEAD), dtype=np.uint8), np.empty((width - HEAD, readers), dtype=np.uint8)
    for start in range(0, readers, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        ordered = np.take(records, order[some], axis=0)
        heads[some], columns[:, some] = ordered[:, :HEAD], ordered[:, HEAD:].T
    return heads.view(HEADS)[:, 0], columns.T


def ascending(keys: Numbers) -> Places:
    """What `argsort` gives, in half of the time: numpy puts numbers of 16 bits in order by counting them. Two rounds
    take care of the upper half; what is still out of place then is little, and soon sorted."""
    order = np.argsort((keys >> np.uint64(32)).astype(np.uint16), kind="stable")
    order = order[np.argsort((keys >> np.uint64(48)).astype(np.uint16)[order], kind="stable")]
    return order[np.argsort(keys[order], kind="stable")]


def arms_of(parts: Sequence[Records]) -> Bytes:
    if all(each.arms is None for each in parts):
        return np.full(sum(each.readers for each in parts), NO_ARM, dtype=np.uint8)
    return np.frombuffer(b"".join(each.arms or b"" for each in parts), dtype=np.uint8)[1::2]


def read_marks(marks: NDArray[np.uint32]) -> dict[str, Any]:
    def field_of(shift: int, most: int) -> Bytes:
        return ((marks >> np.uint32(shift)) & np.uint32(most)).astype(np.uint8)

    return {
        "status": field_of(STATUS, 0x3),
        "finished": field_of(FINISHED, 0x1).astype(bool),
        "simulated": field_of(SIMULATED, 0x1).astype(bool),
        "device": field_of(DEVICE, 0x3),
        "screen": np.minimum(marks & np.uint32(0xFFFF), 255).astype(np.uint8),
    }


def read_languages(written: Numbers) -> dict[str, Any]:
    """Names in their order, and of each reader the place among them. Few languages are spoken, so one is looked for
    after the other."""
    found, rest = [], written
    while len(rest):
        found.append(rest[0])
        rest = rest[rest != rest[0]]
    language = np.zeros(len(written), dtype=np.uint8)
    for place, name in enumerate(sorted(found)):
        language[written == name] = place
    names = tuple(int(name).to_bytes(HEAD - LANGUAGE).decode().rstrip() for name in sorted(found))
    return {"language": language, "languages": names}
