"""The command that draws a debate's map: planted opinions come out, and votes it has not seen are foretold."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from apps.debates.models import Ballot, Debate, Statement
from apps.debates.polis.reading import VOTES
from tests.debates.factories import make_debate, make_reader, make_statement, vote_on_all
from tests.debates.polis.folders import conversation_folder

pytestmark = pytest.mark.django_db

HEAD = "voter-id,comment-id,vote\n"
PROBABILITIES = ["agree", "disagree", "pass", "base_agree", "base_disagree", "base_pass"]


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("opinion_map", *(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def mapped(*arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


def refused(*arguments: Any) -> tuple[str, int]:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value), error.value.returncode


def scored(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plant(slug: str, readers: int, statements: int, opinions: np.ndarray) -> Debate:
    """Imported readers who think as `opinions` (readers, statements) say: log-odds of agreeing against disagreeing."""
    debate = make_debate(slug, statements=statements)
    rng = np.random.default_rng(7)
    agrees = rng.random(opinions.shape) < 1 / (1 + np.exp(-opinions))
    votes = np.where(rng.random(opinions.shape) < 0.9, np.where(agrees, 1, 2), 0).astype(np.uint8)
    Ballot.objects.bulk_create(
        Ballot(pk=bytes([1, *n.to_bytes(15)]), debate=debate, imported_id=100 + n, votes=votes[n].tobytes(), revision=1)
        for n in range(readers)
    )
    return debate


@pytest.fixture
def two_groups() -> Debate:
    """120 readers, even ones against odd ones on each of 14 statements."""
    side = np.where(np.arange(120) % 2 == 0, 1.0, -1.0)
    way = np.where(np.arange(14) % 2 == 0, 1.0, -1.0)
    return plant("groups", 120, 14, 3.0 * side[:, None] * way)


def test_planted_sides_come_out_whichever_way_they_are_told(two_groups):
    found = mapped("groups", "--with-participants")

    side = {reader: (int(reader) - 100) % 2 for reader in found["participants"]}
    if found["story"] == "groups":
        told = {reader: each["group"] for reader, each in found["participants"].items()}
    else:
        told = {reader: int(each["position"][0] > 0) for reader, each in found["participants"].items()}
    pairs = {(side[reader], told[reader]) for reader in side}
    assert found["story"] in {"groups", "spectrum"}
    assert len(pairs) == 2
    assert len(side) == 120
    assert found["gain"] > 0.3
    assert found["stability"] > 0.9
    assert found["null_rate"] <= 0.2


def test_four_planted_groups_come_out_and_foretell_votes(tmp_path):
    """Four camps with a quarter of the statements each that only they agree with: no line holds them."""
    camp = np.arange(240) % 4
    plant("camps", 240, 24, np.where(camp[:, None] == np.arange(24) % 4, 3.0, -3.0))
    (tmp_path / "hidden.csv").write_text(HEAD + "100,1,1\n100,2,-1\n999,1,-1\n")

    found = mapped("camps", "--with-participants", "--score", tmp_path / "hidden.csv", "--out", tmp_path / "out.csv")

    told = {(int(reader) - 100) % 4: each["group"] for reader, each in found["participants"].items()}
    hits = sum(each["group"] == told[(int(reader) - 100) % 4] for reader, each in found["participants"].items())
    own, other, of_a_stranger = (float(row["agree"]) for row in scored(tmp_path / "out.csv"))
    assert (found["story"], found["k"], found["d"]) == ("groups", 4, 0)
    assert sum(group["size"] for group in found["groups"]) == 240
    assert sorted(told.values()) == [0, 1, 2, 3]
    assert hits >= 235
    assert all(sum(each["probabilities"]) == pytest.approx(1, abs=1e-4) for each in found["participants"].values())
    assert own > 0.8
    assert other < 0.2
    assert of_a_stranger == pytest.approx(float(scored(tmp_path / "out.csv")[2]["base_agree"]), abs=0.05)


def test_json_has_the_promised_names(two_groups):
    found = mapped("groups", "--with-participants", "--method", "polis")

    assert {name for name in found if name not in {"method", "seed", "readers", "votes"}} == {
        "story", "d", "k", "groups", "participants", "statements", "gain", "stability", "null_rate", "checksum",
    }  # fmt: skip
    assert (found["story"], found["k"], found["d"]) == ("groups", 2, 2)
    assert sorted(group["size"] for group in found["groups"]) == [60, 60]
    assert set(found["participants"]["100"]) == {"group", "probabilities", "position", "spread"}
    assert set(found["statements"][0]) == {
        "id", "agree", "disagree", "neither", "unsure", "bridging", "consensus",
    }  # fmt: skip


@pytest.mark.parametrize("method", ["toikake", "polis"])
def test_statements_are_counted_as_they_were_voted_on(two_groups, method):
    found = mapped("groups", "--method", method)

    votes = [bytes(ballot.votes) for ballot in Ballot.objects.all()]
    counts = {
        each["id"]: [each[name] for name in ("agree", "disagree", "neither", "unsure")] for each in found["statements"]
    }
    assert counts == {
        number: [sum(ballot[number - 1] == choice for ballot in votes) for choice in (1, 2, 3, 4)]
        for number in range(1, 15)
    }
    assert "participants" not in found


def test_same_votes_and_seed_draw_the_same_map(two_groups):
    first, second = run("groups", "--json", "--seed", 4), run("groups", "--json", "--seed", 4)
    with_people = mapped("groups", "--seed", 4, "--with-participants")

    assert first == second
    assert with_people["checksum"] == json.loads(first)["checksum"]
    Ballot.objects.filter(imported_id=100).update(votes=b"\2\2\2\2")
    assert mapped("groups", "--seed", 4)["checksum"] != with_people["checksum"]


def test_statement_that_is_not_shown_is_not_on_the_map(two_groups):
    Statement.objects.filter(number=3).update(state="rejected", reason="insult")

    for method in ("toikake", "polis"):
        found = mapped("groups", "--method", method)
        assert [each["id"] for each in found["statements"]] == [1, 2, *range(4, 15)]


def test_few_votes_show_nothing_yet():
    debate = make_debate("few")
    reader = make_reader(debate)
    vote_on_all(debate, reader, "+-0?")
    make_reader(debate)

    found = mapped("few", "--with-participants")

    assert (found["story"], found["gain"], found["stability"], found["null_rate"]) == ("none", None, None, None)
    assert found["participants"] == {"0": {"group": None, "probabilities": [], "position": [], "spread": []}}
    assert "show nothing yet" in run("few")


@pytest.mark.parametrize("method", ["toikake", "polis"])
@pytest.mark.parametrize("statements", [0, 2])
def test_empty_debate_has_a_map_with_nobody_on_it(method, statements):
    make_debate("empty", statements=statements)

    found = mapped("empty", "--method", method, "--with-participants")

    assert (found["story"], found["participants"], len(found["statements"])) == ("none", {}, statements)


def test_light_voters_have_no_group(two_groups):
    Ballot.objects.create(pk=b"light".ljust(16), debate=two_groups, imported_id=900, votes=b"\1\2", revision=2)
    Ballot.objects.create(pk=b"silent".ljust(16), debate=two_groups, imported_id=901)

    for method in ("toikake", "polis"):
        found = mapped("groups", "--method", method, "--with-participants")["participants"]
        assert (found["900"]["group"], found["901"]["group"]) == (None, None)


def test_map_is_told_in_sentences(two_groups):
    said = run("groups", "--method", "polis").splitlines()

    votes = sum(ballot.cast for ballot in Ballot.objects.all())
    assert said[0] == f"groups, by the method polis with seed 1: 120 readers, {votes:,} votes, 14 statements."
    assert said[1] == "The votes tell 2 groups, of 60, 60 readers."
    assert said[3] == "Agreed with on all sides:"
    assert said[-1].startswith("Checksum ")


@pytest.mark.parametrize("method", ["toikake", "polis"])
def test_every_hidden_vote_gets_probabilities(two_groups, tmp_path, method):
    Statement.objects.filter(number=14).update(state="rejected", reason="insult")
    Ballot.objects.create(pk=b"silent".ljust(16), debate=two_groups, imported_id=901)
    asked = ["100,1,1", "101,1,-1", "901,1,0", "999,1,1", "100,14,1", "100,77,-1", "999,77,0"]
    (tmp_path / "hidden.csv").write_text(HEAD + "\n".join(asked))

    run("groups", "--method", method, "--score", tmp_path / "hidden.csv", "--out", tmp_path / "out.csv")

    rows = scored(tmp_path / "out.csv")
    numbers = np.array([[float(row[name]) for name in PROBABILITIES] for row in rows])
    assert [",".join(row[name] for name in ("voter-id", "comment-id", "vote")) for row in rows] == asked
    assert np.all(numbers > 0)
    assert np.allclose(numbers[:, :3].sum(axis=1), 1, atol=1e-5)
    assert np.allclose(numbers[:, 3:].sum(axis=1), 1, atol=1e-5)
    assert numbers[0, 0] > 0.8
    assert numbers[1, 0] < 0.2
    assert np.allclose(numbers[4:, :3], numbers[4:, 3:])  # not on the map: as it was voted on so far
    assert np.allclose(numbers[2], numbers[3])  # silent and unknown alike
    assert np.allclose(numbers[2, :3], numbers[2, 3:], atol=0.05)  # near the average of all


def test_more_columns_of_the_file_are_kept_in_their_order(two_groups, tmp_path):
    (tmp_path / "hidden.csv").write_text("note,vote,comment-id,voter-id\n=a,1,1,100\n")

    run("groups", "--method", "polis", "--score", tmp_path / "hidden.csv", "--out", tmp_path / "out.csv")

    row = scored(tmp_path / "out.csv")[0]
    assert list(row) == ["note", "vote", "comment-id", "voter-id", *PROBABILITIES]
    assert list(row.values())[:4] == ["=a", "1", "1", "100"]


def test_file_without_votes_is_answered_with_its_head(two_groups, tmp_path):
    (tmp_path / "hidden.csv").write_text(HEAD)

    run("groups", "--score", tmp_path / "hidden.csv", "--out", tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_text() == HEAD.strip() + "," + ",".join(PROBABILITIES) + "\n"


def test_what_cannot_be_done_is_refused_in_a_sentence(tmp_path):
    make_debate("here")
    (tmp_path / "bad.csv").write_text(f"{HEAD}1,2,1\nx,2,1\n")
    bad, out = tmp_path / "bad.csv", tmp_path / "out.csv"

    assert refused("gone") == ("There is no inquiry gone with a debate.", 2)
    assert refused("here", "--score", bad) == ("--score and --out need each other.", 2)
    assert refused("here", "--with-participants") == ("--with-participants needs --json.", 2)
    assert refused("here", "--seed", "-1") == ("A seed is a whole number from 0 on.", 2)
    assert refused("here", "--score", tmp_path / "gone.csv", "--out", out)[1] == 2
    assert refused("here", "--score", bad, "--out", out) == (
        f"{bad} cannot be scored. bad.csv, line 3, column 1 (voter-id): “x” is not a whole number.",
        1,
    )


def test_statements_of_an_imported_debate_keep_their_ids():
    debate = make_debate("ids", statements=0)
    for number, imported in ((1, 0), (2, 5)):
        make_statement(debate, number, origin="imported", imported_id=imported)
    make_statement(debate, 3)

    assert [each["id"] for each in mapped("ids")["statements"]] == [0, 5, 6]


@pytest.mark.parametrize("name", ["brexit-consensus", "15-per-hour-seattle"])
def test_hidden_votes_of_an_open_conversation_are_foretold(tmp_path, name):
    """A tenth of the votes is kept from the import. The map holds them likelier than averages and than Polis do."""
    folder = conversation_folder(name)
    head, *events = (folder / VOTES).read_text().splitlines()
    cast = {tuple(event.split(",")[2:4]): event for event in sorted(events, key=lambda event: int(event.split(",")[0]))}
    hidden = {pair for place, pair in enumerate(sorted(cast)) if place * 7919 % 10 == 0}
    known = [event for event in events if tuple(event.split(",")[2:4]) not in hidden]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "comments.csv").write_bytes((folder / "comments.csv").read_bytes())
    (tmp_path / "in" / VOTES).write_text("\n".join([head, *known]))
    asked = [f"{voter},{comment},{cast[comment, voter].split(',')[4]}" for comment, voter in sorted(hidden)]
    (tmp_path / "hidden.csv").write_text(HEAD + "\n".join(asked))
    call_command("import_polis", tmp_path / "in", "--slug", "open", stdout=io.StringIO())

    gains = {}
    for method in ("toikake", "polis"):
        out = tmp_path / f"{method}.csv"
        run("open", "--method", method, "--score", tmp_path / "hidden.csv", "--out", out)
        chosen = [(row, {"1": "agree", "-1": "disagree", "0": "pass"}[row["vote"]]) for row in scored(out)]
        gains[method] = float(np.mean([np.log(float(row[c]) / float(row[f"base_{c}"])) for row, c in chosen]))

    assert gains["toikake"] > 0.04
    assert gains["toikake"] > 1.5 * gains["polis"]


def test_command_brings_the_mathematics_in_only_when_it_runs():
    program = (
        "import django, sys; django.setup();"
        "from django.core.management import load_command_class as load;"
        "[load('apps.debates', name) for name in ('opinion_map', 'import_polis', 'export_polis')];"
        "print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    )

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)

    assert done.stdout.strip() == "[]"
