"""The three ways in a real browser, without scripts, from the cover to the first question once more."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.inquiries.models import Inquiry
from apps.participants.models import Participant
from apps.reader import visit as visits
from apps.responses.models import Response
from apps.surveys.arms import Arm
from tests.browser.debate import vote_on
from tests.browser.looking import DESKTOP, PHONE, axe_in_one_scheme, screenshot, small_targets, sticking_out
from tests.browser.way import COVER, RESULTS, go_on, send

AGAIN = f"{COVER}again/"
STEPS = {Arm.A: 9, Arm.B: 10, Arm.C: 8}
FIRST = {"ja": "AI開発の大きな決定権が一人の人物に集まるのは", "en": "the power to make the big decisions"}


@pytest.fixture
def compared(inquiry) -> Inquiry:
    Inquiry.objects.update(has_control_arms=True, expected_answers=400)
    return inquiry


def through_all_screens(page, arm: Arm) -> None:
    """Everything left blank but the question that is asked twice, where it is asked."""
    page.goto(COVER)
    for step in range(1, STEPS[arm] + 1):
        if step > 1:
            assert page.locator("header .place").inner_text().endswith(f"{step} / {STEPS[arm]}")
        for name in ("Q1", "P1"):
            if page.locator(f'input[name="{name}"]').count():
                page.locator(f'label:has(input[name="{name}"][value="4"])').click()
        go_on(page)
        if page.locator(".band").count() and not page.url.endswith("/review/"):  # the gentle reminder
            go_on(page)


def ten_votes(page) -> None:
    page.goto(f"{COVER}debate/")
    for number in range(10):
        with page.expect_navigation():
            page.locator('button[name="vote"][value$="-agree"]').click()
        if number == 4:
            page.goto(f"{COVER}debate/")


def faults(page, name: str) -> list[str]:
    found = axe_in_one_scheme(page)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        screenshot(page, f"{name}-{size['width']}")
        found += [*sticking_out(page), *small_targets(page)]
    return [f"{name}: {sentence}" for sentence in found]


@pytest.mark.parametrize(("arm", "language"), [(Arm.A, "ja"), (Arm.B, "en"), (Arm.C, "ja")])
def test_way_leads_to_the_first_question_once_more(arm, language, open_page, compared, monkeypatch):
    monkeypatch.setattr(visits, "draw_arm", lambda _definition, _seed: arm)
    page = open_page(language=language, javascript=False)

    through_all_screens(page, arm)
    seen_on_review = FIRST[language] in page.content()
    send(page)
    ten_votes(page)
    invited = page.locator(f'a[href^="{AGAIN}"]').count()
    if arm != Arm.B:
        page.locator(f'a[href^="{AGAIN}"]').click()
        page.locator('label:has(input[name="P1"][value="2"])').click()
        go_on(page)

    stored = Response.objects.get()
    assert (seen_on_review, invited) == (arm != Arm.C, arm != Arm.B)
    assert Participant.objects.get().coins["arm"] == arm
    assert stored.answers.get("Q1") == (None if arm == Arm.C else 4)
    assert stored.answers["P1"] == (4 if arm == Arm.B else 2)
    assert stored.finished


@pytest.mark.parametrize(("language", "scheme"), [("ja", "light"), ("en", "dark")])
def test_pages_of_the_last_question_are_accessible_and_fit(language, scheme, open_page, compared, monkeypatch):
    monkeypatch.setattr(visits, "draw_arm", lambda _definition, _seed: Arm.A)
    page, found = open_page(language=language, scheme=scheme), []
    through_all_screens(page, Arm.A)
    send(page)
    vote_on(page, 10)

    page.goto(f"{COVER}stand/")
    found += faults(page, f"again-invited-{language}")
    page.goto(AGAIN)
    found += faults(page, f"again-{language}")
    call_command("simulate_readers", compared.slug, readers=400, seed=4, stdout=StringIO())
    page.goto(RESULTS)
    found += faults(page, f"results-of-three-ways-{language}")

    assert not found, "\n".join(found)
