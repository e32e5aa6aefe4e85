"""A bar for work that takes a while: on a terminal it grows in place, elsewhere nothing is written."""

from types import TracebackType
from typing import Protocol

WIDTH = 40


class Stream(Protocol):
    def isatty(self) -> bool: ...
    def write(self, text: str) -> object: ...
    def flush(self) -> None: ...


class Progress:
    """`with Progress(sys.stderr, total) as progress: progress.advance(5)`.

    A command's own `self.stderr` will not do: it ends each piece with a new line and paints it as an error.
    """

    def __init__(self, stream: Stream, total: int) -> None:
        self.stream, self.total, self.done = stream, max(total, 1), 0
        self.shown = stream.isatty()

    def __enter__(self) -> "Progress":
        self.advance(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            self.stream.write("\n")

    def advance(self, steps: int) -> None:
        self.done += steps
        if self.shown:
            full = WIDTH * self.done // self.total
            self.stream.write(f"\r[{'#' * full}{' ' * (WIDTH - full)}] {self.done:,} / {self.total:,}")
            self.stream.flush()
