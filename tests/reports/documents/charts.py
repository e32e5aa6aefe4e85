"""A picture of every kind, made by hand, in both languages."""

import re

from apps.reports.report.blocks import (
    Chart,
    ChartKind,
    Link,
    Mark,
    Row,
)

STANCES = {
    "ja": (
        "とても望ましくない",
        "あまり望ましくない",
        "どちらともいえない",
        "ある程度望ましい",
        "とても望ましい",
        "わからない",
    ),
    "en": ("Very undesirable", "Rather undesirable", "Neither", "Rather desirable", "Very desirable", "Don't know"),
}
TONES = ("s1", "s2", "s3", "s4", "s5", "dk")
THEMES = {
    "ja": (
        "開発の速さが上がり、ほかの会社も追いつこうとすること",
        "一人の判断の誤りを、ほかの誰も止められないこと",
        "計算機や電力のような資源が、一か所に集まりすぎること",
        "会社の独立性や株主の権利が軽く扱われること",
        "そのほか",
    ),
    "en": (
        "That development speeds up and other companies have to follow",
        "That nobody else can stop one person's wrong judgement",
        "That resources such as computing and power gather in one place",
        "That the independence of companies and shareholders' rights count for less",
        "Other",
    ),
}
WORDS = {
    "ja": re.findall(r"\w+", "責任 株主 速い 電力 倫理 国家 止める 判断 期待 怖い 規制 技術者 独占 透明性 未来"),
    "en": re.findall(
        r"\w+",
        "duty shareholder fast power ethics state stop judgement hope fear rule engineer monopoly openness future",
    ),
}


def percent(share: float | None) -> str:
    return "x" if share is None else f"{round(share * 100)}%"


def marks(labels: tuple[str, ...], shares: tuple[float | None, ...], tones: tuple[str, ...]) -> tuple[Mark, ...]:
    return tuple(Mark(*one) for one in zip(labels, shares, map(percent, shares), tones, strict=True))


def stacked(ja: bool) -> Chart:
    names = STANCES["ja" if ja else "en"]
    rows = (
        (("全体", "Everybody"), (0.12, 0.22, 0.18, 0.27, 0.15, 0.06), "+8"),
        (("情報技術の仕事をしている", "Works in information technology"), (0.05, 0.18, 0.2, 0.32, 0.22, 0.03), "+31"),
        (
            ("そのほかの仕事をしている、または仕事をしていない", "Other work, or none"),
            (0.21, None, 0.14, None, 0.09, 0.11),
            "x",
        ),
    )
    return Chart(
        ChartKind.STACKED,
        tuple(Row(label[not ja], marks(names, shares, TONES), note) for label, shares, note in rows),
        alt="回答した人の42%が望ましいと答えた。n=412" if ja else "42% of those who answered find it desirable. n=412",
        ends=(names[0], names[4]),
    )


def diverging(ja: bool) -> Chart:
    names = STANCES["ja" if ja else "en"]
    rows = (
        (("期待、わくわくする気持ち", "Hope or excitement"), (0.12, 0.22, 0.18, 0.27, 0.15, 0.06), "+8"),
        (("不安、こわいと思う気持ち", "Worry or fear"), (0.05, 0.08, 0.1, 0.32, 0.42, 0.03), "+61"),
        (("驚き", "Surprise"), (0.21, None, 0.14, None, 0.09, 0.11), "x"),
    )
    return Chart(
        ChartKind.DIVERGING,
        (
            *(Row(label[not ja], marks(names, shares, TONES), note) for label, shares, note in rows),
            Row("怒り" if ja else "Anger", (), "n=9"),
        ),
        alt="期待よりも不安を感じる人が多い。n=412" if ja else "More feel worry than hope. n=412",
        ends=(names[0], names[4]),
    )


def dots(ja: bool) -> Chart:
    shares = (0.41, 0.33, 0.16, 0.06, 0.04)
    labels = THEMES["ja" if ja else "en"]
    rows = [
        Row(label, (Mark("", share, percent(share), "one" if place < 4 else "off", share - 0.04, share + 0.05),))
        for place, (label, share) in enumerate(zip(labels, shares, strict=True))
    ]
    rows.append(Row("答えたくない" if ja else "Prefer not to say", (Mark("", None, "x", "off"),)))
    return Chart(
        ChartKind.DOTS,
        tuple(rows),
        alt="もっとも多い心配" if ja else "The most frequent worry",
        axis="回答した人に占める割合" if ja else "Share of those who answered",
    )


def two_dots(ja: bool) -> Chart:
    labels = THEMES["ja" if ja else "en"][:3]
    names = ("重みなし", "重みつき") if ja else ("unweighted", "weighted")
    rows = tuple(
        Row(
            label,
            (Mark(names[0], share, percent(share), "one"), Mark(names[1], share * 1.2, percent(share * 1.2), "accent")),
        )
        for label, share in zip(labels, (0.41, 0.33, 0.16), strict=True)
    )
    return Chart(ChartKind.DOTS, rows, alt="重みの前と後" if ja else "Before and after weighting")


def days(ja: bool) -> Chart:
    counts = (5, 22, 61, 140, 96, 44, 30, 12, 9, 4, 2, 0, 0, 1)
    rows = tuple(
        Row(f"11月{day}日" if ja else f"{day} Nov", (Mark("", count if count else None, str(count) if count else "x"),))
        for day, count in enumerate(counts, 10)
    )
    return Chart(
        ChartKind.COLUMNS,
        rows,
        alt="一日ごとの回答数" if ja else "Answers per day",
        axis="回答した人数" if ja else "Answers",
    )


def funnel(ja: bool) -> Chart:
    rows = tuple(
        Row(label, (Mark("", float(count), f"{count:,}"),))
        for label, count in zip(
            ("アンケートのページを開いた", "同意して始めた", "全部の質問に答えた")
            if ja
            else ("Opened the page of the survey", "Agreed and began", "Answered everything"),
            (2310, 1204, 987),
            strict=True,
        )
    )
    return Chart(ChartKind.COLUMNS, rows, alt="参加のようす" if ja else "Who took part")


def ranks(ja: bool) -> Chart:
    names = ("1位に選んだ", "3位までに選んだ") if ja else ("Chosen first", "Among the first three")
    rows = tuple(
        Row(label, (Mark(names[0], first, percent(first), "accent"), Mark(names[1], three, percent(three), "one")))
        for label, first, three in zip(
            THEMES["ja" if ja else "en"], (0.4, 0.31, 0.18, 0.08, None), (0.7, 0.72, 0.55, 0.3, None), strict=True
        )
    )
    return Chart(ChartKind.RANKS, rows, alt="求められている歯止め" if ja else "Guardrails asked for")


def mirror(ja: bool) -> Chart:
    names = ("期待する", "心配する") if ja else ("Hope", "Worry")
    rows = tuple(
        Row(label, (Mark(names[0], hope, percent(hope), "one"), Mark(names[1], worry, percent(worry), "accent")))
        for label, hope, worry in zip(
            THEMES["ja" if ja else "en"], (0.34, 0.03, 0.2, None, 0.02), (0.1, 0.47, 0.21, 0.18, 0.01), strict=True
        )
    )
    return Chart(ChartKind.MIRROR, rows, alt="期待と心配" if ja else "Hopes and worries")


def bubbles(ja: bool) -> Chart:
    names = (
        ("まったくない", "少しある", "かなりある", "とてもある")
        if ja
        else ("None at all", "A little", "Quite some", "Very much")
    )
    counts = ((5, 15, 40, 60), (20, 60, 55, 10), (45, 70, 30, None), (80, 25, 5, 0))
    rows = tuple(
        Row(
            name,
            tuple(
                Mark(label, count, "x" if count is None else str(count))
                for label, count in zip(names, line, strict=True)
            ),
        )
        for name, line in zip(names, counts, strict=True)
    )
    return Chart(
        ChartKind.BUBBLES,
        rows,
        alt="期待と不安の組み合わせ" if ja else "Hope and fear together",
        ends=("不安がない", "不安が強い") if ja else ("No fear", "Much fear"),
        axis="横:不安、縦:期待(5人きざみの人数)" if ja else "Across: fear; down: hope (readers, to the nearest 5)",
    )


def flow(ja: bool) -> Chart:
    names = ("望ましくない", "どちらともいえない", "望ましい") if ja else ("Undesirable", "Neither", "Desirable")
    counts = ((80, 22, 12), (15, 60, 25), (10, 18, 105))
    rows = tuple(
        Row(
            name,
            tuple(
                Mark(label, count, str(count), tone)
                for label, count, tone in zip(names, line, ("s1", "s3", "s5"), strict=True)
            ),
        )
        for name, line in zip(names, counts, strict=True)
    )
    return Chart(
        ChartKind.FLOW,
        rows,
        alt="最初と最後の答え" if ja else "First and last answer",
        ends=("最初の答え", "意見を読んだあとの答え") if ja else ("First answer", "After reading statements"),
    )


def network(ja: bool) -> Chart:
    words = WORDS["ja" if ja else "en"]
    rows = tuple(
        Row(word, (Mark("", 80 - 4 * place, str(80 - 4 * place), "one" if place % 3 else "accent"),))
        for place, word in enumerate(words)
    )
    links = tuple(
        Link(a, (a * 5 + 3) % 15, 0.15 + 0.8 * ((a * 7) % 10) / 10) for a in range(15) if a != (a * 5 + 3) % 15
    )
    return Chart(ChartKind.NETWORK, rows, alt="いっしょに使われた言葉" if ja else "Words used together", links=links)


def plane(ja: bool) -> Chart:
    rows = (
        Row("グループA" if ja else "Group A", (Mark("A", 120, "120", "one", at=(-0.6, 0.3)),), "29%"),
        Row("グループB" if ja else "Group B", (Mark("B", 210, "210", "accent", at=(0.5, 0.2)),), "51%"),
        Row("グループC" if ja else "Group C", (Mark("C", 82, "82", "s3", at=(0.05, -0.7)),), "20%"),
    )
    return Chart(
        ChartKind.PLANE,
        rows,
        alt="意見の地図" if ja else "Opinion map",
        ends=("慎重に進めたい", "速く進めたい") if ja else ("Go carefully", "Go fast"),
    )


CHARTS = (stacked, diverging, dots, two_dots, days, funnel, ranks, mirror, bubbles, flow, network, plane)
