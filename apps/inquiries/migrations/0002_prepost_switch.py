"""Whether an inquiry compares readers with and without the debate, and how many answers its author expects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0001_publications_ask_questions")]

    operations = [
        migrations.AddField(
            model_name="inquiry",
            name="has_control_arms",
            field=models.BooleanField(
                default=False,
                help_text="A part of the readers is asked the first question once more before voting, another not at first.",
                verbose_name="compares readers with and without the debate",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="expected_answers",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="answers expected"),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("has_control_arms", False), ("expected_answers__gte", 300), _connector="OR"),
                name="control_arms_need_enough_answers",
            ),
        ),
    ]
