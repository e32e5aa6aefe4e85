"""Published reports, which are never rewritten and never go, and what editors say of their method."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

PROTECT = """
CREATE FUNCTION reports_frozen_report_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published report stays as it is; a correction is a new one' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER frozen_reports_stay BEFORE UPDATE OR DELETE ON reports_frozenreport
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_report_is_immutable();
"""
UNPROTECT = """
DROP TRIGGER frozen_reports_stay ON reports_frozenreport;
DROP FUNCTION reports_frozen_report_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("reports", "0006_tables_and_weights"),
        ("surveys", "0003_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="MethodNotes",
            fields=[
                (
                    "inquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="method_notes",
                        serialize=False,
                        to="inquiries.inquiry",
                    ),
                ),
                ("notes", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "notes on the method", "verbose_name_plural": "notes on the method"},
        ),
        migrations.CreateModel(
            name="FrozenReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("code_version", models.CharField(max_length=40)),
                ("title", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="reports.frozenreport",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frozen_reports",
                        to="inquiries.inquiry",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.surveyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "published report",
                "verbose_name_plural": "published reports",
                "ordering": ["inquiry", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "number"), name="one_frozen_report_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="frozen_reports_count_from_one"
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]
