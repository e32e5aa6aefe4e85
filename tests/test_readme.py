"""The README is tried like code: what it names exists, and what exists is named."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
NAMES_OF_THE_ENVIRONMENT = re.compile(r'(?:os\.environ\.get\(|read\([\w.]+, )"([A-Z_]+)"')


def table(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, cell by cell, without its head."""
    section = README.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_first_screen_is_the_two_commands():
    screen = "\n".join(README.splitlines()[:24])

    assert re.findall(r"^make (\w+)", screen, re.M) == ["run", "test"]


def test_every_target_is_explained_and_every_explained_one_exists():
    targets = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    explained = {cell for row in table("Everyday commands") for cell in re.findall(r"`make (\w+)`", row[0])}

    assert targets
    assert explained == set(targets[1].split())
    assert set(re.findall(r"^(\w+):", MAKEFILE, re.M)) == explained


def test_every_name_of_the_environment_is_explained_and_every_explained_one_is_read():
    files = [*(ROOT / "config").glob("*.py"), ROOT / "tests" / "browser" / "conftest.py"]
    read = {name for path in files for name in NAMES_OF_THE_ENVIRONMENT.findall(path.read_text())}
    explained = {name for row in table("Environment") for name in re.findall(r"`([A-Z_]+)`", " ".join(row[:2]))}

    assert explained - {"HOST"} == read - {"CI", "HOST"}


def test_numbers_in_the_table_are_the_defaults():
    stated = {row[0]: row[2] for row in table("Environment")}

    assert stated["`PORT`, `HOST`"] == f"`{settings.PORT}`, `{settings.HOST}`"
    assert stated["`WEB_WORKERS`"] == f"`{settings.WEB_WORKERS}`"


def test_every_command_with_its_options_exists():
    called = re.findall(r"manage\.py ([a-z_]+)((?: --[a-z-]+)*)", README)

    commands = get_commands()
    assert {name for name, _options in called} - set(commands) == set()
    for name, options in called:
        parser = load_command_class(commands[name], name).create_parser("manage.py", name)
        assert set(options.split()) <= set(parser._option_string_actions), name


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_addresses_named_are_answered(client):
    named = set(re.findall(r"`(/[a-z]+)`", README)) - {"/root"}

    assert named == {"/healthz", "/readyz"}
    assert client.get("/healthz").status_code == 200


def test_section_on_articles_calls_things_as_the_desk_does():
    from apps.desk.editor.settings_forms import OriginsForm

    section = README.partition("## Under an article\n")[2].partition("\n## ")[0]
    template = (ROOT / "templates" / "desk" / "embedding.html").read_text()

    with override("en"):
        assert f'"{OriginsForm.base_fields["origins"].label}"' in section
    assert '<h1>{% translate "Under an article" %}</h1>' in template
    assert set(re.findall(r"data-(\w+)=", section)) <= set(
        re.findall(r"\w+", (ROOT / "static" / "embed.js").read_text())
    )


def test_decisions_are_numbered_in_a_row():
    records = sorted(path for path in (ROOT / "docs" / "adr").glob("0*.md"))
    titles = [path.read_text().splitlines()[0] for path in records]

    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [int(title.removeprefix("# ").partition(".")[0]) for title in titles] == list(range(1, len(records) + 1))
