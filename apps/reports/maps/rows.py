"""Statements with their votes: what all sides share, what divides, where many are unsure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.common.punctuation import isolated, named
from apps.common.templatetags.toikake import said_in
from apps.debates.choices import Choice
from apps.debates.models import Origin
from apps.inquiries.privacy import SMALL_BASE
from apps.reports.bars import segments
from apps.reports.maps.words import choice_text
from apps.reports.numbers import HIDDEN, count_text, percent_text, whole_percent
from apps.reports.pictures import Segment

MOST_LISTED = 4
FEWEST_VOTES = 10  # nothing is told of a statement with fewer
FEWEST_PER_SIDE = 10  # before a statement counts as shared ground
SHARED_FROM, UNSURE_FROM, SPLIT_FROM = 0.5, 0.2, 0.25
NOTED_FROM = 0.02  # a corrected rate is printed where it differs by so much
TONES = {"agree": "o5", "disagree": "o1", "neither": "o3", "unsure": "off"}
CHOICES = tuple(TONES)

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Spoken:
    """A statement as it is told: its words, the language they are in, where it came from."""

    number: int
    text: str
    language: str
    origin: str


def spoken(number: int, texts: Mapping[str, str], text: str, language: str, origin: str, shown_in: str) -> Spoken:
    """In the page's language where it was written or translated into it, else as it stands."""
    if texts:
        words = said_in(texts, shown_in)
        tongue = next((code for code, there in texts.items() if there == words), language)
        return Spoken(number, isolated(words), tongue, origin)
    return Spoken(number, isolated(text), language, origin)


@dataclass(frozen=True)
class Part:
    """One of the four choices: its colour, its word, how many chose it."""

    tone: str
    word: str
    amount: str


@dataclass(frozen=True)
class Row:
    """One statement with the votes on it."""

    statement: Spoken
    origin: str
    parts: tuple[Part, ...]
    segments: tuple[Segment, ...]
    base: str
    note: str = ""


@dataclass(frozen=True)
class TableLine:
    statement: Spoken
    votes: str
    cells: tuple[str, ...]


def row(statement: Spoken, entry: Entry | None, counts_to: int, *, note: str = "") -> Row:
    """Without a bar where fewer than ten voted."""
    if entry is None or not told(entry):
        return Row(statement, origin_text(statement), (), (), "")
    return Row(
        statement=statement,
        origin=origin_text(statement),
        parts=tuple(Part(TONES[name], choice_text(name), amount(entry, name, counts_to)) for name in CHOICES),
        segments=bar(entry),
        base=base_text(entry, counts_to),
        note=note or corrected_text(entry),
    )


def told(entry: Entry) -> bool:
    return (entry["votes"] or 0) >= FEWEST_VOTES


def share(entry: Entry, name: str) -> float | None:
    """None where the number is withheld."""
    return None if entry[name] is None else entry[name] / entry["votes"]


def bar(entry: Entry) -> tuple[Segment, ...]:
    """Numbers in the bar are percentages, or people where those are few; what is withheld stands at the right."""
    drawn = segments([(share(entry, name), TONES[name]) for name in CHOICES])
    if not small(entry):
        return drawn
    people = {TONES[name]: str(entry[name]) for name in CHOICES}
    return tuple(
        Segment(part.tone, part.start, part.width, part.middle, part.label and people.get(part.tone, part.label))
        for part in drawn
    )


def small(entry: Entry) -> bool:
    return bool(entry["votes"] < SMALL_BASE)


def amount(entry: Entry, name: str, counts_to: int) -> str:
    """No percentages of fewer than thirty."""
    if small(entry):
        return count_text(entry[name], counts_to)
    return percent_text(share(entry, name), entry[name])


def base_text(entry: Entry, counts_to: int) -> str:
    return f"n={count_text(entry['votes'], counts_to)}{'*' if small(entry) else ''}"


def corrected_text(entry: Entry) -> str:
    """Beside the raw rate where what was shown to whom makes a difference."""
    adjusted = entry.get("adjusted_agree")
    raw = share(entry, "agree")
    if adjusted is None or raw is None or small(entry) or abs(adjusted - raw) < NOTED_FROM:
        return ""
    return _("Corrected for what was shown to whom: {choice} {percent}").format(
        choice=choice_text("agree"), percent=f"{whole_percent(adjusted)}%"
    )


def origin_text(statement: Spoken) -> str:
    return str(Origin(statement.origin).label)


def shared(entries: Iterable[Entry]) -> list[Entry]:
    """More than half agree on every side, with the votes to say so."""
    enough = [entry for entry in entries if told(entry) and (entry.get("fewest") or 0) >= FEWEST_PER_SIDE]
    return listed(enough, lambda entry: entry.get("bridging"), SHARED_FROM)


def agreed(entries: Iterable[Entry]) -> list[Entry]:
    """More than half agree, where nothing is known of sides."""
    return listed([entry for entry in entries if told(entry)], lambda entry: share(entry, "agree"), SHARED_FROM)


def dividing(entries: Iterable[Entry]) -> list[Entry]:
    """Where the sides of the map stand furthest apart."""
    return listed([entry for entry in entries if told(entry)], lambda entry: (entry["dividing"] or [None])[0], 0.0)


def split(entries: Iterable[Entry]) -> list[Entry]:
    """Where the votes themselves are split, whoever cast them."""
    return listed([entry for entry in entries if told(entry)], evenness, SPLIT_FROM)


def unsure(entries: Iterable[Entry]) -> list[Entry]:
    return listed([entry for entry in entries if told(entry)], lambda entry: share(entry, "unsure"), UNSURE_FROM)


def evenness(entry: Entry) -> float | None:
    """The smaller of the two shares that agree and disagree."""
    agree, disagree = share(entry, "agree"), share(entry, "disagree")
    return None if agree is None or disagree is None else min(agree, disagree)


def listed(entries: Sequence[Entry], strength: Callable[[Entry], float | None], least: float) -> list[Entry]:
    """The strongest first, those on level by number; nothing that is not stronger than `least`."""
    strong = [(value, entry) for entry in entries if (value := strength(entry)) is not None and value > least]
    strong.sort(key=lambda pair: (-pair[0], pair[1]["number"]))
    return [entry for _value, entry in strong[:MOST_LISTED]]


def table_line(statement: Spoken, entry: Entry | None, counts_to: int) -> TableLine:
    if entry is None or not told(entry):
        return TableLine(statement, HIDDEN, (HIDDEN,) * (len(CHOICES) + 3))
    shares = tuple(amount(entry, name, counts_to) for name in CHOICES)
    return TableLine(
        statement,
        base_text(entry, counts_to),
        (*shares, percent(entry, "adjusted_agree"), bridging(entry), apart(entry)),
    )


def percent(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return "–" if value is None or small(entry) else f"{whole_percent(value)}%"


def bridging(entry: Entry) -> str:
    value = entry.get("bridging")
    return "–" if value is None else f"{value:.2f}"


def apart(entry: Entry) -> str:
    """How far opinions lie apart, with the interval where it is known."""
    value, low, high = entry.get("dividing") or (None, None, None)
    if value is None:
        return "–"
    return f"{value:.1f}" if low is None or high is None else f"{value:.1f} ({low:.1f}–{high:.1f})"


def own_vote_text(choice: Choice) -> str:
    return named(_("Your vote"), choice_text(choice.word))
