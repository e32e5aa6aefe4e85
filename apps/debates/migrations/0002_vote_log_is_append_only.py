"""The log keeps every vote as it was cast. A row goes only with everything else of its reader."""

from django.db import migrations

CLOSE = """
CREATE FUNCTION debates_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The vote log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER vote_rows_stay_as_written BEFORE UPDATE ON debates_votelog
    FOR EACH ROW EXECUTE FUNCTION debates_log_is_append_only();
"""

OPEN = """
DROP TRIGGER vote_rows_stay_as_written ON debates_votelog;
DROP FUNCTION debates_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("debates", "0001_statements_ballots_and_log")]

    operations = [migrations.RunSQL(CLOSE, OPEN)]
