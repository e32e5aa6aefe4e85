"""The pins are what pyproject.toml asks for, whole, hashed, and the same wherever they are fetched from."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(settings.BASE_DIR)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ASKED_FOR = {
    "base.txt": PROJECT["dependencies"],
    "dev.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
    "bench.txt": [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ],
}
PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>\S+)(?P<rest>(?:\n?[^\n]*\\)*\n(?:[ ]+.*\n?)*)", re.M
)


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text)}


def direct(name: str) -> set[str]:
    """What the compiler marks as asked for by the project itself."""
    text = (ROOT / "requirements" / name).read_text()
    return {canonicalize_name(pin["name"]) for pin in PIN.finditer(text) if "toikake (pyproject.toml)" in pin["rest"]}


@pytest.mark.parametrize("name", ASKED_FOR)
def test_pins_are_a_compile_of_what_is_asked_for(name):
    wanted = [Requirement(line) for line in ASKED_FOR[name]]

    assert direct(name) == {canonicalize_name(requirement.name) for requirement in wanted}
    assert {
        str(requirement)
        for requirement in wanted
        if pins(name)[canonicalize_name(requirement.name)] not in requirement.specifier
    } == set()


def test_tests_run_on_the_very_versions_that_readers_get():
    base, dev, bench = pins("base.txt"), pins("dev.txt"), pins("bench.txt")

    assert {name: dev.get(name) for name in base} == base
    assert {name: bench.get(name) for name in dev} == dev


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_pin_has_hashes_and_no_address(path):
    text = path.read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]

    assert [line for line in lines if not re.fullmatch(r"[\w.\[\],-]+==\S+( ; [^\\]+)? \\", line)] == []
    assert len(lines) == len(PIN.findall(text))
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host", text)
    for pin in PIN.finditer(text):
        assert "--hash=sha256:" in pin["rest"], pin["name"]


def test_every_guest_was_invited_for_a_reason():
    text = (ROOT / "pyproject.toml").read_text()
    guests = re.findall(r'^    "([\w-]+)(?:\[[\w,]+\])?>=[^"]*",(.*)$', text, re.M)
    asked_for = {Requirement(line).name for line in ASKED_FOR["bench.txt"]}

    assert {name for name, _reason in guests} == asked_for
    assert [name for name, reason in guests if not re.fullmatch(r" +# \S.{4,}", reason)] == []
