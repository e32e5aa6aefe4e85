import pytest
from django.test import RequestFactory

from apps.common.devices import device_of, source_host

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604"
)
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
TAB = "Mozilla/5.0 (Linux; Android 15; SM-X710) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (IPHONE, "phone"),
        (PIXEL, "phone"),
        (IPAD, "tablet"),
        (TAB, "tablet"),
        (MAC, "computer"),
        (WINDOWS, "computer"),
        ("curl/8", "other"),
        ("", "other"),
    ],
)
def test_device_of_common_browsers(agent, device):
    assert device_of(RequestFactory().get("/", headers={"user-agent": agent})) == device


def test_device_of_believes_the_client_hint():
    request = RequestFactory().get("/", headers={"user-agent": "Mozilla/5.0 (X11)", "sec-ch-ua-mobile": "?1"})

    assert device_of(request) == "phone"


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://blog.example/2026/11/a-secret-path?who=me#x", "blog.example"),
        ("https://user:word@blog.example:8443/", "blog.example"),
        ("http://testserver/q/one/", ""),
        ("http://[broken/", ""),
        ("android-app://com.example.reader/", "com.example.reader"),
        ("https://日本語.example/", ""),
        ("", ""),
    ],
)
def test_source_host_keeps_the_host_and_nothing_else(referrer, host):
    assert source_host(RequestFactory().get("/", headers={"referer": referrer})) == host
