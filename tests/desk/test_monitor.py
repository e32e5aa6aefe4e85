"""The monitor of one inquiry: every number on it comes from answers and visits that are known here."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from apps.accounts.models import Role
from apps.desk.figures import by_day, by_hour
from apps.inquiries.actions import set_privacy_profile
from apps.inquiries.models import Inquiry, PrivacyProfile, State
from apps.responses.queries import counts_by_version, log_watermark
from apps.responses.spread import ResponseCounts
from apps.surveys.models import SurveyVersion
from tests.accounts.cast import member, signed_in
from tests.desk.factories import COMPLETE, answer, make_epoch, visits

pytestmark = pytest.mark.django_db

MONITOR = "/desk/inquiries/bridge/"


@pytest.fixture
def desk():
    return signed_in(member(Role.OWNER))


@pytest.fixture
def answered(inquiry: Inquiry) -> Inquiry:
    """Six readers: three sent, one stopped at the second screen, two at the first."""
    answer(inquiry, "one", COMPLETE, finished=True, screen=9)
    answer(inquiry, "two", COMPLETE, finished=True, screen=9, language="en", device="computer")
    answer(inquiry, "three", COMPLETE, finished=True, screen=9, days_ago=2, device="tablet")
    answer(inquiry, "four", {"Q1": 4, "Q1L": 1, "Q2": {"a": 3, "b": 2}}, screen=2, days_ago=2)
    answer(inquiry, "five", {"Q1": 2}, screen=1)
    answer(inquiry, "six", {"Q1": 2}, screen=1, language="en")
    visits(inquiry, "cover", [("", 5), ("note.com", 3), ("x.com", 2)])
    visits(inquiry, "thanks", [("", 2)])
    visits(inquiry, "thanks", [("", 1)], at=timezone.now() - timedelta(hours=5))
    visits(inquiry, "thanks", [("", 40)], at=timezone.now() - timedelta(hours=60))
    return inquiry


def shown(desk, language: str = "en"):
    return desk.get(f"{MONITOR}?lang={language}").context["monitor"]


def test_counts_equal_the_answers(desk, answered):
    monitor = shown(desk)

    assert monitor.counts == ResponseCounts(readers=6, finished=3, complete=3, partial=0, break_off=3, today=4)
    assert (monitor.complete_share, monitor.views, monitor.version) == (50.0, 10, 1)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.OPEN, [True, True, False, False]),
        (State.CLOSED, [False, False, True, False]),
        (State.ARCHIVED, [False, False, False, True]),
    ],
)
def test_what_is_to_come_is_told_only_while_it_can_come(desk, inquiry, state, told):
    Inquiry.objects.update(state=state)

    page = desk.get(f"{MONITOR}?lang=en").content.decode()

    sentences = ("The next results wait for", "Nobody has come by yet", "Nobody has come by.", "Readers do not see")
    assert [sentence in page for sentence in sentences] == told


def test_funnel_counts_who_reached_and_who_stopped_at_each_screen(desk, answered):
    steps = shown(desk).steps

    assert [(step.label.split(" ")[0], step.reached, step.share, step.stopped) for step in steps] == [
        ("Q1", 6, 100.0, 2),
        ("Q2", 4, 66.7, 1),
        *[(question, 3, 50.0, 0) for question in ("Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "B1")],
        ("Answers", 3, 50.0, 0),
    ]


def test_bars_of_the_way_end_in_those_who_stopped_and_the_largest_loss_is_marked(desk, answered):
    page = desk.get(f"{MONITOR}?lang=en")

    steps, html = page.context["monitor"].steps, page.content.decode()
    assert [(step.kept, step.lost, step.most) for step in steps[:3]] == [
        (66.7, 33.3, True),
        (50.0, 16.7, False),
        (50.0, 0.0, False),
    ]
    assert all(round(step.kept + step.lost, 1) == step.share for step in steps)
    assert html.count('class="lost" x="66.7%" width="33.3%"') == 1
    assert html.count('class="mark-most"') == 1


def test_answers_over_time_equal_the_answers(desk, answered):
    monitor = shown(desk)
    today = timezone.localdate()

    days = {moment.at: moment.count for moment in monitor.days.moments if moment.count}
    hours = [moment.count for moment in monitor.hours.moments if moment.count]
    assert days == {today: 4, today - timedelta(days=2): 2}
    assert (len(monitor.days.moments), monitor.days.total, monitor.days.earlier) == (14, 6, 0)
    assert (hours, len(monitor.hours.moments)) == ([1, 2], 48)


def test_sources_devices_and_languages_equal_visits_and_answers(desk, answered):
    monitor = shown(desk)

    assert [(bar.label, bar.count, bar.share, bar.width) for bar in monitor.sources] == [
        ("Direct, or not told", 5, 50.0, 100.0),
        ("note.com", 3, 30.0, 60.0),
        ("x.com", 2, 20.0, 40.0),
    ]
    assert [(bar.label, bar.count, bar.share) for bar in monitor.devices] == [
        ("Phone", 4, 66.7),
        ("Computer", 1, 16.7),
        ("Tablet", 1, 16.7),
    ]
    assert [(bar.label, bar.count, bar.share) for bar in monitor.languages] == [
        ("Japanese", 4, 66.7),
        ("English", 2, 33.3),
    ]


def test_many_sources_are_summed_up_after_the_twentieth(desk, inquiry):
    visits(inquiry, "cover", [(f"site{number:02}.example", 100 - number) for number in range(25)] + [("…", 7)])

    sources = shown(desk).sources

    assert len(sources) == 21
    assert (sources[-1].label, sources[-1].count) == ("Other sites", sum(range(76, 81)) + 7)
    assert sum(bar.count for bar in sources) == shown(desk).views


def test_page_prints_the_numbers_that_were_counted(desk, answered):
    page = desk.get(f"{MONITOR}?lang=en").content.decode()

    figures = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert [(name, re.sub("<.*?>", "", number)) for name, number in figures] == [
        ("Answers today", "4"),
        ("Answers in all", "6"),
        ("Complete", "50%"),
        ("Views of the first page", "10"),
        ("Published to readers", "–"),
        ("Participation rate", "60%"),
        ("Completion rate", "50%"),
        ("Break-off rate", "50%"),
    ]


def test_operators_see_the_same_counts(desk, answered):
    counts = shown(desk).counts

    line = counts_by_version()[0]

    assert (line["readers"], line["complete"], line["partial"], line["break_off"]) == (
        counts.readers,
        counts.complete,
        counts.partial,
        counts.break_off,
    )


def test_monitor_of_an_inquiry_without_answers_or_questions_shows_that_there_are_none(desk, inquiry):
    bare = Inquiry.objects.create(publication=inquiry.publication, slug="bare", title={"ja": "まだ"})

    without_answers = desk.get(MONITOR)
    without_questions = desk.get(f"/desk/inquiries/{bare.slug}/")

    assert [response.status_code for response in (without_answers, without_questions)] == [200, 200]
    assert [len(r.context["monitor"].steps) for r in (without_answers, without_questions)] == [10, 1]
    assert "<table" not in re.sub(
        r'<table class="numbers.*?</table>', "", without_questions.content.decode(), flags=re.DOTALL
    )


def test_publishing_says_what_the_next_epoch_waits_for(desk, inquiry):
    answer(inquiry, "one", {"Q1": 4})
    before = shown(desk).publishing
    epoch = make_epoch(inquiry, SurveyVersion.objects.get(), answered=1, log_watermark=log_watermark(inquiry.pk))
    for reader in ("two", "three"):
        answer(inquiry, reader, {"Q1": 4})
    between = shown(desk).publishing
    for reader in ("four", "five", "six"):
        answer(inquiry, reader, {"Q1": 4})
    due = shown(desk).publishing

    assert (before.epoch, before.missing, before.due_at) == (None, 9, None)
    assert (between.epoch, between.missing, between.due_at) == (epoch, 3, None)
    assert (due.missing, due.due_at) == (0, epoch.created_at + timedelta(seconds=60))
    assert [publishing.hidden_until_close for publishing in (before, between, due)] == [False, False, False]


def test_monitor_says_that_results_are_counted_anew_once_the_profile_is_strict(desk, inquiry):
    make_epoch(inquiry, SurveyVersion.objects.get(), answered=60, content={"profile": "standard"})
    before = shown(desk).publishing.counted_anew
    set_privacy_profile(inquiry=inquiry, profile=PrivacyProfile.STRICT)

    page = desk.get(f"{MONITOR}?lang=en").content.decode()

    assert (before, shown(desk).publishing.counted_anew) == (False, True)
    assert "readers do not see them any more" in page
    assert "Readers see results no. 1" not in page


def test_fragment_holds_only_what_changes(desk, answered):
    whole = desk.get(MONITOR).content.decode()
    part = desk.get(MONITOR, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert part.strip().startswith('<dl class="figures">')
    assert 'hx-trigger="every 30s"' in whole


def test_monitor_speaks_the_language_of_its_reader(desk, answered):
    japanese, english = shown(desk, "ja"), shown(desk, "en")

    assert [bar.label for bar in japanese.languages] == ["日本語", "英語"]
    assert japanese.steps[0].label.startswith("Q1 AI開発")
    assert english.steps[0].label.startswith("Q1 ")
    assert not re.search("[ぁ-ん]", english.steps[0].label)


@pytest.mark.parametrize("role", Role)
def test_only_editors_are_offered_to_close(inquiry, role):
    page = signed_in(member(role)).get(MONITOR).content.decode()

    assert (f"{MONITOR}close/" in page) is (role in (Role.OWNER, Role.AUTHOR))


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"state": State.OPEN}, "close"),
        ({"state": State.DRAFT}, "open"),
        ({"state": State.CLOSED}, "open"),
        ({"state": State.ARCHIVED}, None),
        ({"state": State.OPEN, "opens_at": timezone.now() + timedelta(days=2)}, "close"),
        ({"state": State.OPEN, "closes_at": timezone.now() - timedelta(days=2)}, "open"),
    ],
)
def test_only_what_changes_something_is_offered(desk, inquiry, fields, offered):
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)

    page = desk.get(MONITOR).content.decode()

    assert re.findall(r'action="/desk/inquiries/bridge/(open|close)/"', page) == ([offered] if offered else [])


def test_timeline_of_days_reaches_back_to_the_first_answer_but_not_beyond_sixty():
    today = timezone.localdate()

    recent = by_day({today - timedelta(days=20): 3, today: 1}, today=today)
    old = by_day({today - timedelta(days=200): 5, today: 1}, today=today)

    assert (len(recent.moments), recent.first, recent.earlier) == (21, today - timedelta(days=20), 0)
    assert (len(old.moments), old.total, old.earlier, old.highest) == (60, 6, 5, 1)


def test_timeline_of_hours_holds_the_running_one():
    now = timezone.now()
    running = now.replace(minute=0, second=0, microsecond=0)

    timeline = by_hour({running: 2}, now=now)

    assert (timeline.moments[-1].at, timeline.moments[-1].count, timeline.moments[-1].height) == (running, 2, 100.0)


def test_simulated_answers_are_said_to_be_simulated(desk, inquiry):
    Inquiry.objects.filter(pk=inquiry.pk).update(simulated=True)

    with translation.override("en"):
        assert "simulated answers" in desk.get(f"{MONITOR}?lang=en").content.decode()
        assert "simulated" in desk.get("/desk/?lang=en").content.decode()
