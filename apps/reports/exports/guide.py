"""The README of a bundle, in both languages."""

from apps.reports.exports.codebook import period, plain
from apps.reports.exports.responses import Responses
from apps.reports.exports.wording import SIMULATED, said

JAPANESE = """\
# {title}

{warning}回答数 {responses}、期間 {period}。

| ファイル | 内容 |
|---|---|
| responses.csv | 回答（一行が一つの回答。コードと、その意味） |
| responses.parquet | 同じ回答を型つきで（意味は各列のメタデータに） |
| codebook.ja.md、codebook.en.md、codebook.json | 各列とコードの意味 |
| ddi.xml | DDI-Codebook 2.5による記述 |
| questionnaire-v*.json | 質問票の全文（版ごと） |
| counts.json | コードごとの回答数 |
| rebuild_counts.py | 回答から counts.json を作り直して照合するプログラム（Pythonとnumpyだけで動きます） |
| report/report.json | 報告書の全数値 |
| report/rebuild_report.py | 回答から report.json を作り直して照合するプログラム（numpy、scipy、highspyが要ります） |
| report/code/ | その計算のコード |
| report/beside.json | 回答のほかに計算が使う値（投票、表示時間、文章による部分はここから写します） |
{debate}| settings.json | この書き出しの設定、乱数の種、プログラムの版 |
| checksums.txt | SHA-256 |

確認のしかた：`sha256sum -c checksums.txt`、`python rebuild_counts.py`、`python report/rebuild_report.py`
"""
ENGLISH = """
---

# {title}

{warning}{responses} responses, {period}.

| File | What it holds |
|---|---|
| responses.csv | The answers: one row a response, codes and what they mean |
| responses.parquet | The same answers with types; what codes mean stands in the metadata of the columns |
| codebook.ja.md, codebook.en.md, codebook.json | What each column and code means |
| ddi.xml | The description as DDI-Codebook 2.5 |
| questionnaire-v*.json | The whole questionnaire, version by version |
| counts.json | How often each code was answered |
| rebuild_counts.py | Makes counts.json again from the answers and compares (needs only Python and numpy) |
| report/report.json | All numbers of the report |
| report/rebuild_report.py | Makes report.json again from the answers and compares (needs numpy, scipy and highspy) |
| report/code/ | The code that counts |
| report/beside.json | What it needs besides; parts that rest on votes, times or words are taken from here |
{debate}| settings.json | Settings, seed and code version of this export |
| checksums.txt | SHA-256 |

To check: `sha256sum -c checksums.txt`, `python rebuild_counts.py`, `python report/rebuild_report.py`
"""


DEBATE = {
    "ja": "| debate/ | 意見、投票、提示、意見地図の位置とコードブック。人の番号は回答の番号と結びつきません |\n",
    "en": "| debate/ | Statements, votes, what was shown, places on the map, with a codebook. Its readers cannot be"
    " joined with the responses |\n",
}


def guide(responses: Responses, *, debated: bool) -> bytes:
    return "".join(
        text.format(
            title=plain(said(responses.inquiry.title, language)),
            warning=f"**{said(SIMULATED, language)}**\n\n" if responses.simulated else "",
            responses=f"{len(responses):,}",
            period=period(responses),
            debate=DEBATE[language] if debated else "",
        )
        for text, language in ((JAPANESE, "ja"), (ENGLISH, "en"))
    ).encode()
