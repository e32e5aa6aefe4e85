"""A map that was published is what readers saw; the database refuses to rewrite it. Newer votes make a newer one."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION debates_map_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored map never changes; newer votes make a newer one' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER maps_stay_as_stored BEFORE UPDATE ON debates_opinionmap
    FOR EACH ROW EXECUTE FUNCTION debates_map_is_immutable();
"""

UNPROTECT = """
DROP TRIGGER maps_stay_as_stored ON debates_opinionmap;
DROP FUNCTION debates_map_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("debates", "0004_stored_maps")]

    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
