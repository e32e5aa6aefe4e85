import json
import os
import subprocess
import sys

from tests.running_site import ROOT

PROGRAM = """
import json, sys
from apps.common.web import warm
warm()
loaded = set(sys.modules)
from django.test import Client
from django.utils.translation import trans_real
statuses = [Client(HTTP_HOST="127.0.0.1").get("/healthz", {"lang": code}).status_code for code in ("ja", "en")]
late = {name for name in set(sys.modules) - loaded if name.startswith("apps.")}
print(json.dumps([statuses, sorted(trans_real._translations), sorted(late), "apps.reader.urls" in loaded]))
"""


def test_first_request_finds_addresses_and_catalogues_loaded():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[200, 200], ["en", "ja"], [], True]
