"""Share cards and documents of reports, as bytes: they go with the inquiry, and with its backup."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("reports", "0004_calculations_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=80)),
                ("content_type", models.CharField(max_length=40)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("kept", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "indexes": [
                    models.Index(condition=models.Q(("kept", False)), fields=["made_at"], name="documents_that_go")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "report_sha256", "name"), name="one_document_of_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("with_results", models.BooleanField()),
                ("drawn_from", models.CharField(max_length=64)),
                ("png", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "share card",
                "verbose_name_plural": "share cards",
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "language", "with_results"), name="one_card_of_a_kind")
                ],
            },
        ),
    ]
