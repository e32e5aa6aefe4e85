"""Files that are there whole or not at all, and what they may take the place of."""

import os

import pytest

from apps.common.whole_files import AlreadyThere, whole_file


def test_an_empty_file_is_free_and_a_written_one_is_not(tmp_path):
    path = tmp_path / "made-by-mktemp"
    path.touch()

    with whole_file(path) as made:
        made.write_text("whole")

    assert path.read_text() == "whole"
    with pytest.raises(AlreadyThere), whole_file(path):
        pass
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_file_keeps_its_name(tmp_path, replace):
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with pytest.raises(OSError, match="not an ordinary file"), whole_file(path, replace=replace):
        pass

    assert path.is_fifo()
