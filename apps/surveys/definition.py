"""What is asked, as frozen objects. One definition is one immutable JSON document; `reading.parse` makes it."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

Text = Mapping[str, str]  # one text per language: {"ja": …, "en": …}

BLANK = 97  # seen and left blank
DONT_KNOW = 98
PREFER_NOT = 99
LARGEST_CODE = 254  # one byte each; 255 says that nothing is there


class DefinitionError(Exception):
    """Everything that is wrong with a document, each fault with its place."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {message}" for path, message in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Option:
    code: int
    label: Text
    role: str = "answer"  # answer | dont_know | prefer_not
    anchored: bool = False  # keeps its place at the end whatever the order
    exclusive: bool = False  # cannot stand beside another choice
    text_limit: int | None = None  # opens a line for words of one's own
    mirror: int | None = None
    retired: bool = False  # no longer offered; its old answers still count


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Condition:
    question: str
    equals: int


@dataclass(frozen=True, slots=True)
class Order:
    mode: str = "fixed"  # fixed | reverse | shuffle | rows | swap
    coin: str | None = None


@dataclass(frozen=True, slots=True)
class Coin:
    """One draw per reader, with so many equally likely sides."""

    name: str
    sides: int


@dataclass(frozen=True, slots=True)
class Consent:
    version: str
    title: Text
    paragraphs: tuple[Text, ...]
    agree: Text
    decline: Text


@dataclass(frozen=True, slots=True)
class Slot:
    """One byte of the packed codes: a question, or one row, rank or option of it."""

    question: str
    part: str | None = None
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    name: str
    kind: str
    phase: str
    stem: Text
    help: Text | None = None
    lead: Text | None = None
    prompt: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    poles: Mapping[str, Text] | None = None
    top: int = 0
    text_limit: int = 0
    consent: tuple[str, Text] | None = None
    skip_label: Text | None = None
    shown_if: Condition | None = None
    order: Order = field(default_factory=Order)
    pair: str | None = None
    repeats: str | None = None
    counts: bool = True
    minimum: Any = None
    maximum: Any = None
    step: Any = None
    unit: Text | None = None
    low_label: Text | None = None
    high_label: Text | None = None

    @property
    def offered(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if not option.retired)

    @property
    def codes(self) -> frozenset[int]:
        return frozenset(option.code for option in self.options if not option.retired)

    def open_to(self, answer: Any) -> "Question":
        """The question for a reader who answered so: an option that was retired since stays open to who chose it."""
        kept = chosen_codes(answer) if answer is not None else ()
        if not kept or not any(option.retired and option.code in kept for option in self.options):
            return self
        options = tuple(replace(option, retired=False) if option.code in kept else option for option in self.options)
        return replace(self, options=options)


@dataclass(frozen=True)
class Definition:
    title: Text
    languages: tuple[str, ...]
    default_language: str
    min_age: int
    context: tuple[Text, ...]
    context_pair: tuple[Text, ...]
    questions: tuple[Question, ...]
    later: tuple[Question, ...]
    screens: tuple[tuple[str, ...], ...]
    coins: tuple[Coin, ...]
    consent: Consent
    report_templates: Mapping[str, Any]
    document: Mapping[str, Any]
    slots: tuple[Slot, ...] = ()  # where each closed answer stands in the packed codes; the kinds of question say
    again: tuple[str, ...] = ()  # the questions of one more screen, which are asked after everything else
    arms: tuple[float, ...] = ()  # how readers divide among the ways of `arms.Arm`, where the author compares them
    numbers: tuple[int, ...] = ()  # of a reader's own way: the number that each of its screens has in the whole

    @cached_property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @property
    def again_step(self) -> int:
        """The step of the screen that is asked once more, one past the last; 0 where there is none."""
        return len(self.screens) + 1 if self.again else 0

    def on_screen(self, step: int) -> tuple[str, ...]:
        """The questions of a screen, counted from 1."""
        return (*self.screens, self.again)[step - 1]

    def number(self, step: int) -> int:
        """Which screen of the whole questionnaire this step of the way is."""
        return self.numbers[step - 1] if self.numbers else step

    @cached_property
    def has_retired_options(self) -> bool:
        return any(option.retired for question in self.questions for option in question.options)

    @cached_property
    def widths(self) -> Mapping[str, int]:
        """How many slots each question takes."""
        taken = Counter(slot.question for slot in self.slots)
        return {question.id: taken[question.id] for question in self.questions}

    @cached_property
    def consent_sha256(self) -> str:
        return document_hash(self.document["consent"])

    def question(self, name: str) -> Question:
        return self.by_id[name]


def chosen_code(answer: Any) -> Any:
    """The code of a single choice, with or without words beside it."""
    return answer.get("code") if isinstance(answer, Mapping) else answer


def chosen_codes(answer: Any) -> set[int]:
    """Every option's code that a stored answer holds, whatever its kind."""
    if isinstance(answer, Mapping):
        found = [code for part, code in answer.items() if part != "text"]
    else:
        found = answer if isinstance(answer, list) else [answer]
    return {code for code in found if type(code) is int}


def canonical(document: object) -> bytes:
    """The one way to write a document down: sorted keys, no spaces, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def document_hash(document: object) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()
