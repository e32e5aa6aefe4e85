"""The four choices, and how a ballot packs them: the byte at place n − 1 is the vote on statement n."""

from enum import IntEnum


class Choice(IntEnum):
    """A byte of a ballot. Neither and unsure are different things; NONE is a vote that was not cast, or taken back."""

    NONE = 0
    AGREE = 1
    DISAGREE = 2
    NEITHER = 3
    UNSURE = 4

    @property
    def word(self) -> str:
        """As the API and files spell it."""
        return self.name.lower()


def choice_in(votes: bytes, number: int) -> Choice:
    """The vote on a statement; a ballot may be shorter than the debate is long."""
    return Choice(votes[number - 1]) if 1 <= number <= len(votes) else Choice.NONE


def votes_in(votes: bytes) -> dict[int, Choice]:
    """The votes that were cast, by the statement's number."""
    return {number: Choice(byte) for number, byte in enumerate(votes, start=1) if byte}


def number_of_votes(votes: bytes) -> int:
    return len(votes) - votes.count(0)
