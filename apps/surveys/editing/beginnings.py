"""What a new question begins with: both sides in the stem, as many steps for as against, and a way to say "don't know".

Words in 【…】 or […] stand for what only the author can say; `neutrality` reminds of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Text = dict[str, str]


def both(ja: str, en: str) -> Text:
    return {"ja": ja, "en": en}


def steps(*labels: Text, down: bool = True) -> list[dict[str, Any]]:
    codes = range(len(labels), 0, -1) if down else range(1, len(labels) + 1)
    return [{"code": code, "label": label} for code, label in zip(codes, labels, strict=True)]


def dont_know(**more: Any) -> dict[str, Any]:
    return {"code": 98, "label": both("わからない", "Don't know"), "kind": "dont_know", "anchor": "last", **more}


CHOICES = [both(f"【選択肢{number}】", f"[Option {number}]") for number in (1, 2, 3)]
OTHER = {"code": 4, "label": both("その他", "Something else"), "anchor": "last", "opens_text": 80}
NONE = {"code": 4, "label": both("どれもない", "None of these"), "anchor": "last", "exclusive": True}

BEGINNINGS: Mapping[str, dict[str, Any]] = {
    "single_ordinal": {
        "stem": both(
            "【内容】は、望ましいと思いますか、望ましくないと思いますか。",
            "Do you think that [subject] is desirable or undesirable?",
        ),
        "options": [
            *steps(
                both("望ましい", "Desirable"),
                both("やや望ましい", "Somewhat desirable"),
                both("どちらともいえない", "Neither desirable nor undesirable"),
                both("やや望ましくない", "Somewhat undesirable"),
                both("望ましくない", "Undesirable"),
            ),
            dont_know(),
        ],
        "randomise": {"mode": "reverse_half", "store_as": "direction"},
    },
    "single_nominal": {
        "stem": both(
            "【内容】について、最も近いものはどれですか。", "Which of these is closest to your view of [subject]?"
        ),
        "options": [*steps(*CHOICES, down=False), OTHER, dont_know()],
        "randomise": {"mode": "shuffle", "store_as": "order"},
    },
    "paired_ab": {
        "stem": both("AとBの、どちらの考えに近いですか。", "Which is closer to your view, A or B?"),
        "poles": {"A": both("【一方の考え】", "[One view]"), "B": both("【もう一方の考え】", "[The other view]")},
        "options": [
            *steps(
                both("Aに近い", "Close to A"),
                both("ややAに近い", "Somewhat closer to A"),
                both("ややBに近い", "Somewhat closer to B"),
                both("Bに近い", "Close to B"),
            ),
            dont_know(),
        ],
        "randomise": {"mode": "swap_poles_half", "store_as": "sides"},
    },
    "item_by_item": {
        "stem": both("次のことを、それぞれどのくらい感じますか。", "How strongly do you feel each of the following?"),
        "rows": [
            {"code": "a", "label": both("期待", "Hope")},
            {"code": "b", "label": both("不安", "Worry")},
        ],
        "options": [
            *steps(
                both("強く感じる", "Strongly"),
                both("ある程度感じる", "Somewhat"),
                both("あまり感じない", "Not very much"),
                both("まったく感じない", "Not at all"),
            ),
            dont_know(),
        ],
        "randomise": {"mode": "rows_shuffle", "store_as": "rows"},
    },
    "multiple": {
        "stem": both(
            "【内容】について、あてはまるものをすべて選んでください。", "Please choose all that apply to [subject]."
        ),
        "options": [*steps(*CHOICES, down=False), NONE, dont_know(exclusive=True)],
        "randomise": {"mode": "shuffle", "store_as": "order"},
    },
    "rank_top_k": {
        "stem": both(
            "【内容】について、大切だと思うものから順に二つまで選んでください。",
            "Please choose up to two for [subject], the most important first.",
        ),
        "k": 2,
        "options": [*steps(*CHOICES, down=False), NONE, dont_know(exclusive=True)],
        "randomise": {"mode": "shuffle", "store_as": "order"},
    },
    "scale": {
        "stem": both(
            "【内容】に、どのくらい満足していますか、または不満ですか。",
            "How satisfied or dissatisfied are you with [subject]?",
        ),
        "minimum": 0,
        "maximum": 10,
        "low_label": both("とても不満", "Very dissatisfied"),
        "high_label": both("とても満足", "Very satisfied"),
        "options": [dont_know()],
    },
    "open_text": {
        "stem": both("その理由をひとことで教えてください。（任意）", "In a few words, why do you think so? (optional)"),
        "help": both(
            "お名前や連絡先など、個人がわかることは書かないでください。",
            "Please leave out names, contact details and anything else that identifies a person.",
        ),
        "max_chars": 200,
        "skip_label": both("書かずに次へ", "Skip"),
    },
    "number": {
        "stem": both("【内容】は、どのくらいですか。", "How much [subject] is it?"),
        "minimum": 0,
        "unit": both("回", "times"),
    },
    "date": {"stem": both("【内容】は、いつでしたか。", "When was [subject]?")},
}
CONSENT = both("個人が特定されない形で、引用してもかまいません。", "You may quote this without identifying me.")
LABELS: Mapping[str, Text] = {
    "dont_know": both("わからない", "Don't know"),
    "prefer_not": both("答えたくない", "Prefer not to say"),
    "own_words": both("その他", "Something else"),
    "none": both("どれもない", "None of these"),
}


def said_in(content: Any, languages: Sequence[str]) -> Any:
    """The same with its texts in these languages only."""
    if isinstance(content, Mapping):
        if set(content) == {"ja", "en"}:
            return {language: content.get(language, "") for language in languages}
        return {key: said_in(each, languages) for key, each in content.items()}
    return [said_in(each, languages) for each in content] if isinstance(content, list) else content
