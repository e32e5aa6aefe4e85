import json
import os

import pytest

from apps.common.static_files import collect_if_changed


@pytest.fixture
def sources(settings, tmp_path):
    """One small stylesheet and nothing else; the real storage, which names files by their content."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "plain.css").write_text("p { margin: 0 }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    return folder


def collected(settings) -> dict[str, str]:
    return json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]


def test_files_are_collected_under_names_of_their_content(sources, settings):
    did = collect_if_changed()

    name = collected(settings)["plain.css"]
    assert (did, name != "plain.css") == (True, True)
    assert (settings.STATIC_ROOT / name).read_text() == "p { margin: 0 }"
    assert not (settings.STATIC_ROOT / "plain.css").exists()


def test_unchanged_sources_are_left_alone(sources):
    collect_if_changed()

    assert not collect_if_changed()


def test_changed_file_is_collected_beside_what_open_pages_still_ask_for(sources, settings):
    collect_if_changed()
    before = collected(settings)["plain.css"]
    (sources / "plain.css").write_text("p { margin: 1px }")
    os.utime(sources / "plain.css", (0, 0))  # as a package may bring it: new content, an old time

    did = collect_if_changed()

    after = collected(settings)["plain.css"]
    assert (did, (settings.STATIC_ROOT / after).read_text()) == (True, "p { margin: 1px }")
    assert (settings.STATIC_ROOT / before).exists()


def test_collection_that_was_removed_is_made_again(sources, settings):
    collect_if_changed()
    for path in settings.STATIC_ROOT.iterdir():
        path.unlink()
    settings.STATIC_ROOT.rmdir()

    assert collect_if_changed()
