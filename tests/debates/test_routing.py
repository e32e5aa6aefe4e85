"""What the policy serves: the distribution that readers see, in simulated debates, beside a few cases by hand."""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from scipy.stats import spearmanr

from apps.debates.routing import POLICY, STANCES, Card, Deck, Policy, pick, weights_of

SEEDS, LATE, READERS = 24, 60, 400
# Shares of agree and disagree of every third statement.
OPINIONS = ((0.8, 0.1), (0.1, 0.8), (0.45, 0.45))


class SimulatedDebate:
    """Readers come one after the other; readers' statements come while they do; counts lag ten readers behind."""

    def __init__(
        self,
        seed: int,
        *,
        seeds: int = SEEDS,
        late: int = LATE,
        policy: Policy = POLICY,
        readers: int = READERS,
        until: float = 0.75,
    ) -> None:
        """The last statement comes when the part `until` of all readers has been there."""
        self.random, self.policy, self.seeds, self.total = Random(seed), policy, seeds, seeds + late
        self.arrivals = [0] * seeds + [readers * until * n / late for n in range(1, late + 1)]
        self.born: list[int] = []
        self.agree, self.disagree, self.votes = ([0] * self.total for _ in range(3))
        self.hands = [self.read(reader) for reader in range(readers)]

    def read(self, reader: int) -> list[int]:
        if reader % 10 == 0:
            self.born += [sum(self.votes)] * (sum(at <= reader for at in self.arrivals) - len(self.born))
            self.deck = Deck(self.cards(), self.policy)
        shown: dict[int, int] = {}
        for _five in range(self.random.choice((1, 1, 2, 3))):
            for dealt in self.deck.deal(shown=shown, settled=(), want=5, draw=lambda _: self.random.random()):
                shown[dealt.position] = dealt.number
                self.vote(dealt.number - 1)
        return list(shown.values())

    def cards(self) -> list[Card]:
        cast = max(sum(self.votes), 1)
        return [
            Card(n + 1, stance_of(n, self.seeds), self.agree[n], self.disagree[n], self.votes[n], born / cast)
            for n, born in enumerate(self.born)
        ]

    def vote(self, place: int) -> None:
        agree, disagree = OPINIONS[place % 3]
        said = self.random.random()
        self.votes[place] += 1
        self.agree[place] += said < agree
        self.disagree[place] += agree <= said < agree + disagree


def stance_of(place: int, seeds: int) -> str:
    return STANCES[place // 3 % 3] if place < seeds else ""


@pytest.fixture(scope="module")
def debates():
    return [SimulatedDebate(seed) for seed in range(3)]


def test_late_statements_are_not_starved(debates):
    for debate in debates:
        assert spearmanr(debate.votes, range(debate.total))[0] > -0.3
        first_seeds, last_ten = np.mean(debate.votes[:SEEDS]), np.mean(debate.votes[-10:])
        assert last_ten > 0.75 * first_seeds


@pytest.mark.parametrize(
    ("late", "readers", "until"), [(600, 300, 0.9), (300, 400, 1.0), (500, 1000, 0.95), (60, 400, 0.95)]
)
def test_many_late_statements_are_not_starved_either(late, readers, until):
    """More statements than anyone could vote on, coming until the end: four to seventeen votes for each in the mean."""
    debate = SimulatedDebate(1, late=late, readers=readers, until=until)
    born = len(debate.born)

    assert spearmanr(debate.votes[:born], range(born))[0] > -0.3


def test_draws_by_information_alone_would_starve_them():
    """So the floor and the freshness are what the test above sees."""
    alone = SimulatedDebate(0, policy=Policy(floor=0.0, newness=0.0, scarcity=0.0, blocks=0))

    assert spearmanr(alone.votes, range(alone.total))[0] < -0.6


def test_statements_that_readers_disagree_with_are_shown_as_often_as_those_they_agree_with(debates):
    agreed, disagreed, split = (np.mean([debate.votes[kind::3] for debate in debates]) for kind in range(3))

    assert 0.9 < disagreed / agreed < 1.1
    assert split >= 0.95 * agreed


def test_no_statement_is_left_out_and_none_is_everywhere(debates):
    for debate in debates:
        mean = np.mean(debate.votes)
        assert min(debate.votes) > 0.5 * mean
        assert max(debate.votes) < 1.7 * mean


def test_first_blocks_hold_each_side_once_in_random_order_while_there_are_seeds_only():
    deck = Deck(Card(n + 1, stance_of(n, SEEDS)) for n in range(SEEDS))
    random, orders = Random(4), Counter()
    for _reader in range(600):
        sides = [deck.stance(each.number) for each in deal(deck, random, want=6)]
        assert sorted(sides[:3]) == sorted(sides[3:]) == sorted(STANCES)
        orders[tuple(sides[:3])] += 1

    assert len(orders) == 6
    assert min(orders.values()) > 60


def test_blocks_are_of_one_kind_and_their_share_is_that_of_the_statements():
    deck = Deck(Card(n + 1, stance_of(n, SEEDS), 30, 20, 60) for n in range(SEEDS + LATE))
    random, firsts = Random(5), Counter()
    for _reader in range(600):
        sides = [deck.stance(each.number) for each in deal(deck, random, want=6)]
        for block in (sides[:3], sides[3:]):
            firsts[block[0] != ""] += 1
            assert sorted(block) in (sorted(STANCES), ["", "", ""])

    assert firsts[True] / 1200 == pytest.approx(SEEDS / (SEEDS + LATE), abs=0.04)


def test_same_draws_deal_the_same_cards():
    assert SimulatedDebate(7, late=5).hands == SimulatedDebate(7, late=5).hands


def test_logged_probability_is_the_frequency_with_which_a_card_comes():
    cards = [Card(1, "pro", 3, 1, 5), Card(2, "con", 0, 4, 4), Card(3, "bridge"), Card(4, "", 1, 1, 2, 0.9), Card(5)]
    deck, random, seen, told = Deck(cards), Random(2), Counter(), {}
    for _reader in range(4000):
        first, second = deal(deck, random, want=2)
        seen[first.number, second.number] += 1
        told[first.number, second.number] = first.probability * second.probability

    assert sum(told.values()) == pytest.approx(1)
    for pair, probability in told.items():
        assert seen[pair] / 4000 == pytest.approx(probability, abs=0.03)


def test_nothing_shown_or_settled_is_dealt_and_positions_go_on():
    deck = Deck(Card(n) for n in range(1, 9))

    dealt = deck.deal(shown={0: 1, 4: 3}, settled=(2, 8), want=9, draw=lambda _: 0.5)

    assert sorted(each.number for each in dealt) == [4, 5, 6, 7]
    assert [each.position for each in dealt] == [5, 6, 7, 8]
    assert dealt[-1].probability == 1


def test_side_without_anything_left_is_passed_over():
    deck = Deck([Card(1, "pro"), Card(2, "pro"), Card(3, "con"), Card(4)])

    dealt = deck.deal(shown={0: 1}, settled=(), want=3, draw=lambda _: 0.0)

    assert (dealt[0].number, dealt[0].probability) == (3, 1)
    assert {each.number for each in dealt[1:]} == {2, 4}


def test_block_that_a_withdrawn_statement_began_goes_on_with_readers_statements():
    deck = Deck([Card(1, "pro"), Card(2), Card(3)])

    dealt = deck.deal(shown={0: 77}, settled=(), want=2, draw=lambda _: 0.0)

    assert [each.number for each in dealt] == [2, 3]


def test_empty_deck_deals_nothing():
    assert Deck([]).deal(shown={}, settled=(), want=5, draw=lambda _: 0.0) == []


@pytest.mark.parametrize("at", [0.0, 0.2, 0.999999999999, 1.0])
def test_pick_stays_among_the_numbers(at):
    number, probability = pick({4: 1.0, 9: 3.0}, at)

    assert (number, probability) == ((4, 0.25) if at < 0.25 else (9, 0.75))


def test_weights_add_up_and_none_is_nothing():
    random = Random(3)
    for size in (1, 3, 50, 300):
        cards = []
        for n in range(size):
            votes = random.randrange(10_000)
            agree = random.randrange(votes + 1)
            cards.append(Card(n, "", agree, votes - agree, votes, random.random()))
        weights = weights_of(cards)
        assert sum(weights) == pytest.approx(1)
        assert min(weights) > 0


def test_weight_grows_with_doubt_with_division_and_with_newness():
    plain = Card(1, "", 40, 10, 60, 0.5)
    for better in (replace(plain, agree=30, disagree=30), replace(plain, born=1.0), replace(plain, agree=4, votes=6)):
        of_plain, of_better = weights_of([plain, better])
        assert of_better > of_plain


def test_other_settings_are_another_version():
    versions = {Policy().version, Policy(floor=0.3).version, Policy(blocks=1).version}

    assert len(versions) == 3
    assert (
        POLICY.version == "blocks-d75f9e11"
    )  # a change of the settings shows here, and in every exposure from then on


def deal(deck, random, want):
    return deck.deal(shown={}, settled=(), want=want, draw=lambda _position: random.random())
