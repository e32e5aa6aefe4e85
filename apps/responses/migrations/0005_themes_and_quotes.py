"""What staff say about texts: whether they may be quoted, and which themes are in them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("responses", "0004_signals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40)),
                ("double_share", models.PositiveSmallIntegerField(default=20)),
                ("seed", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "inquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="code_books",
                        to="inquiries.inquiry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.JSONField()),
                ("description", models.CharField(blank=True, max_length=500)),
                ("retired", models.BooleanField(default=False)),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="responses.codebook",
                    ),
                ),
            ],
            options={
                "ordering": ["book", "number"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settles", models.BooleanField(default=False)),
                ("codes", models.JSONField(default=list)),
                ("words_sha256", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="responses.codebook",
                    ),
                ),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codings", to="responses.response"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuoteReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=40)),
                ("words_sha256", models.BinaryField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not looked at yet"),
                            ("approved", "May be quoted"),
                            ("refused", "Not quoted"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personal", "Tells who somebody is"),
                            ("indecent", "Insults or threatens"),
                            ("off_topic", "Not about the question"),
                            ("unclear", "Cannot be understood by itself"),
                            ("other", "Another reason"),
                        ],
                        max_length=9,
                    ),
                ),
                ("masks", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quote_reviews",
                        to="responses.response",
                    ),
                ),
            ],
            options={
                "ordering": ["response", "question", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="codebook",
            constraint=models.UniqueConstraint(fields=("inquiry", "question"), name="one_code_book_per_question"),
        ),
        migrations.AddConstraint(
            model_name="codebook",
            constraint=models.CheckConstraint(
                condition=models.Q(("double_share__gte", 10), ("double_share__lte", 100)),
                name="at_least_a_tenth_is_coded_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("book", "number"), name="one_code_per_number"),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="codes_count_from_one"),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settles", False)),
                fields=("book", "response", "coder"),
                name="everybody_codes_a_text_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settles", True)), fields=("book", "response"), name="a_text_is_settled_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reason__in", ["personal", "indecent", "off_topic", "unclear", "other"]), ("state", "refused")
                    ),
                    models.Q(("state__in", ["waiting", "approved"]), ("reason", "")),
                    _connector="OR",
                ),
                name="quotes_are_refused_with_a_reason",
            ),
        ),
    ]
