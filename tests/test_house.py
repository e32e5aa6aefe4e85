"""Rules that hold for every file of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from apps.common.hashed_files import IMPORT

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Names that are the same in every language, and the words by which a language names itself.
PROPER = {
    "PDF",
    "SVG",
    "PNG",
    "Toikake",
    "English",
    "日本語",
    "TOTP",
    "JSON",
    "SHA",
    "API",
    "QR",
    "CSV",
    "WCAG",
    "JIS",
    "AA",
    "px",
    "div",
    "id",
}
TAGS = re.compile(
    r"{% *block (?:look|bodyclass) *%}.*?{% *endblock *%}|"  # names of classes
    r"{% *comment\b.*?{% *endcomment *%}|{% *blocktrans.*?{% *endblocktrans(?:late)? *%}|{#.*?#}|{%.*?%}|{{.*?}}"
    r"|<!--.*?-->|<script\b.*?</script>|<svg\b.*?</svg>",
    re.DOTALL,
)
READ_ALOUD = re.compile(r"\b(?:aria-label|aria-description|alt|label|placeholder|title)=\"([^\"]*)\"")
ATTRIBUTES = re.compile(r"[\w:-]+=\"[^\"]*\"|\bdata-[a-z-]+")  # also where a piece of markup is only attributes
MARKUP = re.compile(r"<[^>]*>|&\w+;|&#\d+;", re.DOTALL)
WORDS = re.compile(r"[A-Za-z]{2,}|[぀-ヿ一-鿿]+")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_speaks_only_through_translations(path):
    text = TAGS.sub(" ", path.read_text())

    aloud = " ".join(READ_ALOUD.findall(text))
    loose = set(WORDS.findall(aloud + MARKUP.sub(" ", ATTRIBUTES.sub(" ", text)))) - PROPER

    assert loose == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_has_no_inline_style_script_or_handler(path):
    text = path.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script\b(?![^>]*\b(?:src=|type=\"application/(?:json|ld\+json)\"))", text)


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted((ROOT / "static").rglob("*.[cj]s*"))], ids=short)
def test_pages_ask_no_third_party(path):
    addresses = re.findall(r"(?:src|href|url|import|fetch)\s*[=(]?\s*[\"'](https?:)?//", path.read_text())

    assert addresses == []


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").rglob("*.js")), ids=short)
def test_modules_never_write_markup_from_text(path):
    assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", path.read_text())


def test_no_catalogue_file_names_a_machine():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "--index-url" not in path.read_text()
        assert "--find-links" not in path.read_text()


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").rglob("*.js")), ids=short)
def test_modules_import_each_other_only_in_the_one_way_that_collecting_knows(path):
    """Collected files keep only names made from their content; `HashedFiles` puts those into imports of this form.

    A module may also load one whose address the page tells it.
    """
    text = path.read_text()
    written = re.findall(r"^\s*import\b(?!\().*$|\bimport\(\s*[\"'`].*$|^\s*export\b.*\bfrom\b.*$", text, re.M)

    assert [line for line in written if not re.fullmatch(IMPORT, line.strip())] == []
    assert [line for line in written if not (path.parent / re.search(IMPORT, line)["url"]).exists()] == []
