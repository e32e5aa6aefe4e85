"""How far an inquiry is: what is there, what is missing before it can open, and what would make it better."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse

from apps.desk.editor.article import article_of, listed, parts_of, voices_of
from apps.desk.editor.bilingual import languages_of
from apps.inquiries.models import Article, Inquiry
from apps.surveys.changes import Change, difference
from apps.surveys.definition import Definition, DefinitionError
from apps.surveys.drafts import Working, problems_of, working_document
from apps.surveys.models import SurveyVersion
from apps.surveys.problems import DraftProblem
from apps.surveys.queries import instrument, newest_version
from apps.surveys.reading import parse

PLACES = {"title": "article", "context_card": "article", "languages": "settings", "default_language": "settings"}


@dataclass(frozen=True)
class Problem:
    """Why a draft cannot be published, and the page on which it is mended."""

    sentence: str
    place: str
    address: str


@dataclass(frozen=True)
class Readiness:
    """`working` is None for what came without questions, such as a conversation from elsewhere."""

    inquiry: Inquiry
    article: Article
    working: Working | None
    version: SurveyVersion | None
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def published(self) -> Definition | None:
        return instrument(self.version.pk).definition if self.version else None

    @cached_property
    def prepared(self) -> Definition | None:
        """The draft, as far as it can be read."""
        try:
            return parse(self.working.document) if self.working else None
        except DefinitionError:
            return None

    @cached_property
    def has_draft(self) -> bool:
        return bool(self.working and self.working.draft)

    @cached_property
    def differs(self) -> bool:
        """Whether the draft is another document than the newest version."""
        if self.working is None or not self.has_draft:
            return False
        return self.version is None or self.working.document != self.version.definition

    @cached_property
    def changes(self) -> list[Change]:
        """What readers or counts would notice of the draft; nothing for a first version."""
        return difference(self.published, self.prepared) if self.published and self.prepared and self.differs else []

    @property
    def was_overtaken(self) -> bool:
        """Whether another version was published since the draft was begun, such as by a command."""
        draft = self.working.draft if self.working else None
        return bool(draft and self.version and draft.based_on_id != self.version.pk)

    @property
    def may_publish(self) -> bool:
        return self.differs and not self.problems

    @cached_property
    def document(self) -> Mapping[str, Any]:
        return self.working.document if self.working else {}

    @property
    def languages(self) -> list[str]:
        return languages_of(self.document)

    @property
    def questions(self) -> int:
        return len(listed(self.document.get("items")))

    @property
    def statements(self) -> int:
        return len(listed(self.document.get("statements")))

    @property
    def has_lines(self) -> bool:
        return bool(parts_of(self.document))

    @property
    def has_voices(self) -> bool:
        return bool(voices_of(self.document))


def readiness(inquiry: Inquiry) -> Readiness:
    working = working_document(inquiry)
    found = problems_of(inquiry, working.document) if working and working.draft else []
    return Readiness(
        inquiry=inquiry,
        article=article_of(inquiry),
        working=working,
        version=newest_version(inquiry.pk),
        problems=[placed(problem, inquiry) for problem in found],
    )


def placed(problem: DraftProblem, inquiry: Inquiry) -> Problem:
    place = PLACES.get(problem.part, "items")
    return Problem(problem.sentence, place, mended_at(problem, place, inquiry.slug))


def mended_at(problem: DraftProblem, place: str, slug: str) -> str:
    """The page of the very question where there is one, else that of its part."""
    ways: list[tuple[str, list[str]]] = [(place, [slug])]
    if place == "items" and problem.question.isalnum():
        ways.insert(0, ("item", [slug, problem.question]))
    if problem.part == "statements":
        ways.insert(0, ("seeds", [slug]))
    for name, arguments in [*ways, ("editor", [slug])]:
        try:
            return reverse(f"desk:{name}", args=arguments)
        except NoReverseMatch:
            continue
    return ""
