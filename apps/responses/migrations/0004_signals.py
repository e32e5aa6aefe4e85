"""What speaks for a machine: bits beside the answers, none for whoever answered before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("responses", "0003_codes_hold_the_last_question")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="signals",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="What speaks for a machine, as bits."
            ),
        )
    ]
