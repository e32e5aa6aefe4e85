"""Token buckets in memory that all web processes of this machine share, for what may never reach a table.

The memory is made when this module is first loaded, which is before the web processes are forked; where they are not
forked each has its own. Nobody locks anybody: two processes that take from one bucket at the same moment may take as
one. Who counts by networks can live with that, and a killed process leaves no lock behind.
"""

import mmap
import secrets
import struct
import threading
import time
from dataclasses import dataclass

SALT_SECONDS = 24 * 60 * 60
SALT_BYTES = 32
HEAD = struct.Struct(f"{SALT_BYTES}sd")  # the salt, and when it was made
SLOT = struct.Struct("Qdd")  # key, level, when it was last filled
SLOTS = 1 << 16
NEIGHBOURS = 8  # a bucket stands in one of so many places; where all are taken the one longest unused makes way


@dataclass(frozen=True, slots=True)
class Measure:
    """How a bucket is filled: so much per second, so much at most, so much when it is first looked into."""

    rate: float
    burst: float
    first: float


class SharedBuckets:
    """Buckets by eight-byte keys, and the salt from which their keys are made. Both go after a day, together."""

    def __init__(self, slots: int = SLOTS) -> None:
        self.slots = slots
        self.memory = mmap.mmap(-1, HEAD.size + slots * SLOT.size)
        self.lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        self.memory[:] = HEAD.pack(secrets.token_bytes(SALT_BYTES), time.monotonic()) + bytes(self.slots * SLOT.size)

    def salt(self) -> bytes:
        if time.monotonic() - HEAD.unpack_from(self.memory)[1] > SALT_SECONDS:
            with self.lock:
                self.begin()
        return bytes(HEAD.unpack_from(self.memory)[0])

    def level(self, key: bytes, measure: Measure) -> float:
        """How much is in the bucket now."""
        return self._find(int.from_bytes(key), measure, time.monotonic())[1]

    def take(self, key: bytes, measure: Measure, cost: float = 1) -> None:
        """Takes what is there; whoever may not take more than that asks for the level first. Below 0: puts in."""
        number, now = int.from_bytes(key), time.monotonic()
        with self.lock:
            place, level = self._find(number, measure, now)
            SLOT.pack_into(self.memory, place, number, min(measure.burst, max(level - cost, 0.0)), now)

    def _find(self, number: int, measure: Measure, now: float) -> tuple[int, float]:
        """The place of a bucket and its level now, or the place that it may take and its first level."""
        oldest, longest_ago = 0, now + 1
        for step in range(NEIGHBOURS):
            place = HEAD.size + (number + step) % self.slots * SLOT.size
            key, level, filled_at = SLOT.unpack_from(self.memory, place)
            if key == number:
                return place, min(measure.burst, level + measure.rate * (now - filled_at))
            if filled_at < longest_ago:
                oldest, longest_ago = place, filled_at
        return oldest, measure.first


shared = SharedBuckets()
