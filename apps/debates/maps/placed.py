"""Where all readers of a stored map stand on it today, by their votes. For the worker; pseudonyms go no further.

Readers are placed by what the map knows of the statements, as each of them is on their own page (`standing_place`).
"""

from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from apps.analysis.opinion_map.placing import place_on_spectrum
from apps.analysis.opinion_map.spectrum import Priors, Spectrum
from apps.analysis.opinion_map.votes import VoteMatrix, only_readers, only_votes
from apps.debates.maps.references import NOBODY, memberships_before, statements_of
from apps.debates.maps.runs import is_able
from apps.debates.maps.standing_place import told_of
from apps.debates.matrices import read_pseudonyms, vote_matrix_of
from apps.debates.models import OpinionMap

THIRDS = 3


@dataclass(frozen=True)
class Placed:
    """`pseudonyms`: 16 bytes a reader, one after the other; `side` (readers,): place among the groups of the map, or
    third of its line from the low end; -1 for whoever has too few votes."""

    pseudonyms: bytes
    side: NDArray[np.int64]


def placed_readers(stored: OpinionMap) -> Placed | None:
    """None where the map tells nothing."""
    if stored.story not in ("groups", "spectrum"):
        return None
    with transaction.atomic():
        votes, pseudonyms = vote_matrix_of(stored.debate), read_pseudonyms(stored.debate)
    side, able = np.full(len(votes.readers), NOBODY), is_able(votes)
    if able.any():
        told = np.isin(votes.statements[votes.indices], sorted(told_of(stored)))
        readers = only_readers(only_votes(votes, told), able)
        side[able] = likeliest(readers, stored) if stored.story == "groups" else thirds(readers, stored)
    return Placed(pseudonyms, side)


def likeliest(votes: VoteMatrix, stored: OpinionMap) -> NDArray[np.int64]:
    return memberships_before(votes, stored).argmax(axis=0)


def thirds(votes: VoteMatrix, stored: OpinionMap) -> NDArray[np.int64]:
    """Of the first axis; as many readers in each as there can be without parting two of one place."""
    position = positions(votes, stored)
    return np.searchsorted(np.quantile(position, [1 / THIRDS, 2 / THIRDS]), position, side="right")


def positions(votes: VoteMatrix, stored: OpinionMap) -> NDArray[np.float64]:
    parameters = stored.parameters
    base, opinions, known = statements_of(votes, stored)
    nobody = np.zeros((4, 0)), np.zeros((len(opinions), 0))
    model = Spectrum(base, np.zeros_like(base), opinions, *nobody)
    dimensions = len(opinions)
    priors = Priors(style=parameters["style"], opinion=parameters["opinion"] * 2 / (1 + dimensions))
    return place_on_spectrum(known, model, priors).position[0]
