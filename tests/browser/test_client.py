"""The client of docs/, run as its first line says, by somebody with a browser."""

import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from apps.responses.models import Response
from tests.browser.conftest import PATIENCE

PROGRAM = Path(settings.BASE_DIR) / "docs" / "client.py"


@pytest.fixture
def client_page(site):
    program = subprocess.Popen(
        [sys.executable, str(PROGRAM), site], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    yield program.stdout.readline().strip()
    program.terminate()
    program.wait()


def test_client_becomes_a_participant_and_answers(chromium, client_page):
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(client_page)
    page.locator('[value="4"]').check()
    page.get_by_role("button").click()
    page.get_by_text("Kept, revision 1.").wait_for()
    calls = page.inner_text("pre").splitlines()
    context.close()

    assert [line.rpartition(" → ")[2] for line in calls] == ["201", "200", "200", "201", "200"]
    assert Response.objects.get().answers == {"Q1": 4}


def test_client_carries_the_calls_of_no_other_page(client_page):
    other = Request(f"{client_page}api/v1/participants", b"{}", {"Origin": "https://other.example"})

    with pytest.raises(HTTPError, match="403"):
        urlopen(other)
