"""Words that no report of a survey like ours may use: they claim that those who answered stand for others.

What readers wrote, and the words of their statements, are theirs and are not looked at. Nor is what a report quotes:
a question about the voice of the nation (国民の声) could never be reported otherwise.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.reports.report.blocks import Block, Figure, Quotes, Report, Table, Terms, Words

OF_WHATEVER_KIND = r"((皆(さん|様|さま)|みなさん|本当|真|生|今)の|[^\s、。をにはがでとのへも]{1,5}[ない]){0,2}"
MINDS = (
    r"(声|意見|考え|総意|意識|気持ち|思い|本音|本心|心情|意思|意志|意向|見方|評価"
    r"|支持|賛成|反対|関心|願い|要望|不安|期待|怒り|信頼)"
)
SHARES = (
    r"(うち)?(約|およそ)?([0-9.]+ ?(%|割|人|分の)|[一二三四五六七八九十]+(割|人に|分の)"
    r"|大?多数|多く|大半|過半数|半数|半分|ほとんど|大部分)"
)
"""What can be claimed of a people: what it thinks, or how many of it. Its holidays, rights and health are no claim."""
FORBIDDEN = {
    "ja": (
        r"標本誤差 ?(は)?[ :]?±",
        r"誤差の範囲",
        rf"国民の ?{OF_WHATEVER_KIND}{MINDS}",
        rf"(国民|日本人)の ?{SHARES}",
        r"世論調査",
        r"世論は",
        r"有意に",
        r"読者の(うち)?[0-9一二三四五六七八九十約]+(%|割|人に)",
        r"高まった",
        r"代表する(意見|結果)",
    ),
    "en": (
        r"\bmargins? of error\b",
        r"\brepresentative(ness|ly)?\b",
        r"\bopinion polls?\b",
        r"statistically significant",
        r"significantly",
        r"(%|per ?cent) of (all |our |the )?readers\b",
        r"(%|per ?cent) of (the )?(public|people|population|Japanese)\b",
    ),
}
"""Patterns by language, looked for in `plain` texts whatever the case of letters."""
ASKED = ("title", "items", "post_items", "optional_modules", "context_card")
"""Where a questionnaire holds what readers were shown."""


@dataclass(frozen=True)
class Forbidden:
    """The words that were found, and the text in which they stand."""

    words: str
    text: str


def forbidden_in(texts: Iterable[str]) -> list[Forbidden]:
    """In any language: an English word stands in Japanese sentences, too."""
    patterns = [re.compile(each, re.IGNORECASE) for patterns in FORBIDDEN.values() for each in patterns]
    return [Forbidden(found[0], text) for text in texts for each in patterns if (found := each.search(plain(text)))]


def plain(text: str) -> str:
    """As it is read: wide letters are letters, and neither hyphens nor the end of a line part words."""
    return re.sub(r"[\s‐‑-]+", " ", unicodedata.normalize("NFKC", text))


def quoted_in(document: Mapping[str, Any], *names: Any) -> list[str]:
    """Of the questionnaire and of further names, what a report could not quote; the longest first.

    Without the stop at their end, which headlines leave out.
    """
    shown = [*texts_in([document.get(part) for part in ASKED]), *texts_in(names)]
    return sorted({each.text.rstrip(" .?!。？！") for each in forbidden_in(shown)}, key=len, reverse=True)


def without(text: str, quoted: Iterable[str]) -> str:
    for each in quoted:
        text = text.replace(each, "…")
    return text


def own_words(report: Report) -> Iterator[str]:
    """Every sentence that is ours: neither answers nor statements, which stand in the rows."""
    yield report.headline
    yield from (text for pair in report.stamp for text in pair)
    for block in report.summary:
        yield from words_of(block)
    for section in report.sections:
        yield from (section.title, section.lead)
        for block in section.blocks:
            yield from words_of(block)


def words_of(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        yield block.text
    elif isinstance(block, Terms):
        yield block.title
        yield from (text for pair in block.pairs for text in pair)
    elif isinstance(block, Quotes):
        yield block.rule
        yield from (source for _words, source in block.quotes)
    elif isinstance(block, Table):
        yield from (block.caption, *block.columns, *block.notes)
    elif isinstance(block, Figure):
        yield from (block.headline, block.question, block.base, *block.facts, *block.notes)
        yield from words_of(block.table)


def texts_in(value: Any) -> Iterator[str]:
    """All texts of a JSON value, as editors type them by language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)
