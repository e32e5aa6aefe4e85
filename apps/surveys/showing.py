"""What a page with a screen of questions needs to know of the questionnaire: the same for readers and in a preview."""

from typing import Any

from apps.common.templatetags.toikake import in_language
from apps.surveys.definition import Definition, Question

USUAL_SECONDS = 10.0  # for a question whose author gave no estimate
SCRIPTS = {"rank_top_k": "js/rank.js", "open_text": "js/counter.js", "multiple": "js/exclusive.js"}


def screen_facts(definition: Definition, step: int, language: str) -> dict[str, Any]:
    questions = [definition.question(name) for name in definition.on_screen(step)]
    return {
        "steps": len(definition.screens),
        "consent": definition.consent_sha256,
        "min_age": definition.min_age,
        "questions": len(asked_of_all(definition)),
        "minutes": minutes(definition),
        "skip_label": next((in_language(q.skip_label, language) for q in questions if q.skip_label), ""),
        "scripts": scripts(questions),
    }


def scripts(questions: list[Question]) -> list[str]:
    """Only the behaviours that this screen has use for: each is a request on a slow line."""
    wanted = {"js/autosave.js", "js/visible.js"}
    wanted |= {SCRIPTS[question.kind] for question in questions if question.kind in SCRIPTS}
    if any(option.text_limit for question in questions for option in question.options):
        wanted |= {"js/reveal.js", "js/counter.js"}
    if any(question.shown_if for question in questions):
        wanted.add("js/reveal.js")
    return sorted(wanted)


def asked_of_all(definition: Definition) -> list[Question]:
    questions = (definition.question(name) for screen in definition.screens for name in screen)
    return [question for question in questions if question.shown_if is None]


def minutes(definition: Definition) -> int:
    """By the author's estimates, as they stand in the document."""
    seconds = {item["id"]: item.get("est_seconds", USUAL_SECONDS) for item in definition.document.get("items", [])}
    return max(1, round(sum(seconds.get(question.id, USUAL_SECONDS) for question in asked_of_all(definition)) / 60))
