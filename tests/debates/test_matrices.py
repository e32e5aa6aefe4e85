import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.analysis.opinion_map.votes import vote_matrix, witnesses
from apps.debates import matrices
from apps.debates.choices import Choice, number_of_votes, votes_in
from apps.debates.maps.votes_until import votes_until
from apps.debates.matrices import reader_ids, sparse, vote_matrix_of
from apps.debates.models import Ballot, Statement
from apps.debates.queries import vote_watermark
from tests.debates.factories import make_debate, make_reader, make_statement, undo, vote_on_all

VALUES = {Choice.AGREE: 1, Choice.DISAGREE: -1, Choice.NEITHER: 0, Choice.UNSURE: 2}


def table(votes) -> list[str]:
    """One word per reader: + agree, - disagree, 0 neither, ? unsure, . no vote."""
    signs = {1: "+", -1: "-", 0: "0", 2: "?"}
    words = [["."] * len(votes.statements) for _ in votes.readers]
    for row, column, value in zip(votes.rows(), votes.indices, votes.values, strict=True):
        words[row][column] = signs[int(value)]
    return ["".join(word) for word in words]


@pytest.mark.django_db
def test_matrix_holds_every_ballot_whatever_its_length():
    debate = make_debate()
    for choices in ("+-0?", "", "?.....", ".....-"):
        reader = make_reader(debate)
        vote_on_all(debate, reader, choices)
    undo(debate, make_reader(debate), 1)

    votes = vote_matrix_of(debate)

    assert sorted(table(votes)) == sorted(["+-0?..", "?.....", ".....-", "......"])
    assert votes.readers.tolist() == [0, 1, 2, 3]
    assert votes.statements.tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
def test_columns_are_the_statements_that_are_shown():
    debate = make_debate()
    reader = make_reader(debate)
    vote_on_all(debate, reader, "+-0?+-")
    target = Statement.objects.get(number=1)
    Statement.objects.filter(number=2).update(state="rejected", reason="insult")
    Statement.objects.filter(number=3).update(state="waiting")
    Statement.objects.filter(number=4).update(state="merged", merged_into=target)
    Statement.objects.filter(number=5).update(state="withdrawn")

    shown, as_polis = vote_matrix_of(debate), vote_matrix_of(debate, also_unpublished=True)

    assert (shown.statements.tolist(), table(shown)) == ([1, 6], ["+-"])
    assert (as_polis.statements.tolist(), table(as_polis)) == ([1, 2, 3, 5, 6], ["+-0+-"])


@pytest.mark.django_db
def test_imported_readers_come_first_under_their_own_ids():
    debate = make_debate(statements=1)
    for pseudonym, imported, choice in ((b"a", 40, 1), (b"b", 7, 2), (b"c", None, 3), (b"d", None, 4)):
        Ballot.objects.create(pk=pseudonym * 16, debate=debate, imported_id=imported, votes=bytes([choice]))

    votes = vote_matrix_of(debate)

    assert (votes.readers.tolist(), table(votes)) == ([7, 40, 41, 42], ["-", "+", "0", "?"])


@pytest.mark.django_db
def test_votes_of_authors_on_their_own_statements_are_flagged():
    debate = make_debate(statements=2)
    author, other = make_reader(debate), make_reader(debate)
    make_statement(debate, 3, origin="reader", author=author.pseudonym)
    for reader in (author, other):
        vote_on_all(debate, reader, "+-+")
    before = vote_watermark(debate.pk)

    for votes in (vote_matrix_of(debate), votes_until(debate, before, np.array([1, 2, 3]))[0]):
        assert votes.implied.sum() == 1
        assert votes.indices[votes.implied].tolist() == [2]
        assert table(witnesses(votes)) in (["+-.", "+-+"], ["+-+", "+-."])


@pytest.mark.django_db
def test_zeros_that_facilitators_of_polis_cast_on_what_they_brought_along_are_flagged():
    debate = make_debate(statements=0)
    for number, author in ((1, 0), (2, 7), (3, 0)):
        make_statement(debate, number, origin="imported", imported_id=number + 10, imported_author=author)
    for pseudonym, imported, votes in ((b"a", 7, [3, 1, 2]), (b"b", 0, [3, 1, 3]), (b"c", 9, [1, 1, 1])):
        Ballot.objects.create(pk=pseudonym * 16, debate=debate, imported_id=imported, votes=bytes(votes))

    votes = vote_matrix_of(debate)

    assert table(votes) == ["0+0", "0+-", "+++"]
    assert table(witnesses(votes)) == [".+.", "0.-", "+++"]


@pytest.mark.django_db
@pytest.mark.parametrize("statements", [0, 2])
def test_debate_without_votes_is_an_empty_matrix(statements):
    votes = vote_matrix_of(make_debate(statements=statements))

    assert (votes.shape, votes.votes, votes.indptr.tolist()) == ((0, statements), 0, [0])


@pytest.mark.django_db
def test_votes_of_another_debate_are_not_counted():
    one, other = make_debate("one"), make_debate("other")
    make_statement(other, 7)
    vote_on_all(other, make_reader(other), "++")

    assert vote_matrix_of(one).shape == (0, 6)


ballots = st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), max_size=7)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ballots, columns=st.sets(st.integers(1, 5)), at_once=st.integers(1, 3))
def test_packed_ballots_make_the_same_matrix_as_single_votes(monkeypatch, rows, columns, at_once):
    monkeypatch.setattr(matrices, "READERS_AT_ONCE", at_once)
    packed = np.array(rows, dtype=np.uint8).reshape(len(rows), 5)
    readers, served = np.arange(len(rows)), np.array(sorted(columns), dtype=np.int64)

    found = sparse(readers, served, packed)

    cells = [(p, n, VALUES[c]) for p, row in enumerate(rows) for n, c in votes_in(bytes(row)).items()]
    voters, numbers, values = (np.array([cell[place] for cell in cells], dtype=np.int64) for place in range(3))
    expected = vote_matrix(voters, numbers, values.astype(np.int8), everyone=readers, served=served)
    for name in ("readers", "statements", "indptr", "indices", "values"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
        assert getattr(found, name).dtype == getattr(expected, name).dtype


@pytest.mark.parametrize(
    ("imported", "ids"), [([], []), ([-1, -1], [0, 1]), ([3, 9], [3, 9]), ([0, 9, -1, -1], [0, 9, 10, 11])]
)
def test_readers_of_our_own_are_counted_on_behind_imported_ones(imported, ids):
    assert reader_ids(np.array(imported, dtype=np.int64)).tolist() == ids


@pytest.mark.parametrize(("votes", "count"), [(b"", 0), (b"\0\0", 0), (b"\1\0\4", 2)])
def test_ballot_knows_how_many_votes_stand(votes, count):
    assert number_of_votes(votes) == count
