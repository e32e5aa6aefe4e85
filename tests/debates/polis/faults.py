"""Faulty files, and what is said of each after its name."""

from tests.debates.polis.folders import COMMENTS, PARTICIPANTS, SUMMARY, VOTES

HEAD, *LINES = VOTES.splitlines()
CHOICES = "-1, -1.0, 0, 0.0, 1, 1.0"


def votes(line: str) -> dict[str, str | bytes]:
    """A good file with a bad fourth line."""
    return {"votes": "\n".join([HEAD, *LINES[:2], line, *LINES[2:]])}


def comments(line: str) -> dict[str, str | bytes]:
    """A good file with a bad last comment, on line 7."""
    return {"comments": f"{COMMENTS}1500000003000,x,{line}\n"}


FAULTS: list[tuple[dict[str, str | bytes], str]] = [
    (votes("1500010000000,x,0,7,2"), f"line 4, column 5 (vote): “2” is none of {CHOICES}"),
    (votes("1500010000000,x,0,7,"), f"line 4, column 5 (vote): “” is none of {CHOICES}"),
    (votes("soon,x,0,7,1"), "line 4, column 1 (timestamp): “soon” is not a whole number"),
    (votes("-1,x,0,7,1"), "line 4, column 1 (timestamp): -1 is out of range"),
    (votes("1500010000000,x,3,7,1"), "line 4, column 3 (comment-id): comments.csv has no comment 3"),
    (votes("1500010000000,x,0,٧,1"), "line 4, column 4 (voter-id): “٧” is not a whole number"),
    (votes("1500010000000,x,0,-7,1"), "line 4, column 4 (voter-id): -7 is out of range"),
    (votes(f"1500010000000,x,0,{'9' * 5000},1"), f"line 4, column 4 (voter-id): {'9' * 39}… is out of range"),
    (votes("1500010000000,x,0"), "line 4, column 3: the row ends here, the head has 5 columns"),
    (votes("1500010000000,x,0,7,1,1"), "line 4, column 6: the row goes on, the head has 5 columns"),
    (votes('1500010000000,"x"y,0,7,1'), "line 4: this is not CSV: ',' expected after '\"'"),
    ({"votes": VOTES.replace(",vote\n", ",answer\n")}, "line 1: there is no column “vote”"),
    ({"votes": ""}, "line 1: there is no column “timestamp”"),
    ({"votes": VOTES.replace("datetime", "vote")}, "line 1, column 5 (vote): this name stands twice"),
    ({"votes": b"\xff\xfe" + VOTES.encode()}, "line 1: byte 1 of the line is not UTF-8"),
    ({"votes": VOTES.encode() + b"1500010000000,\xe3x,0,7,1"}, "line 7: byte 15 of the line is not UTF-8"),
    (comments('8,0,0,0,2,"Two\nlines"'), "line 7, column 7 (moderated): “2” is none of -1, 0, 1"),
    (comments("7,0,0,0,1,Again"), "line 7, column 3 (comment-id): the comment 7 stands here a second time"),
    (comments("8,0,0,0,1,a\x00b"), "line 7, column 8 (comment-body): the text holds a NUL character"),
    (comments('8,0,0,0,1,"open'), "line 7: this is not CSV: unexpected end of data"),
    (
        {"participants-votes": f"{PARTICIPANTS}7,0,0,0,0,0,,,\n"},
        "line 5, column 1 (participant): the participant 7 stands here a second time",
    ),
    (
        {"participants-votes": f"{PARTICIPANTS}8,red,0,0,0,0,,,\n"},
        "line 5, column 2 (group-id): “red” is not a whole number",
    ),
    ({"summary": f"{SUMMARY}alone\n"}, "line 7, column 1: a key and its value are expected"),
]
