"""Simulated readers: planted opinions come back, through the real way in, and nobody takes them for real."""

from datetime import datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.actions import close_inquiry
from apps.inquiries.models import Inquiry
from apps.reports.management.commands import simulate_readers
from apps.reports.models import ResultEpoch
from apps.reports.simulated.planting import planted_shares
from apps.responses.models import Response, ResponseLog, VisitCount
from apps.surveys.actions import publish_version
from tests.accounts.cast import member, signed_in
from tests.reports.factories import answer_as, every_kind, every_kind_document, make_inquiry_of_every_kind
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


def simulate(slug: str = "one-founder-ai", **options: object) -> str:
    output = StringIO()
    call_command("simulate_readers", slug, stdout=output, **options)
    return output.getvalue()


def newest(inquiry: Inquiry) -> ResultEpoch:
    return ResultEpoch.objects.filter(inquiry=inquiry).latest("number")


def answers_of(inquiry: Inquiry) -> list[tuple[Any, ...]]:
    rows = Response.objects.filter(inquiry=inquiry).values_list("codes", "answers", "status", "finished", "screen")
    return sorted(((bytes(codes), str(answers), *rest) for codes, answers, *rest in rows))


def visits() -> list[tuple[Any, ...]]:
    return list(VisitCount.objects.order_by("hour", "screen", "source", "device", "language").values_list())


def test_it_fills_the_inquiry_and_shows_the_result_at_once():
    inquiry = make_inquiry()

    said = simulate(readers=300, seed=3)

    inquiry.refresh_from_db()
    assert said == "one-founder-ai: 300 simulated readers added, aggregation no. 1\n"
    assert inquiry.simulated
    assert Response.objects.filter(simulated=True).count() == ResponseLog.objects.count() == 300
    assert VisitCount.objects.filter(screen="cover").exists()
    assert (newest(inquiry).content["answered"], newest(inquiry).content["simulated"]) == (300, True)


def test_a_second_run_adds_nobody_and_publishes_nothing():
    inquiry = make_inquiry()
    simulate(readers=300, seed=3)
    before = (visits(), newest(inquiry).number, AuditEntry.objects.count())

    said = simulate(readers=300, seed=3)

    assert said == "one-founder-ai: 0 simulated readers added, aggregation no. 1\n"
    assert (visits(), newest(inquiry).number, AuditEntry.objects.count()) == before


def test_the_same_seed_brings_the_same_readers_and_another_one_others():
    epochs = []
    for slug, seed in (("one", 5), ("same", 5), ("other", 6)):
        inquiry = make_inquiry(slug)
        simulate(slug, readers=60, seed=seed)
        epochs.append(newest(inquiry).sha256)

    assert epochs[0] == epochs[1] != epochs[2]


def test_more_readers_are_the_same_ones_and_some_more():
    step_by_step, at_once = make_inquiry("steps"), make_inquiry("once")
    simulate("steps", readers=100, seed=5)

    said = simulate("steps", readers=280, seed=5)
    simulate("once", readers=280, seed=5)

    assert said == "steps: 180 simulated readers added, aggregation no. 2\n"
    assert answers_of(step_by_step) == answers_of(at_once)


@pytest.fixture
def early_morning(monkeypatch):
    """Half past three in Japan, when most of the day is still to come."""
    now = datetime(2026, 11, 24, 3, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    monkeypatch.setattr(simulate_readers.timezone, "localtime", lambda: now)
    return now


def test_nobody_comes_later_than_now(early_morning):
    make_inquiry()

    simulate(readers=250, seed=1)

    assert VisitCount.objects.latest("hour").hour <= early_morning


def published_shares(content: dict[str, Any]) -> dict[str, tuple[dict[int, float], int]]:
    """Shares by code with their base, under the names of the planted ones."""
    found = {}
    for entry in content["questions"]:
        parts = {f".{row}": shown for row, shown in entry.get("rows", {}).items()}
        parts |= {f".{name}": {**entry[name], "base": entry["base"]} for name in ("first", "any") if name in entry}
        for part, shown in (parts or {"": entry}).items():
            if entry["kind"] not in {"number", "date", "open_text"}:
                shares = {int(code): share for code, share in shown["shares"].items()}
                found[f"{entry['id']}{part}"] = (shares, shown["base"])
    return found


def test_planted_shares_are_recovered_within_sampling_error():
    """Every published share of every kind lies within four and a half standard errors of the planted one.

    Among some ninety shares one in a thousand such simulations would have one outside; the seed is a fixed one.
    """
    inquiry = make_inquiry_of_every_kind()
    simulate(readers=4000, seed=11)

    published, planted = published_shares(newest(inquiry).content), planted_shares(every_kind(), seed=11)

    assert published.keys() == planted.keys()
    compared = 0
    for name, (shares, base) in published.items():
        assert shares.keys() == planted[name].keys()
        for code, share in shares.items():
            truth = planted[name][code]
            tolerance = 4.5 * (truth * (1 - truth) / base) ** 0.5 + 0.00005
            assert share is None or abs(share - truth) <= tolerance, (name, code, share, truth)
            compared += share is not None
    assert compared > 80


def test_what_simulated_readers_write_beside_other_fits_its_line():
    inquiry, document = make_inquiry(), every_kind_document()
    for item in document["items"]:
        for option in item.get("options", []):
            if "opens_text" in option:
                option["opens_text"] = 3
    publish_version(inquiry=inquiry, document=document)

    simulate(readers=300, seed=3)

    written = [row.answers["Q7"]["text"] for row in Response.objects.all() if isinstance(row.answers.get("Q7"), dict)]
    assert written
    assert max(map(len, written)) == 3


def test_an_inquiry_that_takes_no_answers_is_refused_and_not_marked():
    inquiry = close_inquiry(inquiry=make_inquiry())

    with pytest.raises(CommandError, match="takes no answers now"):
        simulate(readers=20)

    inquiry.refresh_from_db()
    assert not inquiry.simulated


def test_an_unknown_inquiry_is_refused():
    with pytest.raises(CommandError, match="There is no inquiry 'nowhere'"):
        simulate("nowhere", readers=20)


@pytest.mark.parametrize("readers", ["0", "-1", "1000001", "many"])
def test_an_impossible_number_of_readers_is_refused(readers):
    with pytest.raises(CommandError, match="a number from 1 to 1,000,000"):
        call_command("simulate_readers", "one-founder-ai", f"--readers={readers}")


def test_a_real_survey_is_not_mixed_with_simulated_answers_unless_forced():
    """Nine people who tried it out are no survey; ten would be published."""
    tried, real = make_inquiry("tried"), make_inquiry("real")
    for reader in range(9):
        answer_as(tried, reader, {"Q1": 4})
    for reader in range(10):
        answer_as(real, reader, {"Q1": 4})

    said = simulate("tried", readers=20)
    with pytest.raises(CommandError, match="Real readers have answered 'real'"):
        simulate("real", readers=20)
    forced = simulate("real", readers=20, force=True)

    assert said == "tried: 20 simulated readers added, aggregation no. 1\n"
    assert forced == "real: 20 simulated readers added, aggregation no. 1\n"


READER_PAGES = ["", "answer/?step=2", "results/", "about/"]


@pytest.mark.parametrize(("language", "words"), [("ja", "模擬回答"), ("en", "simulated")])
def test_every_page_of_the_inquiry_says_so(language, words):
    inquiry = make_inquiry()
    reader = Client(headers={"accept-language": language})
    staff = signed_in(member(Role.OWNER, of=inquiry.publication.slug))
    staff.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    before = [reader.get(f"/q/one-founder-ai/{page}").content.decode() for page in READER_PAGES]

    simulate(readers=20)

    pages = [reader.get(f"/q/one-founder-ai/{page}").content.decode() for page in READER_PAGES]
    pages += [staff.get(page).content.decode() for page in ("/desk/", "/desk/inquiries/one-founder-ai/")]
    assert [words in page for page in before] == [False] * len(before)
    assert [words in page for page in pages] == [True] * len(pages)
