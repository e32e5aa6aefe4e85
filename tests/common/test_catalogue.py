from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from apps.common import catalogue


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "apps").mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "apps" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        '_("Send")\nngettext("%(n)s answer", "%(n)s answers", 2)\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        '<ul>\n    <li>{% translate "Don\'t know" %}\n  </li>{% blocktranslate trimmed with n=3 %}\n   About {{ n }}\n'
        " answers {% endblocktranslate %}\n</ul>"
    )
    return tmp_path


def ids(catalog: Catalog) -> set[str]:
    return {catalogue.first(message.id) for message in catalog if message.id}


def test_source_messages_come_from_python_and_templates(sources):
    assert ids(catalogue.source_messages(sources)) == {
        "Send",
        "%(n)s answer",
        "Don't know",
        "About %(n)s answers",
    }


def test_faults_name_every_missing_translation(sources):
    template = catalogue.source_messages(sources)

    assert sorted(catalogue.faults(Catalog(locale="ja"), template)) == [
        'not in the catalogue: "Don\'t know"',
        "not in the catalogue: '%(n)s answer'",
        "not in the catalogue: 'About %(n)s answers'",
        "not in the catalogue: 'Send'",
    ]


def test_faults_find_empty_stale_and_broken_translations(sources):
    template = catalogue.source_messages(sources)
    catalog = Catalog(locale="ja")
    catalog.add("Send", "送る")
    catalog.add(("%(n)s answer", "%(n)s answers"), ("%(m)s 件",))
    catalog.add("Don't know", "")
    catalog.add("About %(n)s answers", "約%(n)s件")
    catalog.add("Gone", "なし")

    found = catalogue.faults(catalog, template)

    assert 'not translated: "Don\'t know"' in found
    assert "no longer used: 'Gone'" in found
    assert any("%(m)s" in sentence for sentence in found)
    assert not any("Send" in sentence or "About" in sentence for sentence in found)


def test_update_keeps_translations_and_guesses_none(sources, tmp_path):
    path = tmp_path / "locale" / "django.po"
    template = catalogue.source_messages(sources)
    catalog = catalogue.update_catalogue(path, "ja", template)
    catalog["Send"].string = "送る"
    with path.open("wb") as file:
        catalogue.write_po(file, catalog)

    again = catalogue.update_catalogue(path, "ja", template)

    assert again["Send"].string == "送る"
    assert not any(message.fuzzy for message in again if message.id)
    assert ids(again) == ids(template)


def test_every_string_of_the_house_is_translated():
    template = catalogue.source_messages(settings.BASE_DIR)
    path = settings.BASE_DIR / "locale" / "ja" / "LC_MESSAGES" / "django.po"

    assert catalogue.faults(catalogue.read_catalogue(path, "ja"), template) == []
