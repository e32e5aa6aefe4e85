"""A report made by hand, with every kind of block and of picture, in both languages."""

from apps.reports.report.blocks import (
    Chart,
    Figure,
    Quotes,
    Report,
    Section,
    Table,
    Terms,
    Words,
)
from tests.reports.documents.charts import CHARTS


def table(ja: bool, length: int = 4) -> Table:
    return Table(
        columns=("答え", "人数", "割合") if ja else ("Answer", "Readers", "Share"),
        rows=tuple(
            (f"{'選択肢' if ja else 'Option'} {place}", str(40 + place), "x" if place == 2 else f"{10 + place % 60}%")
            for place in range(length)
        ),
        caption="表:同じ数字" if ja else "The same numbers",
        notes=("x:10人に満たないため伏せています。",) if ja else ("x: hidden, fewer than ten readers.",),
        strong=(length - 1,),
    )


def figure(name: str, chart: Chart | None, ja: bool, length: int = 4) -> Figure:
    return Figure(
        id=name,
        headline="回答した人のうち、望ましいと考える人は42%で、望ましくないと考える人の34%をやや上回りました"
        if ja
        else "Of those who answered, 42% find it desirable and 34% undesirable",
        question="Q1 一人に力が集まるAI開発を、あなたはどう思いますか。"
        if ja
        else "Q1 What do you think of AI development in which power gathers in one person?",
        base="n=412、Q1に答えた人。わからない6%を含む。"
        if ja
        else "n=412, all who answered Q1; includes 6% don't know.",
        table=table(ja, length),
        chart=chart,
        facts=(
            "2026年11月10日から24日。",
            "読者アンケート(自由参加・ウェブ)。標本誤差は計算できません。",
            "重みづけ:なし。",
        )
        if ja
        else (
            "10 to 24 November 2026.",
            "Self-selected web survey; no sampling error can be computed.",
            "Weighting: none.",
        ),
        notes=("選択肢の並びは半数の人で逆にしました。",)
        if ja
        else ("The order was reversed for half of the readers.",),
    )


def report(language: str = "ja", *, words: str = "") -> Report:
    """`words`: anything, put into every place that a reader or an editor fills."""
    ja = language == "ja"
    figures = tuple(figure(f"F{place}", draw(ja), ja) for place, draw in enumerate(CHARTS, 1))
    said = words or (
        "速さは大事だが、止める人がいないのは怖い。" if ja else "Speed matters, but nobody to stop it frightens me."
    )
    return Report(
        language=language,
        title=words or ("一人に力が集まるAI開発をどう思いますか" if ja else "AI development in one person's hands"),
        headline=words
        or (
            "望ましいと答えた人がやや多く、心配は「止める人がいないこと」に集まりました"
            if ja
            else "Slightly more find it desirable; the worry is that nobody can stop it"
        ),
        summary=(
            Words("412人が答えました。" if ja else "412 people answered.", "finding"),
            figures[0],
            Terms((("期間" if ja else "Dates", "2026-11-10 – 2026-11-24"),)),
            Words("参加は自由です。" if ja else "Taking part was voluntary.", "caution"),
        ),
        sections=(
            Section(
                "questions",
                "設問ごとの結果" if ja else "Question by question",
                figures,
                lead="同じ人が全部に答えたとは限りません。" if ja else "Not everybody answered everything.",
            ),
            Section(
                "words",
                "読者の言葉" if ja else "In readers' words",
                (
                    Quotes("無作為に選びました。" if ja else "Drawn at random.", ((said, "Q3"), (words or "—", ""))),
                    figure("LONG", None, ja, 80),
                ),
            ),
            Section(
                "method",
                "調べ方" if ja else "Method",
                (
                    Terms(
                        (
                            ("運営者" if ja else "Operator", words or "問いかけ編集部"),
                            ("資金" if ja else "Funding", "自己資金" if ja else "Own means"),
                        ),
                        "調査の方法" if ja else "How it was done",
                    ),
                    table(ja),
                    Words(said),
                ),
            ),
        ),
        stamp=(
            ("版" if ja else "Version", "3"),
            ("データ" if ja else "Data", "sha256 " + "0a1b2c3d" * 8),
            ("日時" if ja else "Made", "2026-11-25 09:00 JST"),
        ),
        simulated=True,
    )
