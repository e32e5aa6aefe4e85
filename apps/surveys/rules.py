"""Whether a new version may follow an old one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.surveys.definition import Definition, Question, Text


@dataclass(frozen=True, slots=True)
class Problem:
    question: str
    sentence: str


def compatibility(old: Definition, new: Definition) -> list[Problem]:
    """A code keeps its kind and meaning; options are retired, never removed. Empty where the new may follow the old."""
    found = [problem for question in old.questions for problem in _problems(question, new.by_id.get(question.id))]
    return [*found, *_exchanged_names(old, new)]


def _problems(before: Question, after: Question | None) -> Iterator[Problem]:
    if after is None:
        return
    name = {"question": before.id}
    if after.repeats != before.repeats:
        yield Problem(before.id, _("%(question)s repeats another question than before; use a new id.") % name)
    if after.kind != before.kind:
        yield Problem(before.id, _("%(question)s changes its kind; a question of another kind needs a new id.") % name)
        return
    yield from _option_problems(before, after)
    for code in sorted({row.code for row in before.rows} - {row.code for row in after.rows}):
        yield Problem(before.id, _("%(question)s loses row %(code)s.") % {**name, "code": code})
    if (before.minimum, before.maximum) != (after.minimum, after.maximum) and before.kind == "scale":
        yield Problem(before.id, _("%(question)s changes the ends of its scale.") % name)
    if after.top < before.top:
        sentence = _("%(question)s asks for fewer places than before; answers with more places are there already.")
        yield Problem(before.id, sentence % name)
    yield from _exchanged_words(before, after)


def _option_problems(before: Question, after: Question) -> Iterator[Problem]:
    kept = {option.code: option for option in after.options}
    for option in before.options:
        name: dict[str, object] = {"question": before.id, "code": option.code}
        if option.code not in kept:
            sentence = _("%(question)s loses option %(code)d; retire it instead, so that its answers still count.")
            yield Problem(before.id, sentence % name)
        elif kept[option.code].role != option.role:
            yield Problem(before.id, _("%(question)s gives option %(code)d another meaning; use a new code.") % name)


def _exchanged_words(before: Question, after: Question) -> Iterator[Problem]:
    """A code that takes over another's words would turn the answers already given into their opposite."""
    for earlier, later in zip(_spoken(before), _spoken(after), strict=True):
        for code in later:
            other = code in earlier and former_owner(code, later[code], earlier)
            if other:
                names = {"question": before.id, "code": code, "other": other}
                sentence = _("%(question)s gives %(code)s the words of %(other)s; answers given before would change.")
                yield Problem(before.id, sentence % names)


def _spoken(question: Question) -> tuple[Mapping[str, Text], ...]:
    """What stands behind the codes of options, of rows, and behind the letters of the poles."""
    return (
        {str(option.code): option.label for option in question.options},
        {row.code: row.label for row in question.rows},
        question.poles or {},
    )


def former_owner(code: str, text: Text, earlier: Mapping[str, Text]) -> str | None:
    """The other code that had these words before, in any language."""
    for language, words in text.items():
        if words != earlier[code].get(language):
            for other, label in earlier.items():
                if other != code and label.get(language) == words:
                    return other
    return None


def _exchanged_names(old: Definition, new: Definition) -> Iterator[Problem]:
    """An id stays what it was: a question, or the consent to quote the answer to one."""
    before, after = _quotations(old), _quotations(new)
    changed = [name for name in before if name in new.by_id or after.get(name, before[name]) != before[name]]
    for name in [*changed, *(name for name in old.by_id if name in after)]:
        yield Problem(name, _("The id %(name)s named something else before.") % {"name": name})


def _quotations(definition: Definition) -> dict[str, str]:
    """Questions by the name of their consent to be quoted."""
    return {question.consent[0]: question.id for question in definition.questions if question.consent}
