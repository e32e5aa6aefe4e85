"""Publishing: what was seen is kept for good, and nothing is kept that may not be published."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from apps.accounts.models import AuditEntry, Publication
from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import Inquiry, PrivacyProfile, ResultsShown, State
from apps.reports.models import Calculation, FrozenReport
from apps.reports.report.method_notes import NOTES
from apps.reports.report.publishing import (
    KIND,
    NotPublished,
    ask_for_edition,
    change_method_notes,
    publish_report,
)
from apps.reports.report.wording import forbidden_in, own_words, quoted_in, without
from apps.reports.tasks import make_calculation
from apps.responses.actions import erase_response
from apps.responses.models import Response
from apps.surveys.actions import publish_version
from apps.surveys.definition import document_hash
from tests.reports.factories import answer_as, make_inquiry, publish
from tests.reports.report.factories import a_crowd, told
from tests.responses.factories import built_in_document

pytestmark = pytest.mark.django_db


def ready(inquiry: Inquiry) -> str:
    """The edition as the worker makes it; its hash."""
    ask_for_edition(inquiry)
    make_calculation(calculation_id=Calculation.objects.get(inquiry=inquiry, kind=KIND).pk)
    return document_hash(Calculation.objects.get(inquiry=inquiry, kind=KIND).content)


def told_all(inquiry: Inquiry) -> None:
    Publication.objects.update(operator="The Bridge", funder="The Bridge", contact="desk@bridge.example")
    change_method_notes(inquiry=inquiry, notes={note.name: {"ja": "特になし", "en": "nothing"} for note in NOTES})


@pytest.fixture
def inquiry():
    made = make_inquiry()
    a_crowd(made, 40)
    told_all(made)
    return Inquiry.objects.get(pk=made.pk)


def published(inquiry, **changes):
    return publish_report(inquiry=inquiry, **{"sha256": ready(inquiry), "title": {}, "notes": {}, **changes})


def reasons(inquiry, **changes):
    with pytest.raises(NotPublished) as refused:
        published(inquiry, **changes)
    assert not FrozenReport.objects.exists()
    return [each.code for each in refused.value.obstacles]


def test_a_report_is_kept_as_it_was_seen_with_its_hash_and_an_entry_in_the_log(inquiry):
    frozen = published(inquiry, title={"en": "First"}, notes={"en": "All well."})

    frozen.refresh_from_db()
    assert (frozen.number, frozen.title, frozen.sha256) == (1, {"en": "First"}, document_hash(frozen.content))
    assert frozen.content["settings"] == {"draws": 100_000, "seed": 1}
    assert frozen.content["answered"] == 40
    entry = AuditEntry.objects.get(action="report.published")
    assert (entry.target, entry.detail["number"], entry.detail["sha256"]) == (inquiry.slug, 1, frozen.sha256)


def test_pressed_twice_it_is_published_once(inquiry):
    sha256 = ready(inquiry)

    first, again = (publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={}) for _press in range(2))

    assert first == again
    assert FrozenReport.objects.count() == AuditEntry.objects.filter(action="report.published").count() == 1


@pytest.mark.parametrize("change", ["UPDATE reports_frozenreport SET title = '{}'", "DELETE FROM reports_frozenreport"])
def test_the_database_refuses_to_change_or_forget_it(inquiry, change):
    from django.db import connection

    published(inquiry)

    with pytest.raises((InternalError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_what_the_editors_have_not_said_is_named(inquiry):
    change_method_notes(
        inquiry=inquiry, notes={"purpose": {"ja": "記事のため", "en": "an article"}, "pretest": {"ja": "した"}}
    )
    Publication.objects.update(funder="")

    with pytest.raises(NotPublished) as refused:
        published(Inquiry.objects.get(pk=inquiry.pk))

    (missing,) = refused.value.obstacles
    wanted = ["funder", "placements", "incentive", "translation", "pretest", "ai_use", "responsible"]
    assert (missing.code, missing.detail["missing"]) == ("method", wanted)


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


def test_nothing_is_published_of_a_draft_before_an_election_closes_or_of_too_few(inquiry):
    Inquiry.objects.update(state=State.ARCHIVED)
    assert reasons(Inquiry.objects.get(pk=inquiry.pk)) == ["not_public"]
    Inquiry.objects.update(state=State.OPEN, results_shown=ResultsShown.AFTER_CLOSE)
    assert reasons(Inquiry.objects.get(pk=inquiry.pk)) == ["after_close"]


def test_too_few_readers_make_no_report():
    small = make_inquiry()
    told_all(small)
    a_crowd(small, 9)

    assert reasons(Inquiry.objects.get(pk=small.pk)) == ["too_few"]


def test_no_difference_between_two_publications_shows_a_single_reader(inquiry):
    publish(inquiry, force=True)
    answer_as(inquiry, 500, {"Q1": 1})

    assert reasons(inquiry) == ["too_soon"]
    for number in range(501, 505):
        answer_as(inquiry, number, {"Q1": 1})
    assert published(inquiry).number == 1
    answer_as(inquiry, 600, {"Q1": 1})
    publish(inquiry, force=True)
    with pytest.raises(NotPublished):
        published(inquiry)


def later(inquiry, **waited):
    """Whatever was published so far is as old as that."""
    from django.db import connection

    with connection.cursor() as cursor:  # nothing but a test changes a published report: triggers are passed by
        cursor.execute("SET LOCAL session_replication_role = replica")
        FrozenReport.objects.update(published_at=timezone.now() - timedelta(**waited))
        cursor.execute("SET LOCAL session_replication_role = origin")


def epoch_after(inquiry, seconds=120):
    return publish(inquiry, now=timezone.now() + timedelta(seconds=seconds))


def test_the_next_epoch_is_as_far_from_a_report_as_from_the_last_epoch(inquiry):
    """Six come before the report and one behind it: seven since the epoch, but one since the report."""
    publish(inquiry, force=True)
    for number in range(500, 506):
        answer_as(inquiry, number, {"Q1": 1})
    assert published(inquiry).answered == 46
    answer_as(inquiry, 600, {"Q1": 2})

    assert epoch_after(inquiry) is None
    for number in range(601, 605):
        answer_as(inquiry, number, {"Q1": 2})
    assert epoch_after(inquiry).answered == 51


def test_erased_answers_leave_the_results_though_a_report_still_counts_them(inquiry):
    """After a day, as where there is no report: then it is no longer known whose they were."""
    publish(inquiry, force=True)
    published(inquiry)
    erase_response(pseudonym=bytes(Response.objects.filter(inquiry=inquiry).first().pk))

    assert epoch_after(inquiry) is None
    assert epoch_after(inquiry, seconds=86_400 + 60).answered == 39


def test_an_epoch_of_the_reports_own_answers_may_follow_at_once(inquiry):
    published(inquiry)

    assert epoch_after(inquiry).answered == 40


def test_an_epoch_that_came_while_the_report_was_looked_at_is_as_far_from_it(inquiry):
    sha256 = ready(inquiry)
    answer_as(inquiry, 500, {"Q1": 1})
    publish(inquiry, force=True)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [(each.code, each.detail) for each in refused.value.obstacles] == [("too_soon", {"fewest": 5})]


def test_between_two_reports_lies_a_group_and_who_only_changed_an_answer_counts(inquiry):
    """As many readers before and behind, and yet one answer less and another one more."""
    published(inquiry)
    later(inquiry, hours=1)
    for number in range(9):
        answer_as(inquiry, number, {"Q1": 5 - number % 2})

    with pytest.raises(NotPublished) as refused:
        published(inquiry)
    assert [(each.code, each.detail) for each in refused.value.obstacles] == [("too_soon", {"fewest": 10})]
    answer_as(inquiry, 9, {"Q1": 1})
    assert published(inquiry).number == 2


def test_an_erasure_between_two_reports_waits_for_a_day(inquiry):
    published(inquiry)
    erase_response(pseudonym=bytes(Response.objects.filter(inquiry=inquiry).first().pk))
    answer_as(inquiry, 500, {"Q1": 1})

    with pytest.raises(NotPublished):
        published(inquiry)
    later(inquiry, days=1)
    assert published(inquiry).number == 2


def test_what_has_changed_since_it_was_seen_is_not_published(inquiry):
    sha256 = ready(inquiry)
    for number in range(500, 510):
        answer_as(inquiry, number, {"Q1": 1})
    ready(inquiry)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [each.code for each in refused.value.obstacles] == ["another"]


def test_a_report_of_before_keeps_stricter_results_waiting_for_a_day_at_most(inquiry):
    """Nothing is shown until they are there, and perhaps nobody answers any more."""
    publish(inquiry)
    published(inquiry)
    for number in range(500, 503):
        answer_as(inquiry, number, {"Q1": 1})
    strict = set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    assert publish(strict, now=timezone.now() + timedelta(hours=20)) is None
    assert publish(strict, now=timezone.now() + timedelta(hours=25)).profile == "strict"


def test_what_was_seen_before_the_profile_became_stricter_is_not_published(inquiry):
    sha256 = ready(inquiry)
    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    with pytest.raises(NotPublished) as refused:
        publish_report(inquiry=inquiry, sha256=sha256, title={}, notes={})

    assert [each.code for each in refused.value.obstacles] == ["another"]


def test_a_correction_is_a_new_report_that_the_old_one_points_to(inquiry):
    first = published(inquiry)
    second = published(inquiry, notes={"en": "A wrong title was mended."}, corrects=first)
    reader = Client(headers={"accept-language": "en"})

    old, new = (reader.get(f"/q/{inquiry.slug}/report/{each.number}/").content.decode() for each in (first, second))

    assert "This report was corrected by a later one." in old
    assert "It takes the place of an earlier one." in new
    assert "A wrong title was mended." in new


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everybody_reads_it_with_version_and_hash_and_is_led_to_it(inquiry, language):
    frozen = published(inquiry)
    publish(inquiry, force=True)
    reader = Client()

    page = reader.get(f"/q/{inquiry.slug}/report/1/?lang={language}")

    html = page.content.decode()
    assert page.status_code == 200
    assert frozen.sha256 in html
    assert f'<html lang="{language}">' in html
    assert page.headers["ETag"]
    assert (
        reader.get(f"/q/{inquiry.slug}/report/1/?lang={language}", headers={"if-none-match": page["ETag"]}).status_code
        == 304
    )
    for path in ("results", "about"):
        assert f"/q/{inquiry.slug}/report/1/" in reader.get(f"/q/{inquiry.slug}/{path}/").content.decode()


def test_it_leaks_through_no_door(inquiry):
    published(inquiry)
    reader, path = Client(), f"/q/{inquiry.slug}/report/1/"

    assert [reader.get(f"/q/{inquiry.slug}/report/{each}/").status_code for each in (2, 0, 10**20)] == [404] * 3
    assert reader.get("/q/another/report/1/").status_code == 404
    Inquiry.objects.update(state=State.ARCHIVED)
    assert reader.get(path).status_code == 404
    Inquiry.objects.update(state=State.OPEN, results_shown=ResultsShown.AFTER_CLOSE)
    assert reader.get(path).status_code == 404
    Inquiry.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert reader.get(path).status_code == 200


def test_later_answers_and_words_change_nothing_in_it(inquiry):
    frozen, before = published(inquiry), Client().get(f"/q/{inquiry.slug}/report/1/?lang=en").content
    for number in range(500, 520):
        answer_as(inquiry, number, {"Q1": 1})
    change_method_notes(inquiry=inquiry, notes={})

    assert Client().get(f"/q/{inquiry.slug}/report/1/?lang=en").content == before
    assert document_hash(FrozenReport.objects.get().content) == frozen.sha256


def test_a_report_from_before_a_part_was_thought_of_is_still_told(inquiry):
    content = {**(frozen := published(inquiry)).content}
    content["parts"] = {name: content["parts"][name] for name in ("questions", "ways")}
    FrozenReport.objects.create(
        inquiry=inquiry, number=2, version=frozen.version, content=content, sha256="0" * 64, code_version="older"
    )

    page = Client().get(f"/q/{inquiry.slug}/report/2/")

    assert page.status_code == 200
    assert 'id="Q1"' in page.content.decode()
