"""Names that change with the content, for modules that import each other as well."""

import re

from django.core.management import call_command


def test_a_module_imports_the_other_one_by_its_hashed_name(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "apps.common.hashed_files.HashedFiles"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)
    imported = {
        name
        for path in (tmp_path / "js").glob("*.js")
        for name in re.findall(r'^import \{.*\} from "\./(.+)";$', path.read_text(), re.M)
    }

    assert imported
    assert {name for name in imported if not re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)} == set()
    assert {name for name in imported if not (tmp_path / "js" / name).exists()} == set()
