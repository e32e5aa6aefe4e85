"""The questionnaire as the last part of a document: every question as it was shown, its answers, and their order."""

from django.utils.translation import gettext as _

from apps.common.punctuation import named
from apps.common.templatetags.toikake import in_language
from apps.reports.report.blocks import Block, Section, Terms, Words
from apps.reports.report.told.questions import order_text
from apps.surveys.definition import Option, Question
from apps.surveys.queries import Instrument


def questionnaire(instrument: Instrument, language: str) -> Section:
    """In the active language, which must be `language`."""
    definition = instrument.definition
    context = [in_language(text, language) for text in (*definition.context, *definition.context_pair)]
    blocks: list[Block] = [Words("\n".join(context))] if context else []
    blocks.append(Terms(tuple((question.id, words_of(question, language)) for question in definition.questions)))
    return Section(
        id="questionnaire",
        title=_("Questionnaire"),
        lead=_("Version {number} · SHA-256 {hash}").format(number=instrument.number, hash=instrument.sha256),
        blocks=tuple(blocks),
    )


def words_of(question: Question, language: str) -> str:
    """One line each: the question, what helps to answer it, its parts and answers, how their order was chosen."""
    texts = [question.lead, question.stem, question.help]
    lines = [in_language(text, language) for text in texts if text]
    lines += [named(pole, in_language(text, language), language) for pole, text in (question.poles or {}).items()]
    lines += [f"– {in_language(row.label, language)}" for row in question.rows]
    lines += [answer(option, language) for option in question.options]
    return "\n".join([*lines, *filter(None, [order_text(question)])])


def answer(option: Option, language: str) -> str:
    label = f"□ {in_language(option.label, language)}"
    return " ".join([label, _("(no longer offered)")]) if option.retired else label
