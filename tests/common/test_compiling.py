import os

from apps.common.compiling import compile_if_changed, written_by_hand


def test_a_start_makes_what_is_missing_or_older_than_what_people_wrote(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    source = written_by_hand("ja")
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Send"\nmsgstr "送る"\n')

    made = [compile_if_changed(), compile_if_changed()]
    os.utime(source, (later := source.with_suffix(".mo").stat().st_mtime + 1, later))
    made.append(compile_if_changed())

    assert made == [True, False, True]
    assert [path.name for path in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]
    assert "送る".encode() in source.with_suffix(".mo").read_bytes()
