"""docs/api.md is tried as somebody would who pastes its examples into a shell, one after the other."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.debates.models import VoteLog
from apps.responses.models import Response

BUILT_IN = Path(settings.BASE_DIR) / "apps" / "inquiries" / "content" / "one-founder-ai.json"
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "api.md"
SHELL = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)


@pytest.mark.skipif(not shutil.which("curl"), reason="the examples are written for curl")
def test_every_example_does_what_is_said_of_it(live_server, transactional_db):
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    examples = [block for block in SHELL.findall(DOCUMENT.read_text()) if "curl" in block]
    script = "\n".join(examples).replace("http://127.0.0.1:8000", live_server.url)

    told = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, timeout=120, check=False)

    assert (told.stderr, told.returncode) == ("", 0)
    assert '"error"' not in told.stdout
    assert re.search(r'"receipt": *"[0-9A-Z-]+"', told.stdout)
    assert Response.objects.get().answers == {"Q1": 4, "Q2": {"a": 3, "b": 2}}
    assert list(VoteLog.objects.values_list("number", "choice")) == [(1, 4)]
