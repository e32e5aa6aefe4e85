"""Which question, and by what its texts are divided."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.reports.texts.groups import fields, written_questions
from apps.surveys.definition import Definition, Question

LONGEST_NAME = 40


@dataclass(frozen=True)
class Asked:
    """`group`: whose words are shown, of those that there are."""

    question: Question
    by: str
    group: str

    @property
    def parameters(self) -> dict[str, str]:
        return {"question": self.question.id, "by": self.by}


def asked_in(sent: Mapping[str, str], definition: Definition) -> Asked | None:
    """What cannot be read is as if it had not been asked for; None where nothing is answered by writing."""
    questions = {question.id: question for question in written_questions(definition)}
    if not questions:
        return None
    question = questions.get(sent.get("question", ""), next(iter(questions.values())))
    known = fields(definition)
    by = sent.get("by", "")
    return Asked(question, by if by in known else known[0], sent.get("group", "")[:LONGEST_NAME])


def written_question(definition: Definition | None, name: str) -> Question | None:
    """The question of an address, if it is answered by writing."""
    questions = written_questions(definition) if definition else []
    return next((question for question in questions if question.id == name), None)
