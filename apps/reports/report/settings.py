"""With what a report is worked out; printed in it."""

from dataclasses import asdict, dataclass
from typing import Any

LIVE_DRAWS, FROZEN_DRAWS = 10_000, 100_000
"""Random tables behind an indicative test: as many as somebody at the desk waits for, and as a publication deserves."""


@dataclass(frozen=True)
class Settings:
    draws: int = LIVE_DRAWS
    seed: int = 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


LIVE, FROZEN = Settings(), Settings(draws=FROZEN_DRAWS)
