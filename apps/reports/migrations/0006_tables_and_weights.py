"""Cross-tables that editors put into the report, and weightings, which are never rewritten: a new one follows."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

PROTECT = """
CREATE FUNCTION reports_weight_run_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a weighting never changes; a new one follows it' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER weight_runs_stay_as_they_were BEFORE UPDATE ON reports_weightrun
    FOR EACH ROW EXECUTE FUNCTION reports_weight_run_is_immutable();
"""
UNPROTECT = """
DROP TRIGGER weight_runs_stay_as_they_were ON reports_weightrun;
DROP FUNCTION reports_weight_run_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("reports", "0005_cards_and_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ReportTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rows", models.CharField(max_length=80)),
                ("columns", models.CharField(max_length=80)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_tables",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "table of the report",
                "verbose_name_plural": "tables of the report",
                "ordering": ["inquiry", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inquiry", "rows", "columns"), name="one_report_table_of_two_answers"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("margins", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weight_runs",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "weighting",
                "verbose_name_plural": "weightings",
                "ordering": ["inquiry", "number"],
                "constraints": [models.UniqueConstraint(fields=("inquiry", "number"), name="one_weighting_per_number")],
            },
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]
