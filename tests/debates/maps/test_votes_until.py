"""Votes as they stood at a row of the log."""

import threading

import numpy as np
import pytest
from django.db import connection, transaction

from apps.debates.actions import erase_ballot
from apps.debates.maps import votes_until as module
from apps.debates.maps.votes_until import VotesStillArriving, settled_watermark, votes_until
from apps.debates.matrices import vote_matrix_of
from apps.debates.queries import vote_watermark
from tests.debates.factories import AGREE, DISAGREE, UNSURE, make_debate, make_reader, undo, vote, vote_on_all

ALL = np.arange(1, 7)


def dense(votes):
    table = np.full(votes.shape, 9)
    table[votes.rows(), votes.indices] = votes.values
    return sorted(map(tuple, table.tolist()))


@pytest.mark.django_db
def test_votes_of_then_come_back_whatever_was_cast_changed_or_taken_back_since():
    debate = make_debate()
    first, second, third = (make_reader(debate) for _ in range(3))
    vote_on_all(debate, first, "+-0?..")
    vote_on_all(debate, second, "-.....")
    undo(debate, second, 1)
    watermark = vote_watermark(debate.pk)
    then = dense(vote_matrix_of(debate))

    vote(debate, first, 1, DISAGREE)
    vote(debate, first, 1, UNSURE)
    vote(debate, first, 6, AGREE)
    undo(debate, first, 2)
    vote(debate, second, 2, AGREE)
    vote_on_all(debate, third, "++++++")

    votes, ballots = votes_until(debate, watermark, ALL)
    assert dense(votes) == [row for row in then if set(row) != {9}] == [(1, -1, 0, 2, 9, 9)]
    assert ballots == 2
    assert dense(votes_until(debate, vote_watermark(debate.pk), ALL)[0]) == dense(vote_matrix_of(debate))


@pytest.mark.django_db
def test_only_statements_asked_for_are_columns_and_who_is_erased_is_gone():
    debate = make_debate()
    first, second = make_reader(debate), make_reader(debate)
    vote_on_all(debate, first, "+-....")
    vote_on_all(debate, second, "--....")
    watermark = vote_watermark(debate.pk)

    erase_ballot(pseudonym=first.pseudonym)

    votes, ballots = votes_until(debate, watermark, np.array([2, 3]))
    assert (votes.statements.tolist(), dense(votes), ballots) == ([2, 3], [(-1, 9)], 1)


@pytest.mark.django_db(transaction=True)
def test_vote_that_is_still_being_written_is_waited_for():
    debate = make_debate()
    slow, quick = make_reader(debate), make_reader(debate)
    written, finish = threading.Event(), threading.Event()

    def vote_slowly():
        with transaction.atomic():
            vote(debate, slow, 1, AGREE)
            written.set()
            finish.wait(10)
        connection.close()

    elsewhere = threading.Thread(target=vote_slowly)
    elsewhere.start()
    written.wait(10)
    vote(debate, quick, 1, DISAGREE)  # behind the slow one in the log, but there before it
    before = dense(votes_until(debate, vote_watermark(debate.pk), ALL)[0])
    threading.Timer(0.3, finish.set).start()

    watermark = settled_watermark(debate.pk)

    elsewhere.join()
    assert before == [(-1, 9, 9, 9, 9, 9)]
    assert dense(votes_until(debate, watermark, ALL)[0]) == [(-1, 9, 9, 9, 9, 9), (1, 9, 9, 9, 9, 9)]


@pytest.mark.django_db(transaction=True)
def test_writer_that_does_not_come_to_an_end_is_left_for_the_next_round(monkeypatch):
    monkeypatch.setattr(module, "MOST_SECONDS", 0.1)
    debate = make_debate()
    written, finish = threading.Event(), threading.Event()

    def vote_for_ever():
        with transaction.atomic():
            vote(debate, make_reader(debate), 1, AGREE)
            written.set()
            finish.wait(10)
        connection.close()

    elsewhere = threading.Thread(target=vote_for_ever)
    elsewhere.start()
    written.wait(10)

    with pytest.raises(VotesStillArriving):
        settled_watermark(debate.pk)
    finish.set()
    elsewhere.join()
    assert settled_watermark(debate.pk) == vote_watermark(debate.pk)
