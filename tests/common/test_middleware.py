import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from apps.common.middleware import (
    READER_POLICY,
    STAFF_POLICY,
    LanguageMiddleware,
    PageHeadersMiddleware,
    StaffOnly,
    StaffSessionMiddleware,
    StrictRequestMiddleware,
    body_length,
)

MANY = "?" + "&".join(f"a{number}=1" for number in range(1001))


def answer(request):
    return HttpResponse(translation.get_language())


@pytest.fixture
def ask():
    return RequestFactory()


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "ja"),
        ("", "fr-FR,de;q=0.7", "ja"),
        ("", "en-GB,en;q=0.9,ja;q=0.5", "en"),
        ("", "ja,en;q=0.9", "ja"),
        ("", "en;q=0.3,ja;q=0.8", "ja"),
        ("?lang=en", "ja", "en"),
        ("?lang=ja", "en", "ja"),
        ("?lang=xx", "en", "en"),
        ("", "en" * 4000, "ja"),
    ],
)
def test_language_follows_the_choice_then_the_browser_then_japanese(ask, query, accepted, language):
    response = LanguageMiddleware(answer)(ask.get(f"/{query}", headers={"accept-language": accepted}))

    assert response.content.decode() == language
    assert response.headers["Content-Language"] == language
    assert response.headers["Vary"] == "Accept-Language"


def test_language_sets_no_cookie(ask):
    response = LanguageMiddleware(answer)(ask.get("/?lang=en"))

    assert response.cookies == {}


@pytest.mark.parametrize("query", ["?a=1&a=2", "?%ff=1", "?a=%ff", "?a=%00", "?lang=ja&lang=en", MANY])
@pytest.mark.parametrize("path", ["/q/some/", "/api/v1/inquiries", "/desk/", "/admin/"])
def test_strict_request_refuses_unreadable_or_repeated_parameters_at_every_door(ask, path, query):
    middleware = StrictRequestMiddleware(answer)

    if path.startswith("/api/"):
        assert middleware(ask.get(path + query)).status_code == 400
    else:
        with pytest.raises(BadRequest):
            middleware(ask.get(path + query))


@pytest.mark.parametrize("host", ["evil.example", "localhost:80:80", "a b", ""])
def test_strict_request_refuses_foreign_hosts(ask, host):
    with pytest.raises(DisallowedHost):
        StrictRequestMiddleware(answer)(ask.get("/", headers={"host": host}, SERVER_NAME=host or "?"))


@pytest.mark.parametrize(("size", "status"), [(64 * 1024, 200), (64 * 1024 + 1, 413)])
def test_strict_request_refuses_a_body_over_64_kib_in_words_of_the_door(ask, size, status):
    response = StrictRequestMiddleware(answer)(
        ask.post("/api/v1/participants", data=b"x" * size, content_type="application/json")
    )

    assert response.status_code == status
    if status == 413:
        assert b'"code": "too_large"' in response.content
        assert len(response.content) < 2048


@pytest.mark.parametrize(("size", "status"), [(128 * 1024, 200), (128 * 1024 + 1, 413)])
def test_a_file_for_staff_is_not_written_down_before_anybody_has_signed_in(ask, size, status):
    request = ask.post("/accounts/login/", data=b"x" * size, content_type="multipart/form-data; boundary=x")

    assert StrictRequestMiddleware(answer)(request).status_code == status


@pytest.mark.parametrize("length", ["-1", "1e3", "１", "12 "])
def test_body_length_refuses_what_is_not_a_plain_number(ask, length):
    request = ask.post("/")
    request.META["CONTENT_LENGTH"] = length

    with pytest.raises(BadRequest):
        body_length(request)


@pytest.mark.parametrize(("path", "policy"), [("/q/some/", READER_POLICY), ("/desk/", STAFF_POLICY)])
def test_page_headers_close_the_page_to_others(ask, path, policy):
    response = PageHeadersMiddleware(answer)(ask.get(path))

    assert response.headers["Content-Security-Policy"] == policy
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_page_headers_leave_the_views_own_choice(ask):
    def cacheable(request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=30"})

    response = PageHeadersMiddleware(cacheable)(ask.get("/api/v1/inquiries"))

    assert response.headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize(("path", "has_session"), [("/q/some/", False), ("/desk/", True), ("/accounts/login/", True)])
def test_readers_have_no_session(ask, path, has_session):
    request = ask.get(path)

    StaffSessionMiddleware(answer)(request)

    assert hasattr(request, "session") is has_session


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/desk/", "/accounts/login/", "/accounts/password/change/", "/admin/"])
def test_form_of_staff_without_its_token_is_refused(path):
    client = Client(enforce_csrf_checks=True)

    response = client.post(path, {"login": "owner@example.org", "password": "a long enough one"})

    assert response.status_code == 403


@pytest.mark.parametrize(("site", "sent"), [("https://ask.example", "max-age=31536000; includeSubDomains"), ("", "")])
def test_secure_site_asks_browsers_to_stay_secure(site, sent):
    """The headers are made once, from the settings; so in a process of its own."""
    program = (
        "from apps.common.middleware import READER_HEADERS, STAFF_HEADERS\n"
        "print([dict(headers).get('Strict-Transport-Security', '') for headers in (READER_HEADERS, STAFF_HEADERS)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{program}"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "SITE_URL": site},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.strip(), done.stderr) == (str([sent, sent]), "")


def test_readers_pass_a_row_of_staffs_middleware_in_one_step(rf):
    passed = []

    class Step:
        def __init__(self, get_response):
            self.get_response = get_response

        def __call__(self, request):
            passed.append(type(self).__name__)
            return self.get_response(request)

    class First(StaffOnly, Step):
        pass

    class Second(StaffOnly, Step):
        pass

    def page(request):
        passed.append(request.path)
        return HttpResponse()

    second = convert_exception_to_response(Second(convert_exception_to_response(page)))
    first = First(second)

    for path in ("/q/one/", "/desk/"):
        first(rf.get(path))
    assert passed == ["/q/one/", "First", "Second", "/desk/"]
    assert first.for_readers is second.__wrapped__.for_readers
