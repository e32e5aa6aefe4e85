"""A debate in our own files: what is in them, what is not, and that they can be read again."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.common.writing import today
from apps.debates.choices import Choice
from apps.debates.exposure_arrays import read_exposures
from apps.debates.maps.making import draw_map
from apps.debates.models import Ballot, Debate, Exposure, RoutingPolicy, Statement
from apps.debates.polis.tables import FileFault
from apps.debates.tidy.codebook import CHECKSUMS
from tests.debates.factories import make_debate, make_reader, make_statement, undo, vote, vote_on_all
from tests.debates.tidy.reading import read_debate

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def show(pseudonym: bytes, position: int, number: int, debate: Debate, probability: float, answered: bool) -> None:
    RoutingPolicy.objects.get_or_create(version="blocks-1", defaults={"settings": {"floor": 0.5}, "day": today()})
    Exposure.objects.create(
        pseudonym=pseudonym,
        position=position,
        debate=debate,
        number=number,
        policy="blocks-1",
        probability=probability,
        answered=answered,
        day=today(),
    )


@pytest.fixture
def small():
    """Three statements of the editors, one of a reader who agrees with it, one that was not published."""
    debate = make_debate("small", statements=3)
    author, other = make_reader(debate), make_reader(debate)
    make_statement(debate, 4, "=読者の意見", origin="reader", author=author.pseudonym)
    make_statement(
        debate, 5, "個人の名前", origin="reader", author=author.pseudonym, state="rejected", reason="personal"
    )
    vote_on_all(debate, author, "+-?+")
    vote_on_all(debate, other, "+.0-")
    vote(debate, other, 2)
    undo(debate, other, 2)
    show(author.pseudonym, 0, 1, debate, 0.5, answered=True)
    show(other.pseudonym, 0, 1, debate, 0.25, answered=True)
    show(other.pseudonym, 1, 2, debate, 0.125, answered=False)
    show(b"z" * 16, 0, 3, debate, 1.0, answered=False)
    return debate, author, other


def test_tables_hold_what_stands(small, tmp_path):
    _debate, author, other = small
    readers = [bytes(who) for who in Ballot.objects.order_by("pk").values_list("pk", flat=True)]
    one, two = str(readers.index(author.pseudonym)), str(readers.index(other.pseudonym))

    said = run("export_debate", "small", tmp_path)

    assert said == (f"small: written to {tmp_path} (statements.csv 5, votes.csv 7, exposures.csv 4, groups.csv 2).\n")
    votes = {
        (row["reader"], row["statement"]): (row["choice"], row["implied"]) for row in table(tmp_path / "votes.csv")
    }
    assert votes == {
        (one, "1"): ("agree", "no"),
        (one, "2"): ("disagree", "no"),
        (one, "3"): ("unsure", "no"),
        (one, "4"): ("agree", "yes"),
        (two, "1"): ("agree", "no"),
        (two, "3"): ("neither", "no"),
        (two, "4"): ("disagree", "no"),
    }
    statements = table(tmp_path / "statements.csv")
    assert [(row["text"], row["state"], row["agree"], row["implied"]) for row in statements[2:]] == [
        (Statement.objects.get(number=3).text, "approved", "0", "0"),
        ("'=読者の意見", "approved", "1", "1"),
        ("", "rejected", "0", "0"),
    ]
    shown = {
        (row["reader"], row["statement"], row["probability"], row["answered"])
        for row in table(tmp_path / "exposures.csv")
    }
    assert shown == {
        (one, "1", "0.5", "yes"),
        (two, "1", "0.25", "yes"),
        (two, "2", "0.125", "no"),
        ("2", "3", "1.0", "no"),
    }


def test_shares_are_corrected_for_what_was_shown(small, tmp_path):
    run("export_debate", "small", tmp_path)

    first, second = table(tmp_path / "statements.csv")[:2]
    assert (first["shown"], first["answered"], first["agree_corrected"]) == ("2", "2", "1.0")
    assert float(first["effective_votes"]) == pytest.approx(36 / 20)  # weights 2 and 4: (2 + 4)² / (4 + 16)
    assert (second["shown"], second["answered"], second["agree_corrected"]) == ("1", "0", "")


def test_codebook_explains_every_column_and_policy(small, tmp_path):
    run("export_debate", "small", tmp_path)

    codebook = json.loads((tmp_path / "codebook.json").read_text())
    assert codebook["format"] == "toikake-debate/1"
    assert codebook["policies"] == {"blocks-1": {"floor": 0.5}}
    assert codebook["map"]["story"] == "none"
    for name, told in codebook["files"].items():
        rows = table(tmp_path / name)
        assert (list(told["columns"]), told["rows"]) == (list(rows[0]), len(rows))
        assert all(told["columns"].values())


def test_files_are_read_again_as_they_were(small, tmp_path):
    run("export_debate", "small", tmp_path)

    found = read_debate(tmp_path)

    assert found.texts[4] == "=読者の意見"
    assert sorted(found.votes.values()) == sorted(
        [Choice.AGREE] * 3 + [Choice.DISAGREE] * 2 + [Choice.UNSURE, Choice.NEITHER]
    )
    assert [probability for *_, probability in found.shown] == [
        row["probability"] and float(row["probability"]) for row in table(tmp_path / "exposures.csv")
    ]


def test_same_debate_gives_the_same_bytes(small, tmp_path):
    run("export_debate", "small", tmp_path / "a")
    run("export_debate", "small", tmp_path / "b")

    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_file_that_was_changed_since_is_refused(small, tmp_path):
    run("export_debate", "small", tmp_path)
    (tmp_path / "votes.csv").write_bytes((tmp_path / "votes.csv").read_bytes().replace(b"disagree", b"agree"))

    with pytest.raises(FileFault, match=f"{CHECKSUMS}, line 2: votes.csv is not what was written"):
        read_debate(tmp_path)


def test_nobody_is_named_and_no_time_told(small, tmp_path):
    _, author, other = small
    run("export_debate", "small", tmp_path)

    whole = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for who in (author, other):
        assert who.pseudonym not in whole
        assert who.pseudonym.hex().encode() not in whole
    assert "個人の名前".encode() not in whole


def planted(debate: Debate) -> None:
    rng = np.random.default_rng(4)
    sides = np.where(rng.random((2, 30)) < 0.5, 0.1, 0.9)
    for number in range(120):
        leans = sides[number % 2]
        votes = bytes(int(choice) for choice in np.where(rng.random(30) < leans, Choice.AGREE, Choice.DISAGREE))
        Ballot.objects.create(pk=number.to_bytes(16), debate=debate, votes=votes)


def test_groups_are_those_of_the_published_map(tmp_path):
    debate = make_debate("sides", statements=30)
    planted(debate)
    stored = draw_map(debate=debate, now=timezone.now(), force=True)

    run("export_debate", "sides", tmp_path)

    described = json.loads((tmp_path / "codebook.json").read_text())["map"]
    assert (described["number"], described["checksum"]) == (stored.number, stored.checksum)
    assert described["story"] == stored.story != "none"
    groups = table(tmp_path / "groups.csv")
    assert len(groups) == 120
    if stored.story == "groups":
        names = [name for name in groups[0] if name.startswith("probability_")]
        assert {round(sum(float(row[name]) for name in names), 4) for row in groups} == {1.0}
    else:
        assert {"position_1", "spread_1"} <= set(groups[0])


def test_empty_debate_has_heads_only(tmp_path):
    make_debate("empty", statements=0)

    said = run("export_debate", "empty", tmp_path)

    assert "statements.csv 0, votes.csv 0, exposures.csv 0, groups.csv 0" in said
    assert read_debate(tmp_path).votes == {}


def test_paths_that_lead_nowhere_are_refused(tmp_path):
    make_debate("here")
    (tmp_path / "file").write_text("")

    for slug, folder in (("gone", tmp_path), ("here", tmp_path / "file")):
        with pytest.raises(CommandError) as error:
            run("export_debate", slug, folder)
        assert error.value.returncode == 2


def test_exposures_come_as_arrays_with_the_vote_that_stands(small):
    debate, *_ = small

    log = read_exposures(debate, in_order=True)

    rows = sorted(zip(log.statement.tolist(), log.probability.tolist(), log.value.tolist(), strict=True))
    assert rows == [(1, 0.25, 1), (1, 0.5, 1), (2, 0.125, -128), (3, 1.0, -128)]
