"""The log keeps what was written. A row goes with everything else of its reader; words go a year after the close."""

from django.db import migrations

CLOSE = """
CREATE FUNCTION responses_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    other_than_answers responses_responselog := NEW;
BEGIN
    other_than_answers.answers := OLD.answers;
    IF other_than_answers IS NOT DISTINCT FROM OLD AND EXISTS (
        SELECT 1 FROM inquiries_inquiry WHERE id = OLD.inquiry_id AND closes_at < now() - interval '12 months'
    ) THEN
        RETURN NEW;
    END IF;
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
