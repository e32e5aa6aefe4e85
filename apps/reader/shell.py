"""The page around a question. For one version, screen and language it is drawn once; a request only fills in its own.

Three things differ from reader to reader on a screen that is still blank: the pass, the order of the options and the
order of the two voices on the cover. Their places are marked by characters that Unicode keeps out of all texts.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language
from apps.reader.addresses import address
from apps.reader.topic import Topic
from apps.surveys.arms import Arm
from apps.surveys.definition import Definition
from apps.surveys.forms import screen_html
from apps.surveys.orders import ordered_context
from apps.surveys.queries import Instrument, definition_in, instrument
from apps.surveys.showing import screen_facts

PASS, CONTEXT, SCREEN = "\ufdd0", "\ufdd1", "\ufdd2"
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that the page around a blank screen depends on."""

    topic: Topic
    version_id: int
    step: int
    language: str
    chosen: str
    cover: bool = False
    newcomer: bool = False  # nothing that came with the request says who reads
    reviewing: bool = False
    framed: bool = False
    arm: Arm = Arm.A

    @property
    def definition(self) -> Definition:
        return definition_in(self.version_id, self.arm)

    @property
    def is_again(self) -> bool:
        """The one screen behind all others, whose way is not numbered."""
        return self.step == self.definition.again_step


def blank_page(face: Face, used: Instrument, coins: dict[str, int], pass_text: str) -> str:
    """A screen without answers, put together from parts that are all kept."""
    head, before, middle, tail = shell(face)
    context = context_html(face, used.definition, coins) if face.cover else ""
    screen = screen_html(used, face.step, coins, face.language, face.arm)
    return "".join((head, context, before, pass_text, middle, screen, tail))


@lru_cache(maxsize=512)
def shell(face: Face) -> tuple[str, str, str, str]:
    marks = {"context": mark_safe(CONTEXT), "pass_text": PASS, "screen": mark_safe(SCREEN)}  # noqa: S308 (our own marks)
    text = draw(face, instrument(face.version_id), **marks)
    head, _, rest = text.partition(CONTEXT) if face.cover else ("", "", text)
    before, _, rest = rest.partition(PASS)
    middle, _, tail = rest.partition(SCREEN)
    return head, before, middle, tail


def draw(face: Face, used: Instrument, **filled: Any) -> str:
    """The whole page through its template; `filled` holds what belongs to one reader."""
    with override(face.language):
        return render_to_string("reader/question.html", {**page_context(face, used), **filled})


def page_context(face: Face, used: Instrument) -> dict[str, Any]:
    return {
        **screen_facts(face.definition, face.step, face.language),
        "topic": face.topic,
        "cover": face.cover,
        "newcomer": face.newcomer,
        "reviewing": face.reviewing,
        "again": face.is_again,
        "step": face.step,
        "action": step_address(face),
        "other_language": other_language(face),
        "language": face.language,
        "chosen_language": face.chosen,
        "version": used.number,
        "seen": "",
    }


def step_address(face: Face) -> str:
    return screen_address(face, face.chosen)


def screen_address(face: Face, chosen: str) -> str:
    to = "review" if face.reviewing else ""
    if face.is_again:
        return address(chosen, "again", face.topic.slug, to=to)
    return address(chosen, "answer", face.topic.slug, step=face.step, to=to)


def other_language(face: Face) -> dict[str, str]:
    code = "ja" if face.language == "en" else "en"
    place = address(code, "cover", face.topic.slug) if face.cover else screen_address(face, code)
    return {"code": code, "name": LANGUAGE_NAMES[code], "address": place}


def context_html(face: Face, definition: Definition, coins: dict[str, int]) -> str:
    """The neutral lines above the first question, the two voices in this reader's order."""
    pair = tuple(in_language(text, face.language) for text in ordered_context(definition, coins))
    return _context(face.version_id, face.language, pair)


@lru_cache(maxsize=64)
def _context(version_id: int, language: str, pair: tuple[str, ...]) -> str:
    parts = [in_language(text, language) for text in instrument(version_id).definition.context]
    return render_to_string("reader/context.html", {"parts": parts, "pair": pair})
