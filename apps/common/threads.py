"""How many threads numerical libraries take. They read this when they are first imported, so it is said before that."""

import os

NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def count_in_one_thread() -> None:
    """More threads than cores only wait for each other; and sums that are split end in other digits each time."""
    for name in NAMES:
        os.environ[name] = "1"
