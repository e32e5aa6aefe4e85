"""What goes in and comes out, as types. The answers themselves are checked by the schema of their survey version."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from apps.api.errors import Refusal, invalid

Text = dict[str, str]
Reason = Annotated[
    Literal["not_enough", "after_close", "counted_anew"],
    Field(description="`counted_anew`: the privacy profile is stricter now; there is something again within a day."),
]
Body = TypeVar("Body", bound=BaseModel)
STRICT = ConfigDict(strict=True, extra="forbid")


class Nothing(BaseModel):
    """An empty object."""

    model_config = STRICT


class ResponseBody(BaseModel):
    """What a reader answered. Items that are left out stay as they were; null means seen and left blank."""

    model_config = STRICT

    version: int = Field(ge=1, le=2_000_000_000, description="Number of the survey version that was shown.")
    language: str = Field(max_length=5, description="Language in which it was shown.")
    complete: bool = Field(description="Whether the reader has sent everything off; false for parts on the way.")
    consent: str | None = Field(
        default=None,
        max_length=64,
        description="Version or SHA-256 of the consent text that was agreed to. Needed with the first answer.",
    )
    answers: dict[str, Any] = Field(description="By item id; see `answers_schema` of the instrument.")


class ChangeBody(BaseModel):
    """What the holder of a receipt changes."""

    model_config = STRICT

    answers: dict[str, Any] = Field(description="By item id; see `answers_schema` of the instrument.")
    complete: bool = Field(default=False, description="Whether this sends everything off.")


class VoteBody(BaseModel):
    """Neither and unsure are different things: an opinion between the two, and none yet."""

    model_config = STRICT

    choice: Literal["agree", "disagree", "neither", "unsure"]
    consent: str | None = Field(
        default=None,
        max_length=64,
        description="Version or SHA-256 of the consent text that was agreed to. Of a reader who has not answered: only"
        " with it do they get a receipt, by which everything can be deleted.",
    )


class StatementBody(BaseModel):
    """One idea, in one sentence that one can agree or disagree with."""

    model_config = STRICT

    text: str = Field(description="At most 60 characters in Japanese, 140 in other languages.")
    language: str = Field(max_length=5, description="Language in which it is written.")


class Token(Schema):
    token: str = Field(description="Kept by the reader's device; the only way to the answers beside the receipt.")


class InquiryLine(Schema):
    slug: str
    title: Text
    languages: list[str]
    version: int
    opens_at: datetime | None
    closes_at: datetime | None
    simulated: bool


class InquiryList(Schema):
    inquiries: list[InquiryLine]


class OptionOut(Schema):
    code: int
    label: Text
    role: Literal["answer", "dont_know", "prefer_not"]
    exclusive: bool
    text_limit: int | None
    retired: bool


class RowOut(Schema):
    code: str
    label: Text


class ConditionOut(Schema):
    question: str
    equals: int


class QuestionOut(Schema):
    id: str
    kind: str
    phase: Literal["pre", "background", "post"] = Field(description="`post`: asked once more, after everything else.")
    stem: Text
    help: Text | None
    lead: Text | None
    prompt: bool = Field(description="Whether a form should remind once, gently, where it was left blank.")
    poles: dict[str, Text] | None
    minimum: Any
    maximum: Any
    step: Any
    unit: Text | None
    low_label: Text | None
    high_label: Text | None
    options: list[OptionOut]
    rows: list[RowOut]
    top: int | None
    text_limit: int | None
    quotation_consent: str | None = Field(description="The name under which the answer says whether it may be quoted.")
    shown_if: ConditionOut | None
    order: Literal["fixed", "reverse", "shuffle", "rows", "swap"] = Field(
        description="How the order may differ from reader to reader; codes never do."
    )


class ConsentOut(Schema):
    version: str
    sha256: str
    title: Text
    paragraphs: list[Text]


class InstrumentOut(Schema):
    slug: str
    title: Text
    languages: list[str]
    default_language: str
    state: Literal["open", "closed", "waiting"]
    opens_at: datetime | None
    closes_at: datetime | None
    simulated: bool
    minimum_age: int
    version: int
    sha256: str
    context: list[Text]
    context_pair: list[Text]
    questions: list[QuestionOut]
    screens: list[list[str]]
    again: list[str] = Field(description="Questions of one more screen, behind the votes; see `way`.")
    consent: ConsentOut
    answers_schema: dict[str, Any]


class WayOut(Schema):
    """What this participant is asked, and in which order. It never changes once something was answered."""

    arm: Literal["A", "B", "C"] | None = Field(description="Drawn where the inquiry compares; else none.")
    version: int
    screens: list[list[str]]
    again: list[str] = Field(description="Asked once so many votes stand; empty where a screen asks it already.")
    votes_before_again: int


class Accepted(Schema):
    """Kept for good when it arrives. A retry with the same key brings the identical object."""

    receipt: str | None = Field(default=None, description="Once, with the first answer: sees, changes and deletes.")
    epoch: int | None = Field(
        description="The newest published result epoch when the answer came; it comes in a later one."
    )
    status: Literal["complete", "partial", "break_off"]
    revision: int


class OwnResponseOut(Schema):
    inquiry: str
    version: int
    language: str
    status: Literal["complete", "partial", "break_off"]
    complete: bool
    revision: int
    answers: dict[str, Any]


class CardOut(Schema):
    id: int
    origin: Literal["seed", "reader", "imported"] = Field(description="From the editors, a reader, another site.")
    text: Text = Field(description="By language; a reader's statement is there in its own only.")
    anchor: str = Field(description="The passage of the article that it is about; may be empty.")


class CardsOut(Schema):
    cards: list[CardOut] = Field(description="Those shown before and not voted on come first.")
    votes: int = Field(description="How many votes of this reader stand.")
    more: bool = Field(description="Whether there are others behind these cards.")


class VoteOut(Schema):
    """Kept for good when it arrives. A retry with the same key brings the identical object."""

    id: int
    choice: Literal["agree", "disagree", "neither", "unsure"]
    revision: int = Field(description="How many votes, changes and withdrawals of this reader there were.")
    receipt: str | None = Field(default=None, description="With a vote that brings a consent: deletes everything.")


class StatementOut(Schema):
    """It waits for a review. A retry with the same key brings the identical object."""

    id: int
    state: Literal["waiting"]


class AskedOtherwise(Schema):
    """Their answers stand in one table all the same: whoever could not choose an option counts in its share."""

    offered: dict[str, list[int]] = Field(
        default={}, description="Options that only some versions had, by code, with the numbers of those versions."
    )
    worded: list[int] = Field(
        default=[], description="Older versions that said the question, or one of its answers, in other words."
    )


class Results(Schema):
    """The newest result epoch, or the reason why there is none."""

    model_config = ConfigDict(extra="allow")

    published: bool
    reason: Reason | None
    smallest_base: int = Field(description="From so many answers on results are shown.")
    epoch: int | None = None
    n: int | None
    asked_otherwise: dict[str, AskedOtherwise] | None = Field(
        default=None,
        description="Where readers answered several versions of the questionnaire, by question: what only the readers"
        " of some were offered, and what some were asked in other words. Tell it beside the numbers.",
    )


class ErrorDetail(Schema):
    code: str
    message: str = Field(description="One sentence in the reader's language.")
    field: str | None = None
    id: int | None = Field(default=None, description="With `said_already`: the statement that says the same.")
    challenge: dict[str, Any] | None = Field(
        default=None, description="With `proof_of_work`: what has to be solved, as ALTCHA (version 2) defines it."
    )


class Error(Schema):
    error: ErrorDetail


def read_as(model: type[Body], data: dict[str, Any]) -> Body:
    """The body as the model, or the first thing that is wrong with it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False, include_context=False)[0]) from None


def _refusal(problem: ErrorDetails) -> Refusal:
    field = ".".join(str(step) for step in problem["loc"])
    kind = problem["type"]
    if kind == "missing":
        return invalid(field, _("This is missing."), code="missing")
    if kind == "extra_forbidden":
        return invalid(field, _("This is not known here."), code="unknown")
    if kind.endswith("_type"):
        return invalid(field, _("This is of the wrong type."), code="type")
    return invalid(field, _("This value is not possible."))
