"""A published epoch is what people saw; the database refuses to rewrite it. Deleted ones can be made again."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION reports_epoch_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published epoch never changes; newer answers make a newer one' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER epochs_stay_as_published BEFORE UPDATE ON reports_resultepoch
    FOR EACH ROW EXECUTE FUNCTION reports_epoch_is_immutable();
"""
UNPROTECT = """
DROP TRIGGER epochs_stay_as_published ON reports_resultepoch;
DROP FUNCTION reports_epoch_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_stored_result_epochs")]
    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
