"""Folders of Polis files: small ones written for a test, and real conversations where they are at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.opinion_map.conversations import OPENDATA

COMMENTS = '''timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,Fri Jul 14 02:40:00 WIB 2017,5,40,2,0,1,"A text
on two lines, with a “quote"""
1500000001000,Fri Jul 14 02:40:01 WIB 2017,0,0,1,1,1,我有用過 Uber 叫車。
1500000002000,Fri Jul 14 02:40:02 WIB 2017,9,7,0,0,-1,Nobody voted on this
1500000003000,Fri Jul 14 02:40:03 WIB 2017,7,0,0,1,0,Not reviewed
'''
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1500090000000,Sat Jul 15 03:40:00 WIB 2017,0,7,1
1500010000000,Fri Jul 14 05:26:40 WIB 2017,0,40,1
1500010001000,Fri Jul 14 05:26:41 WIB 2017,5,40,0
1500010002000,Fri Jul 14 05:26:42 WIB 2017,0,7,-1
1500010003000,Fri Jul 14 05:26:43 WIB 2017,7,40,-1
"""
PARTICIPANTS = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,5,7
7,0,1,1,1,0,1,,
12,,0,0,0,0,,,
40,1,1,3,1,1,1,0,-1
"""
SUMMARY = (
    'topic,Rides\nurl,https://example.org\nviews,80\nvoters,3\nconversation-description,"One line,\nand another"\n'
)


def write(folder: Path, **files: str | bytes) -> Path:
    """A whole folder; `votes="…"` puts another text in the place of votes.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"votes": VOTES, "comments": COMMENTS, "participants-votes": PARTICIPANTS, "summary": SUMMARY, **files}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def conversation_folder(name: str) -> Path:
    if not (OPENDATA / name).is_dir():
        pytest.skip(f"the open conversation {name} is not at hand")
    return OPENDATA / name


def expected(name: str) -> dict[str, Any]:
    if not (OPENDATA / "EXPECTED.json").is_file():
        pytest.skip("the counts of the open conversations are not at hand")
    found: dict[str, Any] = json.loads((OPENDATA / "EXPECTED.json").read_text())[name]
    return found
