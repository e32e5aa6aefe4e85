"""A text as it is read for its words: one width, no addresses."""

import re
import unicodedata

ADDRESSES = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+", re.ASCII | re.IGNORECASE)
# What stands for a line or a blank, a joiner within an emoji and the like: between words, and part of none.
BETWEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]")


def plain(text: str) -> str:
    """In NFKC, so that full and half width are the same words."""
    narrow = unicodedata.normalize("NFKC", text)
    spaced = "".join(" " if unicodedata.category(sign) in BETWEEN and sign != "\n" else sign for sign in narrow)
    return ADDRESSES.sub(" ", spaced)


def is_japanese(text: str) -> bool:
    """By its script: whoever answers in English may still write Japanese, and the other way round."""
    return JAPANESE.search(text) is not None
