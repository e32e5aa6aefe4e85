"""What a new version changes, in sentences about the counts: for whoever is about to publish it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.surveys.definition import Definition, Question


@dataclass(frozen=True, slots=True)
class Change:
    """`question` is empty where the whole document is meant; `code` names an option or a row of it."""

    kind: str
    question: str
    sentence: str
    code: str = ""


def difference(old: Definition, new: Definition) -> list[Change]:
    """Every change that a reader could see or a count could feel: first of the whole, then question by question."""
    languages = [language for language in old.languages if language in new.languages]
    found = [Change(kind, "", sentence) for kind, sentence in _of_the_whole(old, new, languages)]
    for question in new.questions:
        changes = _of_one(old.by_id.get(question.id), question, languages)
        found += [Change(kind, question.id, sentence, *code) for kind, sentence, *code in changes]
    for question in old.questions:
        if question.id not in new.by_id:
            sentence = _("%(question)s is no longer asked; its answers stay in the data.") % {"question": question.id}
            found.append(Change("withdrawn", question.id, sentence))
    return found + [Change(kind, "", sentence) for kind, sentence in _of_statements(old, new, languages)]


def _of_statements(old: Definition, new: Definition, languages: list[str]) -> Iterator[tuple[str, str]]:
    """The editors' statements: what readers have voted on keeps its words, and its place among the others."""
    before, after = _statements(old), _statements(new)
    for code, statement in after.items():
        name = {"code": code}
        if code not in before:
            yield "statement_added", _("Statement %(code)s joins those that readers vote on.") % name
        elif _said(statement, languages) != _said(before[code], languages):
            sentence = _(
                "Statement %(code)s is worded differently; a debate that has it already keeps the earlier words."
            )
            yield "statement_reworded", sentence % name
    for code in before:
        if code not in after:
            sentence = _("Statement %(code)s is withdrawn: readers are no longer asked about it, and its votes stay.")
            yield "statement_withdrawn", sentence % {"code": code}


def _statements(definition: Definition) -> dict[str, Mapping[str, Any]]:
    return {each["id"]: each for each in definition.document.get("statements", [])}


def _of_the_whole(old: Definition, new: Definition, languages: list[str]) -> Iterator[tuple[str, str]]:
    for language in new.languages:
        if language not in old.languages:
            yield (
                "language_added",
                _("The questions can now be answered in another language: %(language)s.") % {"language": language},
            )
    for language in old.languages:
        if language not in new.languages:
            yield (
                "language_removed",
                _("The questions are no longer asked in this language: %(language)s.") % {"language": language},
            )
    if _said(old.title, languages) != _said(new.title, languages):
        yield "title", _("The title is worded differently.")
    if _said((old.context, old.context_pair), languages) != _said((new.context, new.context_pair), languages):
        yield "context", _("The lines above the first question change; earlier readers answered under others.")
    if old.document["consent"] != new.document["consent"]:
        yield "consent", _("The consent text changes; who answered before agreed to the earlier one.")
    if old.min_age != new.min_age:
        yield "min_age", _("The age from which readers may answer changes to %(age)d.") % {"age": new.min_age}
    if old.arms != new.arms:
        yield "arms", _("Readers are divided otherwise among the ways through the questions.")
    if _asked_in_both(old, new) != _asked_in_both(new, old):
        yield "moved", _("Questions stand in another order or on other screens than before.")


def _asked_in_both(one: Definition, other: Definition) -> list[tuple[str, ...]]:
    screens = [tuple(name for name in screen if name in other.by_id) for screen in (*one.screens, one.again)]
    return [screen for screen in screens if screen]


def _of_one(before: Question | None, after: Question, languages: list[str]) -> Iterator[tuple[str, ...]]:
    name = {"question": after.id}
    if before is None:
        yield "added", _("%(question)s is new; earlier readers did not see it.") % name
        return
    if _wording(before, after, languages) != _wording(after, before, languages):
        yield "reworded", _("%(question)s is worded differently; counts go on by code.") % name
    if _explanation(before, languages) != _explanation(after, languages):
        yield "explained", _("%(question)s is explained or introduced differently.") % name
    if before.shown_if != after.shown_if:
        yield "shown_if", _("%(question)s is asked of other readers than before; its counts mix the two.") % name
    if _limits(before, after) != _limits(after, before):
        sentence = _("%(question)s takes other answers than before: places, length, bounds or what excludes what.")
        yield "limits", sentence % name
    if _quotation(before, languages) != _quotation(after, languages):
        sentence = _("%(question)s asks differently for the consent to be quoted; earlier consents stay.")
        yield "quotation", sentence % name
    if (before.phase, before.counts, before.prompt) != (after.phase, after.counts, after.prompt):
        sentence = _("%(question)s counts differently towards a complete answer, or is asked for differently.")
        yield "weight", sentence % name
    yield from _of_options(before, after)
    if before.order != after.order or before.pair != after.pair or _places(before, after) != _places(after, before):
        yield "reordered", _("%(question)s is shown in another order.") % name


def _of_options(before: Question, after: Question) -> Iterator[tuple[str, str, str]]:
    earlier = {option.code: option for option in before.options}
    for option in after.options:
        names: dict[str, object] = {"question": after.id, "code": option.code}
        if option.code not in earlier:
            yield "option_added", _("%(question)s gains option %(code)d.") % names, str(option.code)
        elif option.retired and not earlier[option.code].retired:
            sentence = _("%(question)s no longer offers option %(code)d; who chose it keeps it.")
            yield "option_retired", sentence % names, str(option.code)
        elif earlier[option.code].retired and not option.retired:
            yield "option_returned", _("%(question)s offers option %(code)d again.") % names, str(option.code)
    known = {row.code for row in before.rows}
    for row in after.rows:
        if row.code not in known:
            names = {"question": after.id, "code": row.code}
            yield "row_added", _("%(question)s gains row %(code)s.") % names, row.code


def _said(content: Any, languages: list[str]) -> Any:
    """The texts in the languages that both versions have; a language that goes is said once, not at every text."""
    if isinstance(content, Mapping):
        return tuple(content.get(language) for language in languages)
    return [_said(each, languages) for each in content] if isinstance(content, list | tuple) else content


def _wording(question: Question, other: Question, languages: list[str]) -> Any:
    """Of the options and rows that both have; what comes or goes is said on its own."""
    codes, rows = {option.code for option in other.options}, {row.code for row in other.rows}
    poles = question.poles or {}
    return _said(
        [
            [
                question.stem,
                question.unit,
                question.low_label,
                question.high_label,
                *(poles[side] for side in sorted(poles)),
            ],
            [option.label for option in sorted(question.options, key=lambda each: each.code) if option.code in codes],
            [row.label for row in sorted(question.rows, key=lambda each: each.code) if row.code in rows],
        ],
        languages,
    )


def _explanation(question: Question, languages: list[str]) -> Any:
    return _said([question.help, question.lead, question.skip_label], languages)


def _limits(question: Question, other: Question) -> Any:
    shared = {option.code for option in other.options}
    rules = {(option.code, option.exclusive, option.text_limit) for option in question.options if option.code in shared}
    return question.top, question.text_limit, question.minimum, question.maximum, question.step, rules


def _quotation(question: Question, languages: list[str]) -> Any:
    return (question.consent[0], _said(question.consent[1], languages)) if question.consent else None


def _places(one: Question, other: Question) -> Any:
    """The order of what both have."""
    codes, rows = {option.code for option in other.options}, {row.code for row in other.rows}
    return (
        [(option.code, option.anchored) for option in one.options if option.code in codes],
        [row.code for row in one.rows if row.code in rows],
    )
