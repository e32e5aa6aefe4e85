"""What a statement to vote on may be: which side it takes, how long it is, and when two say the same."""

import unicodedata

STANCES = ("pro", "con", "bridge")
LONGEST = {"ja": 60}
LONGEST_ELSEWHERE = 140
FIRST_KATAKANA, LAST_KATAKANA, TO_HIRAGANA = 0x30A1, 0x30F6, -0x60
JOINER = "\u200d"


def longest_in(language: str) -> int:
    """In characters as `characters` counts them."""
    return LONGEST.get(language, LONGEST_ELSEWHERE)


def characters(text: str) -> int:
    """How many characters a person sees: marks, selectors and what a joiner ties together add none."""
    count, before, flag_begun = 0, "", False
    for sign in unicodedata.normalize("NFC", text):
        regional = "\U0001f1e6" <= sign <= "\U0001f1ff"
        if not (adds_nothing(sign) or before == JOINER or (regional and flag_begun)):
            count += 1
        flag_begun = regional and not flag_begun
        before = sign
    return count


def adds_nothing(sign: str) -> bool:
    """Marks on the letter before (those of half-width kana, too), selectors, joiners, skin tones."""
    marks = unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"} or sign in "\uff9e\uff9f"
    return marks or "\U0001f3fb" <= sign <= "\U0001f3ff"


def folded(text: str) -> str:
    """The same for texts that differ in width, case, kana, spaces or punctuation only."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    kana = "".join(hiragana(sign) for sign in wide)
    return "".join(sign for sign in kana if unicodedata.category(sign)[0] not in "ZPC") or kana


def hiragana(sign: str) -> str:
    return chr(ord(sign) + TO_HIRAGANA) if FIRST_KATAKANA <= ord(sign) <= LAST_KATAKANA else sign
