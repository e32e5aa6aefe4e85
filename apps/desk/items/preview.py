"""The draft as a stranger would see it: the readers' own pages, filled from the draft. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.common.templatetags.toikake import in_language
from apps.debates.seeds import seeds_in
from apps.desk.editor.bilingual import languages_of
from apps.inquiries.models import Inquiry, PrivacyProfile
from apps.surveys.definition import Definition
from apps.surveys.forms import ScreenForm
from apps.surveys.orders import draw_coins, ordered_context
from apps.surveys.reading import parse
from apps.surveys.schema import applies
from apps.surveys.showing import screen_facts

CONSENT, END, VOTE = "consent", "end", "vote"
WIDTHS = ("phone", "full")
MOST_READERS = 999


@dataclass(frozen=True)
class Looked:
    """What an author looks at: which step, in which language, as which reader (0: everything as it was written)."""

    inquiry: Inquiry
    definition: Definition
    step: str
    language: str
    reader: int = 0

    @cached_property
    def steps(self) -> list[str]:
        strict = self.inquiry.privacy_profile == PrivacyProfile.STRICT
        last = len(self.definition.screens) + bool(self.definition.again)
        numbers = [str(number) for number in range(1, last + 1)]
        return [*([CONSENT] if strict else []), *numbers, END, *([VOTE] if self.debated else [])]

    @property
    def debated(self) -> bool:
        return any(seeds_in(dict(self.definition.document)))

    @property
    def place(self) -> int:
        return self.steps.index(self.step)

    @property
    def number(self) -> int:
        """Of the screen; only where it is one."""
        return int(self.step)

    @property
    def is_screen(self) -> bool:
        return self.step.isdigit()

    @cached_property
    def coins(self) -> dict[str, int]:
        return draw_coins(self.definition, self.reader.to_bytes(2, "big")) if self.reader else {}

    @cached_property
    def given(self) -> dict[str, int]:
        """Answers of earlier screens that this one rests on, so that its questions are there to be seen."""
        names = self.definition.on_screen(self.number)
        conditions = [self.definition.question(name).shown_if for name in names]
        return {each.question: each.equals for each in conditions if each and each.question not in names}

    def moved(self, by: int) -> "Looked":
        return replace(self, step=self.steps[min(max(self.place + by, 0), len(self.steps) - 1)])

    def at(self, **changed: Any) -> str:
        """The address of the frame's page."""
        there = replace(self, **changed) if changed else self
        query: dict[str, str | int] = {
            "step": there.step,
            "language": there.language,
            **({"reader": there.reader} if there.reader else {}),
        }
        return f"{reverse('desk:preview_screen', args=[self.inquiry.slug])}?{urlencode(query)}"


def looked_at(inquiry: Inquiry, document: Mapping[str, Any], wanted: Mapping[str, Any], language: str) -> Looked:
    """What was asked for, or the beginning. Raises DefinitionError where the draft cannot be drawn yet."""
    definition = parse(with_blanks_marked(document))
    if language not in definition.languages:
        language = definition.default_language
    text = str(wanted.get("reader", ""))
    reader = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    found = Looked(inquiry, definition, END, language, min(reader, MOST_READERS))
    step = str(wanted.get("step", "")) or step_of(found, str(wanted.get("question", "")))
    return replace(found, step=step if step in found.steps else found.steps[0])


def step_of(looked: Looked, question: str) -> str:
    screens = [*looked.definition.screens, looked.definition.again]
    return next((str(number) for number, screen in enumerate(screens, 1) if question in screen), "")


def with_blanks_marked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Texts that are not written yet are shown as such, so that the rest can be looked at."""
    languages, names = languages_of(document), dict(settings.LANGUAGES)
    count = 0

    def walk(part: Any) -> Any:
        nonlocal count
        if isinstance(part, list):
            return [walk(each) for each in part]
        if not isinstance(part, Mapping):
            return part
        walked = {key: walk(each) for key, each in part.items()}
        if any(isinstance(part.get(language), str) for language in languages):
            for language in languages:
                if not str(walked.get(language) or "").strip():
                    count += 1
                    about = {"language": names[language], "number": count}
                    walked[language] = _("[%(language)s: not written yet, %(number)d]") % about
        return walked

    found: dict[str, Any] = walk(document)
    return found


def form_of(looked: Looked, data: Mapping[str, Any] | None = None) -> ScreenForm:
    return ScreenForm(looked.definition, looked.number, looked.coins, looked.language, answers=looked.given, data=data)


def unseen_follow_ups(form: ScreenForm, seen: str) -> list[str]:
    """Questions of this screen that the answers have just called for."""
    known = seen.split(",")
    return [
        question.id
        for question in form.questions
        if question.shown_if and question.id not in known and form.answers.get(question.id) is None
        and applies(question, {**form.given, **form.answers})
    ]  # fmt: skip


def topic(looked: Looked) -> dict[str, Any]:
    """What every page of the inquiry says about it."""
    inquiry, article = looked.inquiry, getattr(looked.inquiry, "article", None)
    return {
        "slug": inquiry.slug,
        "title": in_language(looked.definition.title, looked.language),
        "introduction": in_language(article.introduction, looked.language) if article else "",
        "operator": inquiry.publication.operator or inquiry.publication.name,
        "simulated": False,
    }


def around(looked: Looked) -> dict[str, Any]:
    """What each of the frame's pages needs, question or not."""
    other = next((each for each in looked.definition.languages if each != looked.language), "")
    return {
        "topic": topic(looked),
        "language": looked.language,
        "chosen_language": looked.language,
        "other_language": {
            "code": other,
            "name": {"ja": "日本語", "en": "English"}[other],
            "address": looked.at(language=other),
        }
        if other
        else None,
        "conditions": conditions(looked),
        "back": looked.moved(-1).at(),
        "onward": looked.moved(1).at(),
    }


def conditions(looked: Looked) -> list[str]:
    """Whom the questions of this screen are for, where that is not everybody."""
    if not looked.is_screen:
        return []
    found = []
    for source, code in looked.given.items():
        options = looked.definition.question(source).options
        label = next(
            (in_language(option.label, looked.language) for option in options if option.code == code), str(code)
        )
        found.append(
            _("Only for readers who chose “%(answer)s” in %(question)s.") % {"answer": label, "question": source}
        )
    return found


def screen_context(request: HttpRequest, looked: Looked, screen: str, **more: Any) -> dict[str, Any]:
    definition, step = looked.definition, looked.number
    again = step == definition.again_step
    context = {
        **screen_facts(definition, step, looked.language),
        **around(looked),
        "cover": step == 1,
        "again": again,
        "step": step,
        "action": looked.at(),
        "version": 0,
        "seen": "",
        "screen": screen,
        "parts": [in_language(text, looked.language) for text in definition.context],
        "pair": [in_language(text, looked.language) for text in ordered_context(definition, looked.coins)],
        **more,
    }
    context["scripts"] = [name for name in context["scripts"] if name not in {"js/autosave.js", "js/visible.js"}]
    return context
