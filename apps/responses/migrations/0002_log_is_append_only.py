"""The log keeps what was written; a row goes only with everything else of its reader."""

from django.db import migrations

CLOSE = """
CREATE FUNCTION responses_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The response log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER log_rows_stay_as_written BEFORE UPDATE ON responses_responselog
    FOR EACH ROW EXECUTE FUNCTION responses_log_is_append_only();
"""

OPEN = """
DROP TRIGGER log_rows_stay_as_written ON responses_responselog;
DROP FUNCTION responses_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_answers_log_and_keys")]

    operations = [migrations.RunSQL(CLOSE, OPEN)]
