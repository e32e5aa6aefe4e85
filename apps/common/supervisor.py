"""Keeps processes running: starts them, restarts what dies (ever more slowly), stops all of them in order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead process is started again
STEADY_SECONDS = 60.0  # one that has run this long begins again with the shortest pause
GRACE_SECONDS = 20.0  # to finish what was begun after SIGTERM
TICK_SECONDS = 0.1
PR_SET_PDEATHSIG = 1


def _load_prctl() -> Callable[[], None] | None:
    """On Linux a child gets SIGTERM when its supervisor is killed, so that none is left alone."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


leave_with_parent = _load_prctl()


@dataclass
class Child:
    """One process and whatever it starts itself: they share a process group, so none outlives it."""

    name: str
    command: list[str]
    directory: str
    deaths: int = 0
    _process: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0
    _next_start: float = 0.0

    def tend(self, now: float) -> None:
        """Start it if it is due; notice that it died."""
        if self._process is None:
            if now >= self._next_start:
                self._start(now)
        elif self._process.poll() is not None:
            self._bury(now)

    def start_held(self) -> None:
        """Start it ahead of time: it loads what it needs and then waits for `let_go`, the end of its standard input."""
        self._start(time.monotonic(), given=subprocess.PIPE)

    def let_go(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def ask_to_stop(self) -> None:
        if self._process:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has stopped; what is left of it at the deadline is killed."""
        if not self._process:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in time and is killed")
        self._kill_group()
        self._process.wait()
        self._process = None

    def _start(self, now: float, given: int = subprocess.DEVNULL) -> None:
        # Its words go to standard error: standard output carries only our own two lines.
        self._process = subprocess.Popen(  # noqa: S603 (commands of our own)
            self.command,
            cwd=self.directory,
            stdin=given,
            stdout=sys.stderr.fileno(),
            start_new_session=True,
            preexec_fn=leave_with_parent,  # noqa: PLW1509 (the supervisor has one thread)
        )
        self._started = now

    def _bury(self, now: float) -> None:
        assert self._process
        self._kill_group()
        if now - self._started >= STEADY_SECONDS:
            self.deaths = 0
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.deaths)
        self.deaths += 1
        self._next_start = now + pause
        say(f"{self.name} ended ({self._process.returncode}) and starts again in {pause:.1f} s")
        self._process = None

    def _kill_group(self) -> None:
        assert self._process
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing may be left of it
            os.killpg(self._process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Runs the children until it is asked to stop. `look_around` is called at every turn and may raise to give up."""

    children: list[Child]
    look_around: Callable[[], None]
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for number in stop_signals():
            signal.signal(number, lambda *_: self._stop.set())
        try:
            while not self._stop.wait(TICK_SECONDS):
                self.look_around()
                for child in self.children:
                    child.tend(time.monotonic())
        finally:
            self._stop_children()

    def _stop_children(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.end(deadline)


def stop_signals() -> list[signal.Signals]:
    """What asks us to stop: a supervisor above us, Ctrl-C, and a terminal that closes, unless nohup says otherwise."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return [signal.SIGTERM, signal.SIGINT]
    return [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


def say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone, and stopping must go on
        sys.stderr.write(f"toikake: {sentence}\n")
        sys.stderr.flush()
