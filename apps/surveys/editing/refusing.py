"""Why a change is not made."""

from typing import Any

Document = dict[str, Any]


class EditRefused(Exception):
    """`sentence`: in the reader's language. Nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
