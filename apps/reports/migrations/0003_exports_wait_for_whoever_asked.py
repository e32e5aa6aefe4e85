"""What staff took out on the desk: asked for, made by the worker, fetched by whoever asked, and gone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0001_publications_ask_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0002_epochs_never_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=5)),
                ("raw_text", models.BooleanField(default=False)),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being made"), ("ready", "Ready"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("steps", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("responses", models.PositiveIntegerField(null=True)),
                ("file", models.CharField(blank=True, max_length=80)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(state="waiting"),
                        fields=("inquiry", "by"),
                        name="one_export_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state__in=["waiting", "ready", "failed"]),
                        name="export_state_is_known",
                    ),
                    models.CheckConstraint(condition=~models.Q(reason=""), name="export_has_a_reason"),
                ],
            },
        ),
    ]
