import os
import signal
import sys
import time

import pytest

from apps.common.supervisor import LONGEST_PAUSE, STEADY_SECONDS, Child, Supervisor, stop_signals


def child_that(code, directory="/"):
    return Child(name="a child", command=[sys.executable, "-c", code], directory=directory)


def wait_until_dead(child):
    child._process.wait(100)


def test_dead_child_starts_again_after_ever_longer_pauses():
    child = child_that("raise SystemExit(1)")
    pauses, now = [], 1000.0

    for _death in range(9):
        child.tend(now)
        wait_until_dead(child)
        child.tend(now)
        pauses.append(child._next_start - now)
        now = child._next_start

    assert pauses == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_child_is_not_started_before_its_pause_is_over():
    child = child_that("raise SystemExit(1)")
    child.tend(1000.0)
    wait_until_dead(child)
    child.tend(1000.0)

    child.tend(1000.4)

    assert child._process is None


def test_child_that_ran_steadily_begins_with_the_shortest_pause():
    child = child_that("raise SystemExit(1)")
    child.deaths = 6
    child.tend(1000.0)
    wait_until_dead(child)

    child.tend(1000.0 + STEADY_SECONDS)

    assert child.deaths == 1


def test_what_a_child_started_ends_with_it(tmp_path):
    grandchild = "import time; time.sleep(60)"
    code = (
        "import subprocess, sys, pathlib, time\n"
        f"started = subprocess.Popen([sys.executable, '-c', {grandchild!r}])\n"
        f"pathlib.Path('pid').write_text(str(started.pid)); time.sleep(60)"
    )
    child = child_that(code, directory=str(tmp_path))
    child.tend(time.monotonic())
    noted = tmp_path / "pid"
    while not (noted.exists() and noted.read_text()):
        time.sleep(0.02)
    pid = int(noted.read_text())

    child.ask_to_stop()
    child.end(time.monotonic() + 5)

    wait_for(lambda: not is_running(pid))


def test_child_that_does_not_stop_is_killed_at_the_deadline():
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    child = child_that(code)
    child.tend(time.monotonic())
    time.sleep(0.3)
    pid = child._process.pid

    child.ask_to_stop()
    child.end(time.monotonic() + 0.2)

    assert not is_running(pid)


def test_held_child_waits_for_the_word_and_later_ones_do_not(tmp_path):
    code = "import pathlib, sys; sys.stdin.read(); pathlib.Path('went').touch()"
    child, went = child_that(code, directory=str(tmp_path)), tmp_path / "went"
    child.start_held()
    time.sleep(0.2)
    waited = not went.exists()

    child.let_go()
    wait_until_dead(child)

    assert (waited, went.exists()) == (True, True)
    went.unlink()
    child.tend(time.monotonic())  # notices that it ended
    child.tend(time.monotonic() + LONGEST_PAUSE)
    wait_until_dead(child)
    assert went.exists()


@pytest.mark.parametrize("request_to_stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_supervisor_stops_its_children_when_asked(keep_signal_handlers, request_to_stop):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # these tests themselves may run under nohup
    child = child_that("import time; time.sleep(60)")
    turns = []

    def look_around():
        turns.append(child._process and child._process.pid)
        if turns[-1]:
            os.kill(os.getpid(), request_to_stop)

    Supervisor(children=[child], look_around=look_around).run()

    assert not is_running(turns[-1])


def test_supervisor_that_gives_up_stops_its_children(keep_signal_handlers):
    child = child_that("import time; time.sleep(60)")
    pids = []

    def look_around():
        if child._process:
            pids.append(child._process.pid)
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        Supervisor(children=[child], look_around=look_around).run()

    assert not is_running(pids[0])


def test_closing_terminal_does_not_stop_what_nohup_started(keep_signal_handlers):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    assert stop_signals() == [signal.SIGTERM, signal.SIGINT]


@pytest.fixture
def keep_signal_handlers():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def wait_for(happened, seconds=100):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(pid):
    """Whether it works on; one that waits for its parent to notice its end does not."""
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # also where it ends while one reads
        return False
