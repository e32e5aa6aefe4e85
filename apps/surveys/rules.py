"""Whether a new version may follow an old one, and what it would do to the counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.surveys.definition import Definition, Question


@dataclass(frozen=True, slots=True)
class Problem:
    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    kind: str  # added | withdrawn | reworded | option_added | option_retired | reordered
    question: str
    sentence: str


def compatibility(old: Definition, new: Definition) -> list[Problem]:
    """A code keeps its kind and meaning; options are retired, never removed. Empty where the new may follow the old."""
    return [problem for question in old.questions for problem in _problems(question, new.by_id.get(question.id))]


def _problems(before: Question, after: Question | None) -> Iterator[Problem]:
    if after is None:
        return
    name = before.id
    if after.kind != before.kind:
        yield Problem(
            name,
            _("%(question)s changes its kind; a question of another kind needs a new id.") % {"question": name},
        )
        return
    kept = {option.code: option for option in after.options}
    for option in before.options:
        if option.code not in kept:
            yield Problem(
                name,
                _("%(question)s loses option %(code)d; retire it instead, so that its answers still count.")
                % {"question": name, "code": option.code},
            )
        elif kept[option.code].role != option.role:
            yield Problem(
                name,
                _("%(question)s gives option %(code)d another meaning; use a new code.")
                % {"question": name, "code": option.code},
            )
    missing = {row.code for row in before.rows} - {row.code for row in after.rows}
    for code in sorted(missing):
        yield Problem(name, _("%(question)s loses row %(code)s.") % {"question": name, "code": code})
    if (before.minimum, before.maximum) != (after.minimum, after.maximum) and before.kind == "scale":
        yield Problem(name, _("%(question)s changes the ends of its scale.") % {"question": name})


def difference(old: Definition, new: Definition) -> list[Change]:
    """What a new version changes, question by question, in sentences about the counts."""
    found = [change for question in new.questions for change in _changes(old.by_id.get(question.id), question)]
    for question in old.questions:
        if question.id not in new.by_id:
            sentence = _("%(question)s is no longer asked; its answers stay in the data.") % {"question": question.id}
            found.append(Change("withdrawn", question.id, sentence))
    return found


def _changes(before: Question | None, after: Question) -> Iterator[Change]:
    names = {"question": after.id}
    if before is None:
        yield Change("added", after.id, _("%(question)s is new; earlier readers did not see it.") % names)
        return
    if before.stem != after.stem or before.poles != after.poles or _labels(before) != _labels(after):
        yield Change("reworded", after.id, _("%(question)s is worded differently; counts go on by code.") % names)
    earlier = {option.code: option for option in before.options}
    for option in after.options:
        names = {"question": after.id, "code": option.code}
        if option.code not in earlier:
            yield Change("option_added", after.id, _("%(question)s gains option %(code)d.") % names)
        elif option.retired and not earlier[option.code].retired:
            yield Change("option_retired", after.id, _("%(question)s no longer offers option %(code)d.") % names)
    if before.order != after.order:
        yield Change("reordered", after.id, _("%(question)s is shown in another order.") % {"question": after.id})


def _labels(question: Question) -> dict[object, object]:
    return {option.code: option.label for option in question.options} | {row.code: row.label for row in question.rows}
