"""How many votes may come from one network: some freely, then those who work for it, and never more than people cast.

Offices, classrooms and carriers are one network each, so none of this shuts anybody out: it asks for work, or to wait.
It is counted in memory; a row that a whole network writes to would make its readers wait for one another.
"""

import json
from dataclasses import dataclass
from math import ceil
from typing import Any

from apps.participants.buckets import Measure, shared
from apps.participants.limits import KEY_BYTES, Sender, salted
from apps.participants.proof import challenge_for
from apps.participants.queries import Identity

FREE = Measure(rate=60 / 600, burst=60, first=60)
MOST = Measure(rate=600 / 600, burst=600, first=600)
PAID = Measure(rate=0, burst=10, first=0)  # votes of one reader that a proof of work is good for


class TooManyVotes(Exception):
    """More votes than people cast. In so many seconds the next one is possible."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class ProofNeeded(TooManyVotes):
    """Many votes come from this network. Whoever solves the challenge may go on at once, whoever cannot may wait."""

    def __init__(self, challenge: dict[str, Any], seconds: int) -> None:
        super().__init__(seconds)
        self.challenge = challenge

    @property
    def challenge_text(self) -> str:
        """For the form that `static/js/proof.js` solves."""
        return json.dumps(self.challenge)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who vote from one network in one inquiry, and one reader among them."""

    free: bytes
    most: bytes
    paid: bytes
    identity: Identity

    def lets_in(self) -> bool:
        if shared.level(self.most, MOST) < 1:
            return False
        return shared.level(self.free, FREE) >= 1 or shared.level(self.paid, PAID) >= 1

    def count(self) -> None:
        """A vote was cast."""
        shared.take(self.most, MOST)
        if shared.level(self.free, FREE) >= 1:
            shared.take(self.free, FREE)
        else:
            shared.take(self.paid, PAID)

    def credit(self) -> None:
        """This reader has worked."""
        shared.take(self.paid, PAID, cost=-PAID.burst)

    def refusal(self) -> TooManyVotes:
        if (left := shared.level(self.most, MOST)) < 1:
            return TooManyVotes(wait(left, MOST))
        return ProofNeeded(challenge_for(self.identity), wait(shared.level(self.free, FREE), FREE))


def wait(level: float, measure: Measure) -> int:
    return max(1, ceil((1 - level) / measure.rate))


def crowd_around(sender: Sender, identity: Identity) -> Crowd | None:
    """None where it is not known from where somebody votes."""
    if not sender.network:
        return None
    network = salted(f"votes|{identity.inquiry_id}|{sender.network}".encode())
    reader = salted(b"paid|" + identity.pseudonym)
    return Crowd(network[:KEY_BYTES], network[KEY_BYTES : 2 * KEY_BYTES], reader[:KEY_BYTES], identity)
