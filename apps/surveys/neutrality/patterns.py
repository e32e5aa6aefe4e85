"""The words by which a text is judged. Lists of our own; each entry is a pattern in the language of the text."""
# ruff: noqa: E501 - tables of words

import re
from collections.abc import Mapping

Pair = tuple[re.Pattern[str], re.Pattern[str]]


def words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def english(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns), re.IGNORECASE)


# Both ends of what a scale may ask for: a stem that names one of them should name the other.
POLES: Mapping[str, tuple[Pair, ...]] = {
    "ja": tuple(
        (re.compile(one), re.compile(other))
        for one, other in (
            ("望ましい", "望ましくな|好ましくな"),
            ("賛成|(?<!不)支持(?!しな|できな)", "反対|不支持|支持しな|支持できな"),
            ("(?:良い|よい|いい)と(?:思|考|感)", "悪い|わるい|良くな|よくな"),
            (r"(?<!不)必要(?!な[いく]|では?な)", "不要|不必要|必要な[いく]|必要では?な"),
            (r"(?<!不)満足(?!して(?:い)?な)", "不満|満足して(?:い)?な"),
            (r"(?<!不)安全", "危険|安全では?な|危な"),
            ("プラス", "マイナス"),
            ("(?<!デ)メリット", "デメリット"),
            (r"(?<!不)公平", "不公平"),
            (r"(?<!不)公正", "不公正"),
            ("好き", "嫌い|きらい"),
            (r"(?<!不)信頼(?!できな|して(?:い)?な)", "不信|信頼できな|信頼して(?:い)?な"),
            ("楽観", "悲観"),
            (r"(?<!不)十分", "不十分|十分では?な"),
        )
    ),
    "en": tuple(
        (english(one), english(other))
        for one, other in (
            ("(?<!not )desirable", "undesirable|not desirable"),
            ("(?<!not )agree", "disagree|not agree"),
            ("favou?r|in favou?r|support", "oppose|against|opposed"),
            ("good|better", "bad|worse|poor"),
            ("satisfied|satisfactory", "dissatisfied|unsatisfied|unsatisfactory"),
            ("(?<!not )necessary", "unnecessary|not necessary"),
            ("safe", "unsafe|dangerous|risky"),
            ("plus", "minus"),
            ("(?<!not )fair", "unfair|not fair"),
            ("approve", "disapprove"),
            ("benefits?|beneficial", "harms?|harmful|drawbacks?"),
            ("advantages?", "disadvantages?"),
            ("optimistic", "pessimistic"),
            ("sufficient|enough", "insufficient|not enough|too little|too few"),
            ("right", "wrong"),
        )
    ),
}

# Words of an option that say which side of a scale it is on, beyond the poles above.
EVALUATION: Mapping[str, Pair] = {
    "ja": (
        words("すばらし", "素晴らし", "優れ", "良い$", "よい$", "^良い", "^よい"),
        words("悪い", "わるい", "ひどい", "良くな", "よくな", "劣"),
    ),
    "en": (
        english("excellent", "great", "good", "very good", "outstanding"),
        english("poor", "bad", "terrible", "awful"),
    ),
}

LEADING: Mapping[str, re.Pattern[str]] = {
    "ja": words(
        "当然", "もちろん", "やはり", "やっぱり", "さすがに", "言うまでもな", "いうまでもな", "ご存[じ知]の(?:とおり|通り|よう)", "周知の", "明らかに", "明白",
        "常識", "まさか", "せっかく", "残念ながら", "幸い(?:に|な)", "多くの(?:専門家|人)が(?:認め|指摘|心配|期待)", "思いませんか", "感じませんか", "ではありませんか", "ではないでしょうか", "べきでは",
        "深刻な", "恐ろし", "無責任", "横暴", "暴走", "独裁", "強引", "画期的", "素晴らし", "すばらし", "許せな", "愚か", "英断", "卑劣", "悪質",
    ),
    "en": english(
        "obviously", "of course", "clearly", "surely", "naturally", "undoubtedly", "certainly", "needless to say",
        "as (?:everyone|everybody) knows", "as you (?:may )?know", "don['’]t you (?:think|agree)", "wouldn['’]t you (?:say|agree)",
        "isn['’]t it", "(?:most|many|leading) experts", "common sense", "unfortunately", "sadly", "luckily", "alarming", "outrageous",
        "disastrous", "reckless", "ruthless", "greedy", "shocking", "horrible", "groundbreaking", "wonderful", "brilliant idea", "tragic",
    ),
}  # fmt: skip

ABSOLUTE: Mapping[str, re.Pattern[str]] = {
    "ja": words(
        "(?:すべて|全て)(?!選|お選)", "必ず", "絶対", "常に", "いつも", "決して", "一切", "(?:誰|だれ)も(?:が|、)", "完全に", "あらゆる", "例外なく"
    ),
    "en": english(
        "always", "never", "all(?! that apply| of the above)", "every", "everyone", "everybody", "nobody", "no one", "none", "completely",
        "totally", "absolutely", "entirely", "without exception",
    ),
}  # fmt: skip

# Two things asked at once. The first patterns are sure enough for a statement, too; the others are for stems only.
JOINED: Mapping[str, re.Pattern[str]] = {
    "ja": words(
        "および",
        "及び",
        "ならびに",
        "並びに",
        "(?<=[ぁ-んァ-ヶ一-龥])、?かつ(?=[^てお])",
        "と同時に",
        "だけでなく",
        "のみならず",
    ),
    "en": english("as well as", "and/or", "and at the same time", "not only", "along with"),
}
PERHAPS_JOINED: Mapping[str, re.Pattern[str]] = {
    "ja": words("(?<=[ァ-ヶー一-龥])や(?=[ァ-ヶー一-龥])", "し、[^。]*(?:ますか|ですか|でしょうか)"),
    "en": english(r"(?<!between )(?<!\bA )(?<!more )\w+ and (?!B\b|more\b)\w+"),
}

AGREEMENT: Mapping[str, re.Pattern[str]] = {
    "ja": words("そう思", "同意", "あてはま", "当てはま"),
    "en": english("(?:dis)?agree", "true for me", "applies to me"),
}

TWICE_NOT: Mapping[str, re.Pattern[str]] = {
    "ja": words(
        "なくは(?:な|あり)", "ないとは(?:い|言)え", "ないわけでは", "ないこと(?:に|は)?[^。]{0,6}(?:反対|ない|ありません|しません)", "ないと(?:は)?思いません",
        "(?:禁止|反対|廃止|中止)し(?:ない|ません)(?:こと|の)?に(?:反対|賛成)", "ないようにしない",
    ),
    "en": english(
        r"(?:not|n['’]t) (?:un|dis|im|ir|in)(?!clude|crease|form|to|volve|vest|dividual|terest|deed|side|stead)\w{4,}",
        r"(?:not|n['’]t|never)\b[^.?!,]*\b(?:not|n['’]t|without|oppose[sd]?|prohibit(?:ed)?|bann?e?d?|prevent(?:ed)?|refused?)",
        "not without", "not no",
    ),
}  # fmt: skip

PLACEHOLDER = re.compile(r"【[^】]*】|\[[^\]]{2,}\]")
LONGEST_STEM = {"ja": 90, "en": 40}  # characters · words
