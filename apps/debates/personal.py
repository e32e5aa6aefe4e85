"""Personal data that a text seems to hold, found by its shape. A person decides; this only says where to look.

Read in narrow letters, with kanji numerals as digits, since numbers are often written so that machines miss them.
Amounts, years, numbers of articles and big round numbers are no personal data.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    MAIL = "mail", _("mail address")
    PHONE = "phone", _("phone number")
    NUMBER = "number", _("number of a person, an account or a card")
    ADDRESS = "address", _("postal address")
    ACCOUNT = "account", _("account of a person on another site")


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` is what was found."""

    kind: Kind
    start: int
    end: int


def personal_data_in(text: str) -> tuple[Finding, ...]:
    """In the order of the text; what lies inside another finding is not named again."""
    plain, places = in_plain_signs(text)
    spans = sorted(set(spans_in(plain)), key=lambda span: (span[0], -span[1]))
    found: list[Finding] = []
    for start, end, kind in spans:
        finding = Finding(kind, places[start], places[end - 1] + 1)
        if not found or finding.end > found[-1].end:
            found.append(finding)
    return tuple(found)


def kinds_in(text: str) -> list[str]:
    """Each kind once, as a statement keeps them."""
    return sorted({str(finding.kind) for finding in personal_data_in(text)})


KANJI_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
DASHES = frozenset("‐‑‒–—―−⁃﹣ー")
ADDS_NOTHING = frozenset({"Mn", "Me", "Cf"})  # frames around a digit, selectors, joiners
LONG_VOWEL = "ー"  # a dash only between digits


def in_plain_signs(text: str) -> tuple[str, list[int]]:
    """The text as the patterns read it, and for each of its signs the place in the original."""
    signs = [
        (narrow, place)
        for place, sign in enumerate(text)
        for narrow in unicodedata.normalize("NFKC", sign)
        if unicodedata.category(narrow) not in ADDS_NOTHING
    ]
    plain = [as_digit(sign) for sign, _place in signs]
    for here, sign in enumerate(plain):
        between = 0 < here < len(plain) - 1 and plain[here - 1].isdigit() and plain[here + 1].isdigit()
        if sign in DASHES and (sign != LONG_VOWEL or between):
            plain[here] = "-"
    return "".join(plain), [place for _sign, place in signs]


def as_digit(sign: str) -> str:
    """A digit of any script as ours; everything else as it is."""
    decimal = unicodedata.decimal(sign, None)
    return KANJI_DIGITS.get(sign, sign) if decimal is None else str(decimal)


def spans_in(plain: str) -> Iterator[tuple[int, int, Kind]]:
    """Of a pattern that needs a word before it, only what the group `it` holds."""
    for kind, pattern, holds in PATTERNS:
        for match in pattern.finditer(plain):
            if holds(match[0]):
                yield *match.span("it" if "it" in pattern.groupindex else 0), kind


def digits(found: str) -> str:
    return "".join(sign for sign in found if sign.isdigit())


def as_it_stands(found: str) -> bool:
    return True


def is_japanese_phone(found: str) -> bool:
    return len(digits(found)) in {10, 11} and len(set(digits(found))) > 1


def is_foreign_phone(found: str) -> bool:
    return 9 <= len(digits(found)) <= 15 and not digits(found).endswith("00000")


def is_of_a_person(found: str) -> bool:
    """Neither a big round number nor years in a row."""
    years = [group for group in re.findall(r"\d+", found) if len(group) == 4 and group[:2] in {"18", "19", "20"}]
    return not digits(found).endswith("0000") and len(years) * 4 < len(digits(found))


BETWEEN = r"[-\s().の]{0,2}"
NAMES_A_NUMBER = (
    r"番号|口座|免許証?|旅券|パスポート|保険証|学籍|社員証?|会員証?|年金"
    r"|passport|account (?:no|number)|licen[cs]e|social security|\bSSN|\bID"
)
SITES = r"x|twitter|facebook|fb|instagram|tiktok|threads|github|linkedin|note|t|line|lin|discord|youtube|bsky|ameblo"
SITES_IN_WORDS = (
    r"LINE|ライン|インスタ(?:グラム)?|Instagram|Discord|Skype|WeChat|カカオ(?:トーク)?|Telegram|Twitter|ツイッター"
)
Holds = Callable[[str], bool]
# The name before an @ has 64 letters at most (RFC 5321); without that bound a long row of letters costs its square.
PATTERNS: tuple[tuple[Kind, re.Pattern[str], Holds], ...] = tuple(
    (kind, re.compile(pattern, re.ASCII | (0 if cased else re.IGNORECASE)), holds)
    for kind, cased, pattern, holds in (
        (Kind.MAIL, False, r"[A-Z0-9._%+-]{0,63}[A-Z0-9_]@[A-Z][A-Z0-9-]+(?:\.[A-Z0-9-]+)*", as_it_stands),
        (Kind.MAIL, False, r"[^\s@,、。\u3041-\u3093]{1,64}@[^\s@,、。]{1,60}\.[A-Z]{2,}", as_it_stands),
        (
            Kind.MAIL,
            False,
            r"[A-Z0-9._+-]{1,64}\s?[\[({<]\s?(?:at|@|アット|あっと)\s?[\])}>]\s?[A-Z0-9-]+",
            as_it_stands,
        ),
        (Kind.MAIL, False, r"[A-Z0-9._+-]{1,64} at [A-Z0-9-]+ dot [A-Z]{2,}", as_it_stands),
        (Kind.MAIL, False, r"[A-Z0-9._+-]{1,64}\s?(?:アット|あっと)(?:マーク)?\s?[A-Z0-9-]+", as_it_stands),
        (
            Kind.PHONE,
            False,
            rf"(?<![\d,.])\(?0\d{{1,4}}{BETWEEN}\d{{1,4}}{BETWEEN}\d{{3,4}}(?![\d,])",
            is_japanese_phone,
        ),
        (Kind.PHONE, False, r"(?<![\d,.])0(?:[-\s().の・]{1,2}\d){9,10}(?!\d)", is_japanese_phone),
        (Kind.PHONE, False, r"(?<![\d+])(?:\+|00)\s?\d{1,3}(?:[-\s().]{0,2}\d){6,13}(?![\d,])", is_foreign_phone),
        (Kind.PHONE, False, r"(?<![\d-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])", as_it_stands),
        (
            Kind.PHONE,
            False,
            r"(?:tel|phone|電話|携帯|call)[^\d(+]{0,8}(?P<it>\d{2,4}-\d{3,4}(?:-\d{3,4})?)",
            as_it_stands,
        ),
        (Kind.NUMBER, False, r"(?<![\d,.-])\d(?:[-\s]?\d){11,18}(?!\d|[,.-]\d)", is_of_a_person),
        (Kind.NUMBER, False, r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", as_it_stands),
        (
            Kind.NUMBER,
            False,
            rf"(?:{NAMES_A_NUMBER})\s?(?:番号|number|no\.?|#|は|が|is|:|=|\s){{0,3}}(?P<it>[A-Z]{{0,2}}\d[\d-]{{5,}})",
            as_it_stands,
        ),
        (Kind.NUMBER, True, r"(?<![A-Za-z0-9])[A-Z]{2}\d{7}(?:\d[A-Z]{2})?(?![A-Za-z0-9])", as_it_stands),
        (Kind.NUMBER, True, r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?![A-Za-z0-9])", as_it_stands),
        (Kind.ADDRESS, False, r"(?:〒|郵便番号[^\d]{0,3})\s?\d{3}-?\d{4}(?!\d)", as_it_stands),
        (Kind.ADDRESS, False, r"(?<!\d)\d{3}-\d{4}\s?[^\s\d]{1,3}[都道府県]", as_it_stands),
        (
            Kind.ADDRESS,
            False,
            r"[都道府県市区町村郡][^\s\d]{0,12}\d{1,4}(?:丁目\d{1,4}|番地|番\d{1,4}号|-\d{1,4}-\d{1,4})",
            as_it_stands,
        ),
        (
            Kind.ADDRESS,
            True,
            r"(?<!\S)\d{1,5} (?:[A-Z][A-Za-z'.]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Boulevard|Blvd)\b",
            as_it_stands,
        ),
        (Kind.ACCOUNT, False, rf"\b(?:{SITES})\.(?:com|net|me|ee|gg|app|jp)/[@\w.%~-]+[\w./%-]*", as_it_stands),
        (
            Kind.ACCOUNT,
            False,
            r"(?:https?://|www\.)[^\s、。]{0,200}?(?:/@|/~|/users?/|/u/|/in/|/people/|/profiles?/"
            r"|[?&](?:user|uid|id|name|e?mail|account)=)[\w.%@-]+",
            as_it_stands,
        ),
        (Kind.ACCOUNT, False, r"(?<![A-Za-z0-9@._/-])@[A-Za-z_][A-Za-z0-9_.]{2,29}", as_it_stands),
        (
            Kind.ACCOUNT,
            False,
            rf"(?:{SITES_IN_WORDS})の?\s?(?:ID|アカウント|垢|account)\s?[はが:=]\s?[A-Z0-9._-]{{3,}}",
            as_it_stands,
        ),
    )
)
