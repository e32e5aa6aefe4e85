import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.debates.personal import Kind, kinds_in, personal_data_in
from tests.inquiries.test_content import CONTENT

HELD = {
    "mail": [
        "連絡はtaro.yamada+ai@example.co.jpまで",
        "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ に送って",
        "taro (at) example.com",
        "taro[at]example[dot]com",
        "taro at example dot com",
        "taroアットマークexample.com",
        "山田@例え.jp へ",
        "taro@example",
        "https://taro:secret@files.example.com/",
    ],
    "phone": [
        "電話は090-1234-5678です",
        "０９０−１２３４−５６７８",
        "〇九〇ー一二三四ー五六七八",
        "09012345678にかけて",
        "090 1234 5678",
        "090の1234の5678",
        "0 9 0 1 2 3 4 5 6 7 8",
        "０・９・０・１・２・３・４・５・６・７・８",
        "0️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "٠٩٠-١٢٣٤-٥٦٧٨",
        "⓪⑨⓪①②③④⑤⑥⑦⑧",
        "03(1234)5678",
        "(03) 1234-5678",
        "0120-123-456",
        "０４５ー１２３ー４５６７",
        "+81 90-1234-5678",
        "+81-3-1234-5678",
        "+1 (415) 555-2671",
        "+442071838750",
        "Call 415-555-2671 now",
        "(415) 555-2671",
        "tel: 555-1234",
    ],
    "number": [
        "マイナンバーは123456789018です",
        "１２３４　５６７８　９０１８",
        "1234-5678-9018",
        "一二三四五六七八九〇一八",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "378282246310005",
        "口座番号1234567の山田さん",
        "学籍番号は20231234",
        "パスポートTR1234567",
        "在留カードAB12345678CD",
        "SSN 123-45-6789",
        "DE89 3704 0044 0532 0130 00",
        "His ID is 8837261",
    ],
    "address": [
        "〒100-0013の人",
        "郵便番号1000013",
        "100-0013 東京都千代田区",
        "千代田区霞が関1-2-3に住む",
        "渋谷区神南一丁目二番三号の家",
        "北区中里１−２３−４",
        "She lives at 12 Elm Street in town",
    ],
    "account": [
        "@taro_yamadaはうそつき",
        "＠ｔａｒｏに聞け",
        "https://x.com/taro_y を見て",
        "twitter.com/taro",
        "https://example.com/users/taro",
        "https://example.com/@taro",
        "https://example.com/p?id=123",
        "LINE ID: taro1234",
        "インスタのアカウントはtaro.y",
    ],
}
PASSES = [
    "100,000 GPUを数か月でつないだ。",
    "１００，０００台のGPU",
    "2024年から2025年までに8,000億ドルを超えた。",
    "2020-2021の予算は1,234,567円だ",
    "2020 2021 2022と続いた",
    "2026-11-25に決まった",
    "2026/11/25 10:30:00に決まった",
    "憲法第9条第2項を守るべきだ",
    "刑法第230条の2第1項",
    "ISO 27001とJIS X 8341-3:2016に従うべきだ",
    "100000000000円は多すぎる",
    "1000000000000 yen is too much",
    "３０万人の１２．５％が賛成した",
    "3.14159265358979は円周率だ",
    "50-50で分けるべきだ",
    "1-2割の人だけが得をする",
    "市町村の2-3割が困っている",
    "銀座4丁目の再開発に反対だ",
    "一人が二社を三年で四倍にした",
    "一つ一つ、三三五五、四の五の言わず",
    "AIはA@Bのように書く記号だ",
    "3個@100円で売る",
    "詳しくは https://example.com/report/2026 を読むべきだ",
    "GPT-4 and Claude 3.5 differ",
    "RFC 9110 and IPv4 192.168.0.1 are public",
    "The 3 largest firms own 95.5% of 1,200,000,000 users",
    "It costs $100,000,000,000 by 2030",
    "Look at example.com for more",
    "Take your account of 10 years",
    "Wall Street should not decide",
    "0.123456789の確率で起きる",
    "電話より手紙がよい",
    "番号制度は100年続く",
    "内線も会員も減らすべきだ",
    "0から9までの数字は1 2 3 4 5 6 7 8 9だ",
    "①早い ②安い ③うまい",
    "9.11も3.11も忘れない",
    "令和八年十一月二十五日",
    "Rule 110 and form 1040 and section 230",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HELD.items() for text in texts])
def test_personal_data_is_found(kind, text):
    assert kind in kinds_in(text)


@pytest.mark.parametrize("text", PASSES)
def test_numbers_and_names_of_things_pass(text):
    assert personal_data_in(text) == ()


def test_statements_that_ship_inside_pass():
    texts = [entry[language] for entry in CONTENT["statements"] for language in ("ja", "en")]

    assert [text for text in texts if personal_data_in(text)] == []


def test_finding_says_where_it_is_in_the_text_as_it_was_written():
    text = "電話は㈱０９０−１２３４−５６７８、またはa@b.jpへ"

    found = [(finding.kind, text[finding.start : finding.end]) for finding in personal_data_in(text)]

    assert found == [(Kind.PHONE, "０９０−１２３４−５６７８"), (Kind.MAIL, "a@b.jp")]


def test_each_kind_is_named_once():
    assert kinds_in("a@b.jp c@d.jp 090-1234-5678") == ["mail", "phone"]


NOISE = st.text(max_size=80)
DIGITS = st.text("0123456789", min_size=4, max_size=4)


@given(NOISE)
def test_any_text_is_read_and_findings_lie_inside_it(text):
    found = personal_data_in(text)

    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert [finding.start for finding in found] == sorted(finding.start for finding in found)


WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
KANJI = str.maketrans("0123456789-", "〇一二三四五六七八九ー")


@given(st.sampled_from("789"), DIGITS, DIGITS, st.sampled_from([{}, WIDE, KANJI]), st.sampled_from(["-", " ", ""]))
def test_any_mobile_number_is_found_however_it_is_written(first, middle, last, written, between):
    number = between.join([f"0{first}0", middle, last])

    assert kinds_in(f"電話は{number.translate(written)}。") == ["phone"]


@given(st.integers(0, 10**9), st.sampled_from(["円", "ドル", "人", " GPUs"]))
def test_any_amount_with_commas_passes(amount, unit):
    assert personal_data_in(f"その額は{amount:,}{unit}だ") == ()


@given(st.integers(1800, 2099), st.integers(1, 12), st.integers(1, 31), st.sampled_from("-/."))
def test_any_date_passes(year, month, day, between):
    assert personal_data_in(f"{year}{between}{month:02}{between}{day:02}に決めた") == ()
