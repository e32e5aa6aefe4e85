"""Sites that may embed: exact origins as browsers name them, and a sentence for everything else."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.inquiries.origins import OriginRefused, read_origin


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("https://example.com", "https://example.com"),
        (" https://Example.COM/ ", "https://example.com"),
        ("HTTPS://blog.example.com:443", "https://blog.example.com"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("https://新聞.example", "https://xn--efvv70d.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_origin_is_read_as_browsers_name_it(line, origin):
    assert read_origin(line) == origin


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("example.com", "it must begin with https://"),
        ("ftp://example.com", "it must begin with https://"),
        ("javascript:alert(1)", "it must begin with https://"),
        ("http://example.com", "http:// is possible for localhost only; use https://"),
        ("https://example.com/blog", "only the site without anything behind it, such as https://example.com"),
        ("https://example.com?", "only the site without anything behind it, such as https://example.com"),
        ("https://example.com#", "only the site without anything behind it, such as https://example.com"),
        ("https://me@example.com", "only the site without anything behind it, such as https://example.com"),
        ("https://*.example.com", "every site has to be named; * is not possible"),
        ("https://", "this is no name of a site"),
        ("https://example", "this is no name of a site"),
        ("https://exa_mple.com", "this is no name of a site"),
        ("https://-example.com", "this is no name of a site"),
        ("https://example.com;script-src", "this is no name of a site"),
        ("https://example.com:", "the port must be a number from 1 to 65535"),
        ("https://example.com:0", "the port must be a number from 1 to 65535"),
        ("https://example.com:99999", "the port must be a number from 1 to 65535"),
        ("https://[::2", "this is no address"),
        ("https://example.com https://example.org", "this is no address"),
        ("https://" + "a" * 300 + ".com", "this is no address"),
    ],
)
def test_what_is_no_exact_origin_is_refused_with_a_reason(line, sentence):
    with override("en"), pytest.raises(OriginRefused) as refused:
        read_origin(line)

    assert str(refused.value) == sentence


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text("htps:/.*@?#[]12 ;'", max_size=30).map("https://".__add__)))
def test_whatever_passes_can_stand_in_a_header_and_passes_again(line):
    try:
        origin = read_origin(line)
    except OriginRefused:
        return

    assert read_origin(origin) == origin
    assert origin.isascii()
    assert not set(origin) & set(" ;,'\"*\n\r\t")
