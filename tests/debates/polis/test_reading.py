from datetime import date

import pytest

from apps.debates.choices import Choice
from apps.debates.polis.reading import Comment, Event, read_comments, read_conversation
from apps.debates.polis.tables import FileFault
from tests.debates.polis.faults import FAULTS
from tests.debates.polis.folders import COMMENTS, VOTES, write

FIRST, SECOND = date(2017, 7, 14), date(2017, 7, 15)
HEAD = VOTES.splitlines()[0]
COMMENT_HEAD = COMMENTS.splitlines()[0]


def test_conversation_is_comments_by_id_and_votes_by_time(tmp_path):
    found = read_conversation(write(tmp_path))

    assert found.comments == [
        Comment(0, 0, FIRST, 1, "我有用過 Uber 叫車。", {}),
        Comment(5, 40, FIRST, 1, 'A text\non two lines, with a “quote"', {}),
        Comment(7, 0, FIRST, 0, "Not reviewed", {}),
        Comment(9, 7, FIRST, -1, "Nobody voted on this", {}),
    ]
    assert found.events == [
        Event(0, 40, Choice.AGREE, FIRST),
        Event(5, 40, Choice.NEITHER, FIRST),
        Event(0, 7, Choice.DISAGREE, FIRST),
        Event(7, 40, Choice.DISAGREE, FIRST),
        Event(0, 7, Choice.AGREE, SECOND),
    ]
    assert found.voters == {7: 0, 12: None, 40: 1}
    assert found.summary == {
        "topic": "Rides",
        "url": "https://example.org",
        "views": "80",
        "conversation-description": "One line,\nand another",
    }


def test_second_generation_has_marks_and_no_datetime(tmp_path):
    marks = "is-meta,is-seed,group-informed-consensus,comment-body"
    head = COMMENT_HEAD.replace("datetime,", "").replace("comment-body", marks)
    (tmp_path / "comments.csv").write_text(f"{head}\n1726860676783,2,0,57,0,1,false,true,0.68,Seeded\n")

    assert read_comments(tmp_path / "comments.csv") == [
        Comment(2, 0, date(2024, 9, 20), 1, "Seeded", {"is-meta": "false", "is-seed": "true"})
    ]


def test_third_generation_counts_seconds_and_weighs(tmp_path):
    comments = COMMENT_HEAD.replace("moderated,", "moderated,importance,") + "\n1726860676,x,2,0,1,0,1,3,Weighty\n"
    votes = f"{HEAD},important\n1726860676,x,2,4,1,1\n"
    people = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,2\n4,somebody@example.org,,0,1,1,0,1\n"

    folder = write(tmp_path, comments=comments, votes=votes, **{"participants-votes": people})
    (folder / "participants-votes.csv").rename(folder / "participant-votes.csv")
    found = read_conversation(folder)

    day = date(2024, 9, 20)
    assert found.comments == [Comment(2, 0, day, 1, "Weighty", {"importance": "3"})]
    assert found.events == [Event(2, 4, Choice.AGREE, day)]
    assert found.voters == {4: None}


def test_votes_of_the_same_moment_stay_in_the_order_of_the_file(tmp_path):
    same = [f"1500010000000,x,0,7,{vote}" for vote in (1, -1, 0)]

    found = read_conversation(write(tmp_path, votes="\n".join([HEAD, *same])))

    assert [event.choice for event in found.events] == [Choice.AGREE, Choice.DISAGREE, Choice.NEITHER]


@pytest.mark.parametrize("name", ["participants-votes.csv", "summary.csv"])
def test_folder_may_lack_what_follows_from_the_votes(tmp_path, name):
    folder = write(tmp_path)
    (folder / name).unlink()

    assert set(read_conversation(folder).voters) >= {7, 40}


@pytest.mark.parametrize("form", ["\ufeff{}", "{}\n\n\n", "crlf"])
def test_other_line_ends_marks_and_blank_lines_change_nothing(tmp_path, form):
    votes = VOTES.replace("\n", "\r\n") if form == "crlf" else form.format(VOTES)

    assert (
        read_conversation(write(tmp_path / "a", votes=votes)).events == read_conversation(write(tmp_path / "b")).events
    )


@pytest.mark.parametrize(("files", "said"), FAULTS, ids=[said for _files, said in FAULTS])
def test_what_cannot_be_read_is_told_with_file_line_and_column(tmp_path, files, said):
    with pytest.raises(FileFault) as fault:
        read_conversation(write(tmp_path, **files))

    assert str(fault.value) == f"{next(iter(files))}.csv, {said}."


def test_debate_has_room_for_so_many_statements(tmp_path, monkeypatch):
    monkeypatch.setattr("apps.debates.polis.reading.MOST_STATEMENTS", 3)

    with pytest.raises(FileFault, match=r"line 6, column 3 .*: a debate holds at most 3 statements"):
        read_conversation(write(tmp_path))
