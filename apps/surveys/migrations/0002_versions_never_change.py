"""The database itself refuses to change a published version."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION surveys_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published survey version never changes; publish a new one' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER surveys_version_is_immutable
    BEFORE UPDATE OF inquiry_id, number, definition, sha256, published_at ON surveys_surveyversion
    FOR EACH ROW EXECUTE FUNCTION surveys_version_is_immutable();
"""
UNPROTECT = """
DROP TRIGGER surveys_version_is_immutable ON surveys_surveyversion;
DROP FUNCTION surveys_version_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_immutable_versions")]
    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
