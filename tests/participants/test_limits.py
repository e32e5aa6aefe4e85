import pytest
from django.test import RequestFactory

from apps.participants.limits import UNCOUNTED, Sender, network_key, network_of, sender_of


def request(near: str, forwarded: str = ""):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=near, **headers)


@pytest.mark.parametrize(
    ("near", "forwarded", "network"),
    [
        ("203.0.113.77", "", "203.0.113.0/24"),
        ("2001:db8:1:2ff::9", "", "2001:db8:1:200::/56"),
        ("::ffff:203.0.113.77", "", "203.0.113.0/24"),
        ("127.0.0.1", "198.51.100.4", "198.51.100.0/24"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.4", "198.51.100.0/24"),
        ("203.0.113.77", "198.51.100.4", "203.0.113.0/24"),
        ("127.0.0.1", "nonsense", ""),
        ("", "", ""),
    ],
)
def test_network_is_a_prefix_of_who_really_asks(near, forwarded, network):
    assert network_of(request(near, forwarded)) == network


def test_key_is_one_for_a_network_and_another_for_each_purpose():
    first, neighbour = request("203.0.113.77"), request("203.0.113.78")

    assert network_key(first, "receipt") == network_key(neighbour, "receipt")
    assert network_key(first, "receipt") != network_key(first, "participants")


@pytest.mark.parametrize(
    ("near", "forwarded"),
    [
        ("127.0.0.1", ""),
        ("::1", ""),
        ("192.168.1.20", ""),
        ("172.17.0.1", "198.51.100.4"),
        ("fd00::5", ""),
        ("127.0.0.1", "10.1.2.3"),
        ("::ffff:10.0.0.1", ""),
        ("", ""),
        ("127.0.0.1", "nonsense"),
    ],
)
def test_voter_of_whom_nobody_can_say_where_they_are_is_not_counted(near, forwarded):
    assert sender_of(request(near, forwarded), proof="some") == UNCOUNTED


def test_voter_is_known_by_network_and_work():
    assert sender_of(request("127.0.0.1", "2001:db8:1:2ff::9"), proof="some") == Sender("2001:db8:1:200::/56", "some")
    assert sender_of(request("203.0.113.77")) == Sender("203.0.113.0/24", "")
