"""Which answers a published report rests on, so that what is published next is far enough from it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_published_reports")]
    operations = [
        migrations.AddField("calculation", "seen", models.JSONField(default=dict)),
        migrations.AddField(
            "frozenreport", "log_watermark", models.BigIntegerField(null=True, verbose_name="last log row seen")
        ),
        migrations.AddField("frozenreport", "answered", models.PositiveIntegerField(null=True, verbose_name="answers")),
    ]
