"""Runs one measurement in a process of its own, so that its memory is its own and numpy counts in one thread."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from apps.common.threads import NAMES


def apart(module: str, *words: object) -> Any:
    """The figures that `python -m module words` prints as JSON in its last line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        env=os.environ | dict.fromkeys(NAMES, "1"),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout.splitlines()[-1])


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return action(), time.perf_counter() - begun


def worked(action: Callable[[], Any]) -> tuple[Any, float]:
    """Seconds of the processor: in one thread those of the clock, unless others use the machine as well."""
    begun = time.process_time()
    return action(), time.process_time() - begun


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
