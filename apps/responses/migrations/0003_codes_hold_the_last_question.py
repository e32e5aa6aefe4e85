"""Questions that are asked once more stand behind all others in the packed codes: older answers get empty places."""

from django.db import migrations

NOTHING = b"\xff"


def places(document):
    """How many bytes the questions of `post_items` take."""
    modules, again = document.get("optional_modules", []), document.get("post_items", [])
    items = {item["id"]: item for item in [*document["items"], *modules, *again]}
    return sum(width(item, items) for item in again)


def width(item, items):
    if item["type"] in {"open_text", "number", "date"}:
        return 0
    if item["type"] == "item_by_item":
        return len(item["rows"])
    if item["type"] == "rank_top_k":
        return item["k"]
    if item["type"] == "multiple":
        return len(options(item, items))
    return 1


def options(item, items):
    given = item["options"]
    return options(items[given.removeprefix("same_as:")], items) if isinstance(given, str) else given


def lengthen(apps, schema_editor):
    change(apps, schema_editor, "codes || %(places)s")


def shorten(apps, schema_editor):
    change(apps, schema_editor, "substring(codes FROM 1 FOR length(codes) - length(%(places)s::bytea))")


def change(apps, schema_editor, codes):
    versions = apps.get_model("surveys", "SurveyVersion").objects.values_list("pk", "definition")
    with schema_editor.connection.cursor() as cursor:
        for version, document in versions.iterator():
            if added := places(document):
                cursor.execute(
                    f"UPDATE responses_response SET codes = {codes} WHERE version_id = %(version)s",  # noqa: S608
                    {"places": NOTHING * added, "version": version},
                )


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_log_is_append_only"), ("surveys", "0002_versions_never_change")]

    operations = [migrations.RunPython(lengthen, shorten)]
