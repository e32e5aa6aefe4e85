"""The words of a report: what it may not claim, and what it only quotes."""

import pytest

from apps.accounts.models import Publication
from apps.inquiries.models import Inquiry
from apps.reports.report.wording import forbidden_in, own_words, quoted_in, without
from apps.surveys.actions import publish_version
from tests.reports.factories import make_inquiry
from tests.reports.report.factories import a_crowd, told
from tests.reports.report.publishing.editions import published, reasons, told_all
from tests.responses.factories import built_in_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "国民の声が分かりました"),
        ("ja", "国民の皆さんの率直な意見"),
        ("ja", "日本人の約６割が賛成"),
        ("ja", "世論調査の結果です"),
        ("en", "A representative picture"),
        ("en", "The margin of error is 3 points"),
        ("en", "60% of readers agree"),
        ("en", "The margin\nof  error is known"),
        ("en", "ＭＡＲＧＩＮ-ＯＦ-ＥＲＲＯＲ"),
        ("en", "Its representativeness is known"),
        ("en", "As opinion polls do"),
        ("ja", "標本誤差 ± 3%です"),
        ("ja", "読者の６０％が賛成です"),
    ],
)
def test_words_that_claim_too_much_are_refused(inquiry, language, text):
    assert reasons(inquiry, notes={language: text}) == ["words"]


@pytest.mark.parametrize(
    "text",
    ["国民の祝日への意見", "国民の権利と義務", "国民の生活を考える", "日本人の名前", "国民の健康と安全"],
)
def test_a_title_may_speak_of_a_people_without_claiming_what_it_thinks(text):
    assert forbidden_in([text]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国民の率直な気持ち", "国民の率直な気持ち"),
        ("国民の\n本当の声です", "国民の 本当の声"),
        ("国民の過半数が反対", "国民の過半数"),
        ("日本人のうち3人に1人", "日本人のうち3人"),
        ("国民の意識調査", "国民の意識"),
        ("国民の多くは知らない", "国民の多く"),
    ],
)
def test_what_a_people_thinks_and_how_many_of_it_is_a_claim(text, words):
    assert [each.words for each in forbidden_in([text])] == [words]


def test_what_a_report_quotes_is_not_its_own_claim():
    document = built_in_document()
    document["title"]["ja"] = "国民の声は、政治に届いていますか。"
    document["items"][0]["stem"] = {"ja": "国民の声は届いていますか。", "en": "Is a representative assembly enough?"}
    document["items"][0]["options"][0]["label"]["en"] = "A representative one"
    made = make_inquiry()
    publish_version(inquiry=made, document=document)
    a_crowd(made, 40)
    told_all(made)
    Publication.objects.update(operator="世論調査を学ぶ会")

    frozen = published(Inquiry.objects.get(pk=made.pk))

    texts = "".join(forbidden.text for forbidden in forbidden_in(own_words(told(made, "ja", frozen.content))))
    assert "国民の声" in texts
    assert "世論調査を学ぶ会" in texts


def test_a_sentence_around_a_quotation_is_still_looked_at():
    quoted = quoted_in({"title": {"en": "A representative house?", "ja": "家"}}, ["国民の声の会"])

    assert quoted == ["A representative house", "国民の声の会"]
    assert forbidden_in([without("“A representative house”: 国民の声の会", quoted)]) == []
    assert [each.words for each in forbidden_in([without("A representative house is representative", quoted)])] == [
        "representative"
    ]
