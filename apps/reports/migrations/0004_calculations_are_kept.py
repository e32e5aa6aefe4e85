"""What staff asked of all answers, kept until something changes."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("reports", "0003_exports_wait_for_whoever_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("parameters", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being calculated"), ("ready", "Ready"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("content", models.JSONField(null=True)),
                ("refusal", models.JSONField(default=dict)),
                ("wanted_watermark", models.CharField(blank=True, max_length=100)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ready_at", models.DateTimeField(null=True)),
                ("took_ms", models.PositiveIntegerField(default=0)),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calculations",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "calculation",
                "verbose_name_plural": "calculations",
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "kind", "sha256"), name="one_calculation_per_question"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "ready", "failed"])),
                        name="calculation_state_is_known",
                    ),
                ],
            },
        ),
    ]
