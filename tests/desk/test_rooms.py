"""Where one can go within an inquiry: the same on each of its pages, and only where one may."""

import re

import pytest
from django.urls import resolve, reverse

from apps.accounts.models import Role
from apps.desk.doors import ROOMS
from tests.accounts.cast import member, signed_in
from tests.desk.routes import staff_routes

NAV = re.compile(r'<div class="inquiry-nav">.*?</div>', re.DOTALL)
DOORS = {reverse(door.address, kwargs={"slug": "bridge"}): door for room in ROOMS for door in room.doors}
FILLED = {"<slug:slug>": "bridge", "<slug:question>": "Q3", "<str:question>": "Q1", "<int:number>": "1"}


def pages_of_an_inquiry():
    """Every address below it, with something in the places that differ."""
    for route in staff_routes():
        if route.startswith("desk/inquiries/"):
            for pattern, value in FILLED.items():
                route = route.replace(pattern, value)  # noqa: PLW2901
            if "<" not in route:
                yield f"/{route}"


def test_each_page_of_an_inquiry_says_where_one_is(inquiry):
    client = signed_in(member(Role.OWNER))
    marked = {}
    for path in pages_of_an_inquiry():
        html = client.get(path).content.decode()
        if 'id="desk-nav"' in html:
            nav = NAV.search(html)
            found = re.findall(r'href="([^"]+)" aria-current="(page|true)"', nav.group()) if nav else []
            marked[resolve(path).url_name] = [(DOORS[address].page, how) for address, how in found]

    assert marked == {
        name: [(name, "page")] if name == door.page else [(door.page, "true")]
        for name in marked
        for door in DOORS.values()
        if name == door.page or name in door.behind
    }
    assert set(marked) >= {door.page for door in DOORS.values()}


@pytest.mark.parametrize("role", Role)
def test_doors_that_are_shown_are_those_that_open(inquiry, role):
    client = signed_in(member(role))
    nav = NAV.search(client.get(reverse("desk:monitor", kwargs={"slug": "bridge"})).content.decode()).group()

    shown = set(re.findall(r'href="([^"]+)"', nav))

    assert shown == {address for address in DOORS if client.get(address).status_code == 200}


def test_the_house_is_folded_within_an_inquiry_and_open_elsewhere(inquiry):
    client = signed_in(member(Role.OWNER))

    within, elsewhere = (
        client.get(reverse(f"desk:{name}", kwargs=kwargs)).content.decode()
        for name, kwargs in (("monitor", {"slug": "bridge"}), ("home", {}))
    )

    assert ('<details class="house">' in within, '<details class="house">' in elsewhere) == (True, False)
    assert [re.findall(r'href="(/desk/publications/paper/\w+/)"', page)[:2] for page in (within, elsewhere)] == [
        ["/desk/publications/paper/people/", "/desk/publications/paper/audit/"]
    ] * 2
