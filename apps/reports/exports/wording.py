"""The words of codebooks, in both languages: a file carries both whatever language its maker works in."""

from collections.abc import Mapping

from apps.surveys.definition import Text

ABOUT: Mapping[str, Text] = {
    "response_id": {
        "ja": "回答の番号（この書き出しの中だけで通じる無作為な番号）",
        "en": "Number of the response: random, and good within this export only",
    },
    "version": {"ja": "質問票の版", "en": "Version of the questionnaire"},
    "language": {"ja": "回答した言語", "en": "Language in which it was answered"},
    "day": {"ja": "回答を始めた日", "en": "Day on which the response began"},
    "status": {
        "ja": "回答の完了度（complete＝80%以上、partial＝50〜79%、break_off＝50%未満）",
        "en": "How much was answered (complete: 80% or more; partial: 50-79%; break_off: below 50%)",
    },
    "finished": {"ja": "送信まで進んだか", "en": "Whether the response was sent"},
    "screen": {"ja": "到達した画面", "en": "Furthest screen reached"},
    "device": {"ja": "端末の種類", "en": "Class of device"},
    "simulated": {"ja": "模擬回答か", "en": "Whether the response is simulated"},
}
YES_OR_NO: Mapping[int, Text] = {0: {"ja": "いいえ", "en": "No"}, 1: {"ja": "はい", "en": "Yes"}}
CHOSEN: Mapping[int, Text] = {0: {"ja": "選ばなかった", "en": "Not chosen"}, 1: {"ja": "選んだ", "en": "Chosen"}}
ARMS: Mapping[int, Text] = {
    0: {"ja": "A：投票のあとに、もう一度尋ねる", "en": "A: asked again after voting"},
    1: {"ja": "B：投票の前に、もう一度尋ねる", "en": "B: asked again before voting"},
    2: {"ja": "C：はじめは尋ねず、投票のあとに尋ねる", "en": "C: not asked at first, only after voting"},
}
ORDER: Text = {"ja": "並び順のくじ", "en": "Coin that decided an order"}
LEFT_BLANK: Text = {"ja": "無回答（表示されたが空欄）", "en": "Seen and left blank"}
NOT_SHOWN: Text = {"ja": "非該当（表示されていない）", "en": "Not shown"}
GIVEN: Text = {"ja": "記入あり", "en": "Something was given"}
PLACE: Text = {"ja": "{place}番目", "en": "Place {place}"}
QUOTATION: Text = {"ja": "引用の同意", "en": "Consent to be quoted"}
OWN_WORDS: Text = {"ja": "自由記入", "en": "Own words"}
SEEN: Mapping[int, Text] = {
    0: {"ja": "このテーマはない", "en": "Theme not seen in the text"},
    1: {"ja": "このテーマがある", "en": "Theme seen in the text"},
}
CODED: Text = {
    "ja": "{question}_code_の列は、{question}の文章を人が読んで付けたテーマです。"
    "空のセルは、だれも読んでいないか、二人の見方が分かれたままのものです。",
    "en": "Columns {question}_code_…: themes that people saw in the texts of {question}. An empty cell: nobody has read"
    " the text, or two people differ and it is not settled.",
}
AGREEMENT: Text = {
    "ja": "二人が互いの結果を見ずに分類した{texts}件のうち、{alike}%が一致しました。",
    "en": "Of {texts} texts that two people read without knowing of each other, {alike}% were seen alike.",
}
COEFFICIENT: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "kappa": "コーエンのκは{value}（95%区間 {low}〜{high}）です。",
        "alpha": "クリッペンドルフのαは{value}（95%区間 {low}〜{high}）です。",
    },
    "en": {
        "kappa": "Cohen's kappa is {value} (95%: {low} to {high}).",
        "alpha": "Krippendorff's alpha is {value} (95%: {low} to {high}).",
    },
}
SIGN: Text = {"ja": "回答のしかたの印", "en": "Sign in how it was answered"}
SIGNS: Text = {
    "ja": "flag_…の列は、急いだ回答や機械による回答の印です。印があっても、除くべき回答とは限りません。"
    "1は当てはまることを、0は当てはまらないか、その人については判断できないことを表します。"
    "空の列は、だれについても判断できなかったものです。画面の表示時間、人には見えない記入欄、書かれた文章から求めています"
    "（表示時間そのものは含みません）。期限を過ぎて文章が消えると、文章による印も付きません。"
    "投票から分かる印は、回答と投票を結びつけてしまうため含みません。",
    "en": "Columns flag_…: signs that an answer was given in haste or by a machine. A sign alone is no reason to drop"
    " an answer. 1: it applies; 0: it does not, or nothing can be said of this reader; an empty column: nothing can be"
    " said of anybody. They rest on times in view (not in the file), a field that people do not see, and what was"
    " written; once words are past their time and gone, they leave no sign. Signs that rest on votes are left out: they"
    " would join answers with votes.",
}
TOO_MANY_FOR_SIGNS: Text = {
    "ja": "回答が10万件を超えるため、急いだ回答などの印（flag_…の列）は付けていません。件数は編集デスクで見られます。",
    "en": "More than 100,000 answers: columns with signs of haste (flag_…) are left out. The desk counts the signs.",
}
SIMULATED: Text = {
    "ja": "この書き出しには、人ではなくプログラムが作った模擬回答が含まれます。調査の結果として使わないでください。",
    "en": "This export holds simulated answers, made by a program and not by people. Do not use it as findings.",
}
NOTES: Mapping[str, tuple[str, ...]] = {
    "ja": (
        "一行が一つの回答です。行の順序は回答の内容によるもので、だれがいつ答えたかとは関係がありません。",
        "回答の番号は書き出しのたびにくじで決め直すため、別の書き出しや回答者とは結びつきません。",
        "97は「表示されたが空欄」、98は「わからない」、99は「答えたくない」です。空のセルは「表示されていない」を表します。",
        "日付は日までです。時刻、IPアドレス、ブラウザーの種類は記録していません。",
        "どのサイトから来たかは表示回数として集計するだけで、個々の回答とは結びつけていません。",
        "削除された回答は含まれません。",
        "参加者は自ら参加した人たちで、無作為に選ばれた標本ではないため、標本誤差は計算できません。",
        "CSVでは、表計算ソフトが数式と読みうる文字列と、アポストロフィで始まる文字列の前に、アポストロフィを一つ加えています。",
    ),
    "en": (
        "One row is one response. Rows are ordered by what was answered, which says nothing of who answered when.",
        "Numbers of responses are drawn anew for each export and lead neither to another export nor to a reader.",
        "97: seen and left blank; 98: don't know; 99: prefer not to say. An empty cell: the question was not shown.",
        "Days only. No time of day, no address and no browser is kept.",
        "Where readers came from is counted with the views of pages and not tied to any response.",
        "Responses that were deleted are not included.",
        "Participants chose to take part; they are not a random sample, and no margin of sampling error can be given.",
        "In CSV, texts that a spreadsheet could take for a formula or that begin with an apostrophe stand behind one.",
    ),
}


HEADINGS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "codebook": "コードブック",
        "responses": "回答数",
        "period": "回答の期間",
        "versions": "質問票の版（新しい順）",
        "code": "コード",
        "label": "意味",
        "missing": "欠測",
        "retired": "出すのをやめた選択肢",
        "column": "列",
        "question": "設問・説明",
        "data": "回答",
        "about": "説明",
    },
    "en": {
        "codebook": "Codebook",
        "responses": "Responses",
        "period": "Period",
        "versions": "Versions of the questionnaire, newest first",
        "code": "Code",
        "label": "Meaning",
        "missing": "missing",
        "retired": "retired option",
        "column": "Column",
        "question": "Question or explanation",
        "data": "Responses",
        "about": "About",
    },
}
TYPES: Mapping[str, Text] = {
    "id": {"ja": "番号（文字列）", "en": "Number, as text"},
    "word": {"ja": "区分", "en": "Category"},
    "day": {"ja": "日付", "en": "Date"},
    "code": {"ja": "コード（整数）", "en": "Code, a whole number"},
    "number": {"ja": "数値", "en": "Number"},
    "date": {"ja": "日付", "en": "Date"},
    "text": {"ja": "文字列", "en": "Text"},
}


def joined(first: Text, second: Text, between: str = " — ") -> Text:
    """Two texts as one, in every language that the first has."""
    return {name: f"{text}{between}{said(second, name)}" for name, text in first.items()}


def said(text: Text, language: str) -> str:
    """In a language, else in the first that there is."""
    return text.get(language) or next(iter(text.values()), "")
