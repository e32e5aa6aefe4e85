"""What comes out about opinion maps, as types."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from apps.api.schemas import Reason, Text


class Missing(Schema):
    readers: int = Field(description="So many more readers are needed.")
    votes_each: int = Field(description="With so many votes each.")


class GainOut(Schema):
    """Nats per hidden vote over the statements' averages."""

    style: float = Field(description="By how readers answer, whatever is asked.")
    story: float = Field(description="By the story told.")
    next: float = Field(description="By the best of the others.")
    next_story: str


class AxisCellOut(Schema):
    from_: float = Field(alias="from")
    to: float
    readers: int


class AxisOut(Schema):
    cells: list[AxisCellOut]


class PlaneCellOut(Schema):
    x: float = Field(description="Lower left corner.")
    y: float
    w: float
    h: float
    readers: int


class PlaneOut(Schema):
    cells: list[PlaneCellOut]


class GroupOut(Schema):
    id: int = Field(description="Stays the same from map to map.")
    readers: int
    share: float
    x: float
    y: float


class EndOut(Schema):
    """A statement that a side answers otherwise than all others do."""

    side: int = Field(description="0 or 1, an end of the first axis; or the id of a group.")
    id: int
    choice: Literal["agree", "disagree"]
    difference: float = Field(description="In log-odds, with its 95 % interval.")
    low: float
    high: float
    agree_here: float
    disagree_here: float
    agree_elsewhere: float
    disagree_elsewhere: float
    votes_here: int


class SideOut(Schema):
    side: int = Field(description="Id of a group, or third of the first axis.")
    share: float | None = Field(description="Null where fewer than ten of it voted.")


class MapStatementOut(Schema):
    """Votes on one statement; null where a number would be too small to be shown."""

    id: int
    text: Text
    origin: Literal["seed", "reader", "imported"]
    votes: int
    agree: int | None
    disagree: int | None
    neither: int | None
    unsure: int | None
    adjusted_agree: float | None = Field(description="Share of agreeing, corrected for what was shown to whom.")
    bridging: float | None = Field(description="Agreement that holds on every side, 0 to 1.")
    consensus: float | None
    dividing: list[float | None] | None = Field(description="Variance of opinions in log-odds, with its interval.")
    unsure_of_sides: list[SideOut] | None
    fewest: int = Field(description="Votes on the side with the fewest; 0 for fewer than ten.")


class MapOut(Schema):
    """The newest map, or the reason why there is none. Areas hold ten readers and more, in steps of five."""

    model_config = ConfigDict(extra="allow")

    published: bool
    reason: Reason | None
    smallest_base: int = Field(description="From so many readers on a map is shown.")
    map: int | None = Field(default=None, description="Its number; a newer one has a larger one.")
    made_at: datetime | None = None
    method: str | None = None
    seed: int | None = None
    code_version: str | None = None
    checksum: str | None = Field(default=None, description="The same for the same votes, seed and code.")
    story: Literal["none", "spectrum", "groups"] | None = None
    d: int | None = Field(default=None, description="Axes of a spectrum.")
    k: int | None = Field(default=None, description="Number of groups.")
    readers: int | None = None
    votes: int | None = None
    enough: bool | None = Field(default=None, description="Whether there are votes enough for any story.")
    needed: Missing | None = None
    gain: GainOut | None = None
    stability: float | None = Field(default=None, description="How alike two samples of the readers tell it, up to 1.")
    null_rate: float | None = Field(default=None, description="How often shuffled votes would tell the same.")
    axis: AxisOut | None = None
    plane: PlaneOut | None = None
    groups: list[GroupOut] | None = None
    ends: list[EndOut] | None = None
    statements: list[MapStatementOut] | None = None


class OwnVoteOut(Schema):
    id: int
    choice: Literal["agree", "disagree", "neither", "unsure"]


class LikenessOut(Schema):
    id: int
    probability: float


class StandOut(Schema):
    """Computed for the holder of the token, and kept nowhere."""

    state: Literal["placed", "no_votes", "nothing_shared", "not_enough_votes", "after_close", "counted_anew"] = Field(
        description="`nothing_shared`: readers differ, but in no common pattern. `not_enough_votes`: of all readers."
        " `no_votes`: this reader has none on the map. `counted_anew`: the map is drawn anew under a stricter profile."
    )
    map: int | None
    own_votes: list[OwnVoteOut]
    votes: int = Field(description="How many of them the place rests on.")
    position: list[float] = Field(default=[], description="On each axis of the spectrum.")
    spread: list[float] = Field(default=[], description="The standard deviation of each.")
    groups: list[LikenessOut] = []
    cell: int | None = Field(default=None, description="The cell of the axis in which it lies.")
    deciding: list[OwnVoteOut] = Field(default=[], description="Own votes that moved the place most.")
    shared: list[int] = Field(default=[], description="Statements on which readers who stand elsewhere say the same.")
