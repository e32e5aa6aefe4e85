"""What each column of our files means. The files are written by this list, so it cannot fall behind them."""

FORMAT = "toikake-debate/1"
CODEBOOK, CHECKSUMS = "codebook.json", "checksums.txt"
CHOICES = ("agree", "disagree", "neither", "unsure")

STATEMENTS = {
    "statement": "Number of the statement in this debate; an imported one keeps the number it had.",
    "origin": "seed: of the editors; reader: of a reader; imported: from another conversation.",
    "state": "waiting for review, approved (shown to readers), rejected, merged with another, withdrawn by its author.",
    "reason": "Why it was rejected; empty otherwise.",
    "merged_into": "The statement that it was merged into; empty otherwise.",
    "language": "Language it was written in; empty where unknown.",
    "stance": "The side that the editors say it takes (pro, con, bridge); empty for statements of readers.",
    "text": "The words. Those that were not published are left out.",
    **{choice: f"Readers whose vote on it is “{choice}”." for choice in CHOICES},
    "implied": "How many of these votes its author cast by writing it.",
    "shown": "How often it was shown to a reader.",
    "answered": "How often a reader to whom it was shown has voted on it.",
    **{f"{choice}_corrected": f"Share of “{choice}” if all had been shown it equally often." for choice in CHOICES},
    **{f"{choice}_error": f"Standard error of {choice}_corrected." for choice in CHOICES},
    "effective_votes": "How many equally weighted votes the corrected shares are worth (Kish).",
    "day": "Day it was written.",
}
VOTES = {
    "reader": "Number of the reader in these files, in no telling order; an imported one keeps theirs.",
    "statement": "Number of the statement.",
    "choice": "agree, disagree, neither or unsure: the vote that stands.",
    "implied": "yes: the reader wrote the statement, and the vote follows from that.",
}
EXPOSURES = {
    "reader": "As in votes.csv; readers who never voted are counted on behind all others.",
    "position": "The how manieth statement that this reader was shown, from 0.",
    "statement": "Number of the statement.",
    "policy": "Version of the rules by which it was drawn; their settings stand in this codebook.",
    "probability": "How likely this statement was to be drawn at that moment.",
    "answered": "yes: the reader has a vote on it.",
    "day": "Day it was shown.",
}
GROUPS = {
    "reader": "As in votes.csv. Who has no vote on a published statement is not on the map.",
    "votes": "Votes on published statements.",
    "group": "The likeliest group, by its id; empty without groups, or with too few votes to say.",
}
MORE_OF_GROUPS = {
    "probability": "How likely the reader belongs to the group of this id.",
    "position": "Where the reader stands on this axis.",
    "spread": "Standard deviation of that position.",
}
NOTES = (
    "Days only: no minute of any vote is kept.",
    "Texts that a spreadsheet could take for a formula stand behind an apostrophe, as do those that begin with one.",
    "Corrected shares weigh each vote by 1 / probability of being shown (Hájek), trimmed at five times the mean.",
)


def described(columns: dict[str, str], head: list[str]) -> dict[str, str]:
    """The description of each column that a file has."""
    return {name: columns.get(name) or MORE_OF_GROUPS[name.rsplit("_", 1)[0]] for name in head}
