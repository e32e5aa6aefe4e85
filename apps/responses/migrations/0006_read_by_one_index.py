"""What whoever counts needs of every reader lies in one index; what is noted beside the answers, as one number."""

from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.expressions import CombinedExpression


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_prepost_switch"),
        ("participants", "0003_erasures_are_remembered"),
        ("responses", "0005_themes_and_quotes"),
        ("surveys", "0003_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="response",
            name="noted",
            field=models.GeneratedField(
                db_persist=True,
                expression=CombinedExpression(
                    CombinedExpression(
                        CombinedExpression(
                            CombinedExpression(
                                Case(
                                    When(status="complete", then=Value(0)),
                                    When(status="partial", then=Value(2**28)),
                                    default=Value(2 * 2**28),
                                ),
                                "+",
                                Case(
                                    When(device="phone", then=Value(0)),
                                    When(device="tablet", then=Value(2**26)),
                                    When(device="computer", then=Value(2 * 2**26)),
                                    default=Value(3 * 2**26),
                                ),
                            ),
                            "+",
                            Case(When(finished=True, then=Value(2**25)), default=Value(0)),
                        ),
                        "+",
                        Case(When(simulated=True, then=Value(2**24)), default=Value(0)),
                    ),
                    "+",
                    F("screen"),
                ),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AlterField(
            model_name="response",
            name="inquiry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=models.CASCADE,
                related_name="responses",
                to="inquiries.inquiry",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                fields=["inquiry", "version"],
                include=("participant", "codes", "noted", "language", "started_day", "changed_day"),
                name="all_answers_of_a_version",
            ),
        ),
    ]
