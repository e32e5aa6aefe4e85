"""Stored maps made by hand: each story, small and large, with the parameters by which a reader is placed."""

from typing import Any

from apps.common.writing import today
from apps.debates.models import Ballot, Debate, OpinionMap, Origin, Statement, StatementState
from apps.debates.wording import folded
from apps.participants.queries import identify
from apps.participants.tokens import new_token, read_token

TEXTS = (
    ("急いで開発するなら、止める手順を先に決めておくべきだ。", "Whoever hurries should first settle how to stop."),
    ("決断の速い一人に任せたほうが、よい技術が早く届く。", "Good technology comes sooner when one person decides."),
    ("どんなに優れた人でも、点検する人は別に必要だ。", "Even the best person needs somebody else to check."),
    ("国が口を出すほど、開発は遅れる。", "The more the state interferes, the slower development gets."),
    ("集めたデータの使い道は、だれでも見られるようにすべきだ。", "Everybody should see what data are used for."),
    ("大きな挑戦には、少しくらいの失敗はつきものだ。", "Great undertakings come with some failures."),
    ("会社をまたいで人を動かすときは、契約を交わすべきだ。", "Moving people between companies should need a contract."),
    ("技術の良し悪しは、使ってみなければわからない。", "Only use shows whether a technology is good."),
    ("力が一人に集まっても、成果が出るなら問題はない。", "Power in one hand is no problem if it brings results."),
    ("安全の確認に時間をかけすぎている。", "Too much time is spent on checking for safety."),
    ("社会の仕組みを変えることは、選挙で決めるべきだ。", "Changes to society should be decided in elections."),
    ("画面の外の世界にまでAIを広げるのは、まだ早い。", "It is too early to bring AI into the physical world."),
)  # fmt: skip
LONG = "選ばれたわけでもない一人の経営者が国のような力を持つなら、だれがどこで止めるのかを先に決めておくべきだと思う。"
COUNTS = (
    (70, 12, 8, 10), (20, 55, 15, 10), (80, 5, 6, 4), (30, 40, 10, 18), (66, 10, 12, 9), (45, 22, 20, 8),
    (40, 15, 20, 30), (25, 20, 18, 34), (18, 60, 12, 6), (9, 8, 4, 3), (6, 3, 1, 1), (2, 1, 0, 0),
)  # fmt: skip


def plant(debate: Debate, *, long: bool = False) -> list[Statement]:
    """Twelve published statements in both languages; the first one of a reader in Japanese only, where `long`."""
    made = [
        Statement(
            debate=debate, number=number, origin=Origin.SEED, language="ja", text=ja, texts={"ja": ja, "en": en},
            folded=folded(ja), state=StatementState.APPROVED, seed=f"M{number:02}", day=today(),
        )
        for number, (ja, en) in enumerate(TEXTS, start=1)
    ]  # fmt: skip
    if long:
        made[0].origin, made[0].text, made[0].texts, made[0].seed = Origin.READER, LONG, {}, ""
    return Statement.objects.bulk_create(made)


def entries(**scores: Any) -> list[dict[str, Any]]:
    """Twelve statements with their votes; the last one has too few to be told."""
    told = []
    for number, counts in enumerate(COUNTS, start=1):
        votes, (agree, disagree, neither, unsure) = sum(counts), counts
        if votes >= 10:
            told.append(
                {
                    "number": number, "votes": votes, "agree": agree, "disagree": disagree, "neither": neither,
                    "unsure": unsure, "adjusted_agree": round(agree / votes - (0.05 if number == 4 else 0.0), 3),
                    "bridging": round(agree / votes, 3), "consensus": round(agree / votes / 2, 3),
                    "dividing": [round(number % 5 / 3, 2), 0.1, 2.0], "fewest": votes // 4, **scores,
                }
            )  # fmt: skip
    return told


def end(side: int, number: int, choice: str, here: float, elsewhere: float, votes: int = 40) -> dict[str, Any]:
    sign = 1 if choice == "agree" else -1
    return {
        "side": side, "number": number, "choice": choice, "difference": sign * 1.2, "low": sign * 0.4,
        "high": sign * 2.0, "agree_here": here, "agree_elsewhere": elsewhere, "votes_here": votes,
        "disagree_here": round(0.9 - here, 2), "disagree_elsewhere": round(0.9 - elsewhere, 2),
    }  # fmt: skip


def summary(story: str, **changes: Any) -> dict[str, Any]:
    return {
        "story": story, "d": 0, "k": 0, "readers": 412, "votes": 5230, "enough": True,
        "needed": {"readers": 20, "votes_each": 7},
        "gain": {"style": 0.08, "story": 0.12, "next": 0.11, "next_story": "groups 2"}, "stability": 0.95,
        "null_rate": 0.0, "axis": {"cells": []}, "plane": {"cells": []}, "groups": [], "ends": [],
        "statements": entries(), **changes,
    }  # fmt: skip


def axis(*readers: int, low: float = -2.0, width: float = 0.4) -> dict[str, Any]:
    return {
        "cells": [
            {"from": round(low + place * width, 3), "to": round(low + (place + 1) * width, 3), "readers": count}
            for place, count in enumerate(readers)
        ]
    }


ENDS = [
    end(0, 1, "agree", 0.93, 0.55), end(0, 9, "disagree", 0.08, 0.4), end(0, 3, "agree", 0.95, 0.8),
    end(1, 2, "agree", 0.71, 0.12), end(1, 4, "agree", 0.66, 0.21, votes=22),
]  # fmt: skip


def spectrum(**changes: Any) -> dict[str, Any]:
    cells = axis(20, 25, 55, 80, 70, 60, 45, 30, 20, 10)
    return summary("spectrum", **{"d": 1, "axis": cells, "ends": ENDS, **changes})


def plane(**changes: Any) -> dict[str, Any]:
    sizes = ((10, 20, 25, 10), (20, 60, 55, 15), (15, 45, 40, 0), (0, 20, 15, 10))
    cells = [
        {"x": round(-2 + column * 1.0, 2), "y": round(-2 + line * 0.8, 2), "w": 1.0, "h": 0.8, "readers": count}
        for line, row in enumerate(sizes)
        for column, count in enumerate(row)
        if count
    ]
    return spectrum(**{"d": 2, "plane": {"cells": cells}, **changes})


def groups(*sizes: int, **changes: Any) -> dict[str, Any]:
    """With the numbers 0, 1, … unless `ids` says otherwise."""
    everybody, ids = sum(sizes), changes.pop("ids", range(len(sizes)))
    places = ((-1.0, 0.3), (1.0, 0.4), (0.1, -0.9), (0.6, 0.9), (-0.6, -0.8), (0.0, 0.0))
    told = [
        {"id": each, "readers": size, "share": round(size / everybody, 3), "x": x, "y": y}
        for each, size, (x, y) in zip(ids, sizes, places, strict=False)
    ]
    ends = [end(each["id"], 1 + place * 3, "agree", 0.9, 0.4) for place, each in enumerate(told)]
    return summary("groups", **{"k": len(sizes), "groups": told, "ends": ends, **changes})


def none(**changes: Any) -> dict[str, Any]:
    gain = {"style": 0.06, "story": 0.06, "next": 0.058, "next_story": "spectrum 1"}
    return summary("none", **{"gain": gain, "statements": entries(dividing=None), "stability": None, **changes})


def not_enough(**changes: Any) -> dict[str, Any]:
    without = entries(bridging=None, consensus=None, dividing=None, adjusted_agree=None, fewest=0)
    few = {"enough": False, "readers": 13, "votes": 96, "needed": {"readers": 7, "votes_each": 7}, "gain": None}
    return summary("none", **{**few, "stability": None, "statements": without, **changes})


def parameters(told: dict[str, Any]) -> dict[str, Any]:
    """By which a reader is placed: agreeing with odd statements leads to the first end, or into the first group."""
    numbers = [entry["number"] for entry in told["statements"]]
    common = {"story": told["story"], "numbers": numbers, "offered": [0, 1, 2, 3], "style": 4.0}
    base = [[-0.7, -1.2, -2.0, -2.2] for _number in numbers]
    if told["story"] == "spectrum":
        opinions = [[-0.9 if number % 2 else 0.9, *([0.4] * (told["d"] - 1))] for number in numbers]
        ends = [[-1.2, *([0.0] * (told["d"] - 1))], [1.2, *([0.0] * (told["d"] - 1))]]
        return {**common, "base": base, "opinions": opinions, "opinion": 1.0, "ends": ends}
    if told["story"] == "groups":
        size = len(told["groups"])
        opinions = [[1.2 if number % size == each else -0.6 for each in range(size)] for number in numbers]
        ids, shares = ([group[name] for group in told["groups"]] for name in ("id", "share"))
        return {**common, "base": base, "opinions": opinions, "shares": shares, "ids": ids}
    return {**common, "base": base}


def store(debate: Debate, told: dict[str, Any], **fields: Any) -> OpinionMap:
    number = OpinionMap.objects.filter(debate=debate).count() + 1
    given = {
        "debate": debate, "number": number, "method": "toikake", "seed": 1, "code_version": "test",
        "settings": {"profile": str(debate.inquiry.privacy_profile)},
        "watermark": number, "ballots": told["readers"], "readers": told["readers"], "votes": told["votes"],
        "story": told["story"], "summary": told, "parameters": parameters(told), "checksum": "c" * 64, "seconds": 0.1,
    }  # fmt: skip
    return OpinionMap.objects.create(**{**given, **fields})


def ballot(debate: Debate, choices: str) -> str:
    """A reader who voted so, as `vote_on_all` reads it; returns the token that their browser holds."""
    token = new_token()
    secret = read_token(token)
    assert secret
    packed = bytes({"+": 1, "-": 2, "0": 3, "?": 4, ".": 0}[sign] for sign in choices)
    Ballot.objects.create(
        pseudonym=identify(inquiry_id=debate.pk, token=secret).pseudonym, debate=debate, votes=packed, revision=1
    )
    return token
