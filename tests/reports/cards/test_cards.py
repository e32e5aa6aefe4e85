"""Share cards: what stands on them, when they are drawn, and that nothing shows on them before it may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.inquiries.models import ResultsShown, State
from apps.reports.cards.content import about_how_many, card
from apps.reports.cards.keeping import draw_due, stored_card
from apps.reports.cards.picture import HIGH, WIDE, svg
from apps.reports.models import ShareCard
from apps.reports.tasks import draw_share_cards
from tests.reports.factories import answer_as, publish
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


def answered_inquiry(readers: int = 23, **fields):
    inquiry = make_inquiry(**fields)
    for reader in range(readers):
        answer_as(inquiry, reader, {"Q1": 4 if reader % 3 else 2}, finished=True)
    publish(inquiry)
    return inquiry


def kinds() -> set[tuple[str, bool]]:
    return set(ShareCard.objects.values_list("language", "with_results"))


@pytest.mark.parametrize(
    ("readers", "said"), [(0, 0), (7, 7), (10, 10), (57, 57), (412, 410), (419, 410), (1299, 1200), (999_999, 990_000)]
)
def test_answers_are_told_by_two_digits_and_never_too_many(readers, said):
    assert about_how_many(readers) == said


def test_a_card_shows_the_question_and_about_how_many_answered():
    inquiry = answered_inquiry()

    one = card(inquiry, "en", inquiry.epochs.get())

    assert (one.title, one.kind, one.answers) == (inquiry.title["en"], "Readers' survey", "about 23 answers")
    assert one.finding
    assert [mark.text for mark in one.chart.rows[0].marks if mark.value] == ["35%", "65%"]


def test_without_results_it_is_the_question_alone():
    inquiry = answered_inquiry()

    one = card(inquiry, "ja", None)

    assert (one.title, one.answers, one.finding, one.chart) == (inquiry.title["ja"], "", "", None)


def test_simulated_answers_are_called_so_on_the_card():
    inquiry = answered_inquiry(simulated=True)

    assert "模擬" in card(inquiry, "ja", inquiry.epochs.get()).warning
    assert "模擬" in svg(card(inquiry, "ja", inquiry.epochs.get())).decode()


def test_both_languages_are_drawn_with_and_without_results_in_the_size_that_sites_show():
    inquiry = answered_inquiry()

    drawn = draw_due(timezone.now())

    sizes = {
        (int.from_bytes(bytes(one.png)[16:20]), int.from_bytes(bytes(one.png)[20:24])) for one in inquiry.cards.all()
    }
    assert (drawn, kinds(), sizes) == (
        4,
        {(code, with_) for code in ("ja", "en") for with_ in (True, False)},
        {(WIDE, HIGH)},
    )


def test_a_card_is_drawn_again_only_when_something_on_it_has_changed():
    inquiry = answered_inquiry()
    draw_due(timezone.now())
    before = set(ShareCard.objects.values_list("pk", "sha256"))

    again = draw_due(timezone.now())
    inquiry.title = {**inquiry.title, "en": "Another title"}
    inquiry.save()
    changed = draw_due(timezone.now())

    assert (again, changed) == (0, 2)
    assert len(before & set(ShareCard.objects.values_list("pk", "sha256"))) == 2


def test_until_enough_have_answered_there_is_no_card_with_results():
    answered_inquiry(readers=3)

    draw_due(timezone.now())

    assert kinds() == {("ja", False), ("en", False)}


def test_in_an_election_results_are_drawn_when_it_has_closed():
    inquiry = answered_inquiry(results_shown=ResultsShown.AFTER_CLOSE, closes_at=timezone.now() + timedelta(hours=1))

    draw_due(timezone.now())
    before = kinds()
    draw_due(timezone.now() + timedelta(hours=2))

    assert (before, len(kinds())) == ({("ja", False), ("en", False)}, 4)
    assert stored_card(inquiry, "ja", with_results=False).with_results is False


def test_where_results_are_taken_back_their_cards_go():
    inquiry = answered_inquiry()
    draw_due(timezone.now())
    inquiry.results_shown = ResultsShown.AFTER_CLOSE
    inquiry.save()

    draw_due(timezone.now())

    assert kinds() == {("ja", False), ("en", False)}


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_what_cannot_be_seen_has_no_card(state):
    inquiry = answered_inquiry()
    draw_due(timezone.now())
    inquiry.state = state
    inquiry.save()

    draw_due(timezone.now())

    assert kinds() == set()


def test_one_that_cannot_be_drawn_keeps_no_other_from_being_drawn():
    broken = answered_inquiry(slug="broken")
    broken.title = 7
    broken.save()
    answered_inquiry()

    draw_due(timezone.now())

    assert set(ShareCard.objects.values_list("inquiry__slug", flat=True)) == {"one-founder-ai"}


@pytest.mark.parametrize("title", ["", "長" * 400, "word " * 200, "<b>&\x01😀"])
def test_any_title_fits_on_a_card(title):
    inquiry = answered_inquiry(title={"ja": title, "en": title})

    assert draw_due(timezone.now()) == 4
    assert inquiry.cards.count() == 4


def test_the_worker_draws_by_itself():
    answered_inquiry()

    draw_share_cards(timestamp=0)

    assert len(kinds()) == 4
