from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debates", "0005_maps_never_change")]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="held",
            field=models.JSONField(blank=True, default=list, verbose_name="held for"),
        ),
        # Words that were taken away are not the same as other words that were taken away.
        migrations.RemoveConstraint(model_name="statement", name="readers_write_a_statement_once"),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=["debate", "folded"],
                condition=models.Q(origin="reader") & ~models.Q(state="withdrawn") & ~models.Q(folded=""),
                name="readers_write_a_statement_once",
            ),
        ),
    ]
