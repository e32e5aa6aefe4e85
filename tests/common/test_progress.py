"""The bar for long work grows in place on a terminal and is silent elsewhere."""

from io import StringIO
from pathlib import Path

from apps.common.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_grows_in_place_and_ends_its_line():
    terminal = Terminal()

    with Progress(terminal, 2000) as progress:
        progress.advance(500)
        progress.advance(1500)

    assert terminal.getvalue() == (
        f"\r[{' ' * 40}] 0 / 2,000\r[{'#' * 10}{' ' * 30}] 500 / 2,000\r[{'#' * 40}] 2,000 / 2,000\n"
    )


def test_bar_of_no_work_is_full_at_once_without_a_fault():
    terminal = Terminal()

    with Progress(terminal, 0) as progress:
        progress.advance(1)

    assert terminal.getvalue().endswith(f"[{'#' * 40}] 1 / 1\n")


def test_nothing_is_written_where_nobody_watches():
    file = StringIO()

    with Progress(file, 10) as progress:
        progress.advance(10)

    assert file.getvalue() == ""


def test_commands_draw_it_on_the_terminal_itself():
    """Django's `self.stderr` would end each piece of the bar with a new line."""
    commands = [*Path("apps").glob("*/management/**/*.py")]

    assert [str(path) for path in commands if "Progress(self.std" in path.read_text(encoding="utf-8")] == []
    assert len(commands) > 20
