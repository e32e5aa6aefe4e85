"""What comes in goes out and comes in again: nothing is lost on the way but the minute."""

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.debates.choices import Choice, votes_in
from apps.debates.models import Ballot, Debate, Statement, VoteLog
from apps.debates.queries import debate_by_slug
from apps.inquiries.models import Inquiry, State
from tests.debates.factories import make_debate, make_reader, make_statement, undo, vote, vote_on_all
from tests.debates.polis.folders import conversation_folder, expected, write

pytestmark = pytest.mark.django_db
OPEN_CONVERSATIONS = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
)


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: Any) -> tuple[str, int]:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value), error.value.returncode


def debate(slug: str) -> Debate:
    found = debate_by_slug(slug)
    assert found is not None
    return found


def held(slug: str) -> dict[str, Any]:
    """Everything that an import brings, by imported ids."""
    here = debate(slug)
    statements = Statement.objects.filter(debate=here).order_by("number")
    ballots = Ballot.objects.filter(debate=here).order_by("imported_id")
    names = {bytes(ballot.pk): ballot.imported_id for ballot in ballots}
    log = (
        VoteLog.objects.filter(debate=here)
        .order_by("id")
        .values_list("pseudonym", "number", "choice", "revision", "day")
    )
    return {
        "summary": here.imported_summary,
        "statements": list(
            statements.values_list(
                "number", "imported_id", "imported_author", "imported_marks", "text", "state", "reason", "day", "origin"
            )
        ),
        "ballots": [(b.imported_id, b.imported_group, votes_in(bytes(b.votes)), b.revision) for b in ballots],
        "log": [(names[bytes(who)], *rest) for who, *rest in log],
    }


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_import_makes_a_closed_inquiry_with_everything_in_it(tmp_path):
    said = run("import_polis", write(tmp_path), "--slug", "rides")

    inquiry = Inquiry.objects.get(slug="rides")
    assert said == "rides: 4 statements, 3 readers, 4 votes (1 changed) imported.\n"
    assert (inquiry.state, inquiry.title) == (State.CLOSED, {"ja": "Rides", "en": "Rides"})
    assert [(row[0], row[1], row[5], row[6]) for row in held("rides")["statements"]] == [
        (1, 0, "approved", ""),
        (2, 5, "approved", ""),
        (3, 7, "waiting", ""),
        (4, 9, "rejected", "elsewhere"),
    ]
    assert held("rides")["ballots"] == [
        (7, 0, {1: Choice.AGREE}, 2),
        (12, None, {}, 0),
        (40, 1, {1: Choice.AGREE, 2: Choice.NEITHER, 3: Choice.DISAGREE}, 3),
    ]


def test_same_files_are_imported_once_and_an_address_is_not_taken_twice(tmp_path):
    folder = write(tmp_path / "a")
    run("import_polis", folder, "--slug", "rides", "--title", "Cars")

    assert run("import_polis", folder, "--slug", "rides") == "rides: nothing to do, these files are imported already.\n"
    other = write(tmp_path / "b", summary="topic,Other\n")
    assert refused("import_polis", other, "--slug", "rides") == ("The address rides is taken by another inquiry.", 1)
    assert Inquiry.objects.get().title == {"ja": "Cars", "en": "Cars"}


def test_faulty_file_is_told_in_a_sentence_and_leaves_nothing(tmp_path):
    folder = write(tmp_path, votes="timestamp,comment-id,voter-id,vote\n1500010000000,0,7,yes\n")

    said, code = refused("import_polis", folder, "--slug", "rides")

    where = "votes.csv, line 2, column 4 (vote): “yes” is none of -1, -1.0, 0, 0.0, 1, 1.0."
    assert (said, code) == (f"{folder} cannot be imported. {where}", 1)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("missing", ["votes.csv", "comments.csv"])
def test_folder_without_votes_or_comments_is_refused(tmp_path, missing):
    folder = write(tmp_path)
    (folder / missing).unlink()

    assert refused("import_polis", folder, "--slug", "rides") == (f"{folder} has no {missing}.", 2)


@pytest.mark.parametrize("slug", ["with space", "日本", "a" * 81, "a/b"])
def test_slug_that_cannot_stand_in_an_address_is_refused(tmp_path, slug):
    assert refused("import_polis", write(tmp_path), "--slug", slug)[1] == 2


def test_paths_that_lead_nowhere_are_refused(tmp_path):
    (tmp_path / "file").write_text("")
    make_debate("here")

    assert refused("import_polis", tmp_path / "gone", "--slug", "x") == (f"{tmp_path / 'gone'} is not a folder.", 2)
    assert refused("export_polis", "gone", tmp_path)[1] == 2
    assert refused("export_polis", "here", tmp_path / "file")[1] == 2


def test_import_export_import_is_identical(tmp_path):
    run("import_polis", write(tmp_path / "in"), "--slug", "first")
    run("export_polis", "first", tmp_path / "out")
    run("import_polis", tmp_path / "out", "--slug", "second")
    run("export_polis", "second", tmp_path / "again")

    assert held("first") == held("second")
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


@pytest.mark.parametrize("name", OPEN_CONVERSATIONS)
def test_open_conversation_comes_through_with_the_expected_counts(tmp_path, name):
    folder, counts = conversation_folder(name), expected(name)

    run("import_polis", folder, "--slug", "first")
    run("export_polis", "first", tmp_path)
    run("import_polis", tmp_path, "--slug", "second")

    here = held("first")
    cast = Counter(choice for _id, _group, votes, _revision in here["ballots"] for choice in votes.values())
    groups = Counter("ungrouped" if group is None else str(group) for _id, group, _votes, _revision in here["ballots"])
    moderated = Counter({"approved": "1", "waiting": "0", "rejected": "-1"}[row[5]] for row in here["statements"])
    assert {
        "vote_rows": len(here["log"]),
        "unique_votes": sum(cast.values()),
        "revotes": len(here["log"]) - sum(cast.values()),
        "agree": cast[Choice.AGREE],
        "disagree": cast[Choice.DISAGREE],
        "passes": cast[Choice.NEITHER],
        "voters": sum(bool(votes) for _id, _group, votes, _revision in here["ballots"]),
        "voters_ge7": sum(len(votes) >= 7 for _id, _group, votes, _revision in here["ballots"]),
        "comments_in_file": len(here["statements"]),
        "moderated": dict(moderated),
        "polis_groups_in_export": dict(groups),
    } == {key: counts[key] for key in counts if key not in {"comments_with_votes", "columns", "sha256", "bytes"}}
    assert here == held("second")

    for file, columns in (
        ("participants-votes.csv", ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")),
        ("comments.csv", ("comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")),
    ):
        ours, theirs = (sorted([row[key] for key in columns] for row in table(at / file)) for at in (tmp_path, folder))
        assert ours == theirs


def test_debate_of_our_own_goes_out_without_who_or_when(tmp_path):
    here = make_debate("own", statements=3)
    first, second = make_reader(here), make_reader(here)
    vote_on_all(here, first, "+-?")
    vote(here, second, 1)
    undo(here, second, 1)
    vote(here, second, 2, Choice.AGREE)
    make_statement(here, 4, "読者の意見。", origin="reader", author=first.pseudonym, state="waiting")
    make_statement(here, 5, "似た意見。", origin="reader", author=second.pseudonym, state="rejected", reason="unclear")

    run("export_polis", "own", tmp_path)

    names = [bytes(who) for who in Ballot.objects.order_by("pk").values_list("pk", flat=True)]
    one, two = str(names.index(first.pseudonym)), str(names.index(second.pseudonym))
    votes = [(row["comment-id"], row["voter-id"], row["vote"]) for row in table(tmp_path / "votes.csv")]
    comments = table(tmp_path / "comments.csv")
    assert votes == [("1", one, "1"), ("2", one, "-1"), ("3", one, "0"), ("2", two, "1")]
    assert [(row["author-id"], row["moderated"], row["is-seed"]) for row in comments] == [
        *[("-1", "1", "true")] * 3,
        (one, "0", ""),
        (two, "-1", ""),
    ]
    assert {int(row["timestamp"]) // 1000 % 86_400 for row in [*comments, *table(tmp_path / "votes.csv")]} == {0}


def test_export_names_its_format_and_counts_groups(tmp_path):
    run("import_polis", write(tmp_path / "in"), "--slug", "rides")
    run("export_polis", "rides", tmp_path / "out")

    described = json.loads((tmp_path / "out" / "format.json").read_text())
    tallies = table(tmp_path / "out" / "comment-groups.csv")
    assert described["id"] == "polis-export/1"
    assert sorted(described["sha256"]) == sorted(p.name for p in (tmp_path / "out").glob("*.csv"))
    kinds = ("total", "group-a", "group-b")
    assert [(tallies[0][f"{kind}-votes"], tallies[0][f"{kind}-agrees"]) for kind in kinds] == [
        ("2", "2"),
        ("1", "1"),
        ("1", "1"),
    ]


def test_pages_of_an_imported_conversation_say_that_it_is_closed(client, tmp_path):
    run("import_polis", write(tmp_path), "--slug", "rides")

    without_questionnaire = ["/q/rides/answer/", "/q/rides/about/", "/api/v1/inquiries/rides"]
    assert {page: client.get(page).status_code for page in without_questionnaire} == dict.fromkeys(
        without_questionnaire, 404
    )
    assert [client.get(page).status_code for page in ("/q/rides/", "/q/rides/results/")] == [200, 200]
    assert "Rides" in client.get("/q/rides/").content.decode()


def test_words_that_no_reader_was_shown_stay_in_the_house(tmp_path):
    here = make_debate("kept-in", statements=0)
    make_statement(here, 1, "編集部の意見です。")
    make_statement(here, 2, "まだ見ていない意見です。", origin="reader", state="waiting")
    make_statement(here, 3, "山田です、電話は03-1234-5678です。", origin="reader", state="waiting", held=["phone"])
    make_statement(here, 4, "載せなかった意見です。", origin="reader", state="rejected", reason="insult")

    run("export_polis", "kept-in", tmp_path / "out")

    with (tmp_path / "out" / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        bodies = [row["comment-body"] for row in csv.DictReader(file)]
    assert bodies == ["編集部の意見です。", "", "", ""]
