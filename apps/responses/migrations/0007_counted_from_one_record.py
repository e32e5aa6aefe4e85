"""What is counted of a reader stands in one value, which the index holds in place of the columns it is made of."""

from django.db import migrations, models
from django.db.models import BinaryField, Case, F, Func, Value, When
from django.db.models.expressions import CombinedExpression


def added(one, other):
    return CombinedExpression(one, "+", other)


def followed_by(one, other):
    return CombinedExpression(one, "||", other, output_field=BinaryField())


STATUS = Case(
    When(status="complete", then=Value(0)), When(status="partial", then=Value(2**28)), default=Value(2 * 2**28)
)
DEVICE = Case(
    When(device="phone", then=Value(0)),
    When(device="tablet", then=Value(2**26)),
    When(device="computer", then=Value(2 * 2**26)),
    default=Value(3 * 2**26),
)
FINISHED = Case(When(finished=True, then=Value(2**25)), default=Value(0))
SIMULATED = Case(When(simulated=True, then=Value(2**24)), default=Value(0))
MARKS = added(added(added(added(STATUS, DEVICE), FINISHED), SIMULATED), F("screen"))
LANGUAGE = Func(F("language"), Value(8), function="rpad")
RECORD = followed_by(
    followed_by(
        followed_by(
            followed_by(F("participant"), Func(MARKS, function="int4send")),
            Func(F("started_day"), function="date_send"),
        ),
        Func(LANGUAGE, Value("escape"), function="decode"),
    ),
    F("codes"),
)


class Migration(migrations.Migration):
    dependencies = [("responses", "0006_read_by_one_index")]

    operations = [
        migrations.RemoveIndex(model_name="response", name="all_answers_of_a_version"),
        migrations.RemoveField(model_name="response", name="noted"),
        migrations.AddField(
            model_name="response",
            name="record",
            field=models.GeneratedField(db_persist=True, expression=RECORD, output_field=models.BinaryField()),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                fields=["inquiry", "version"], include=("record", "changed_day"), name="all_answers_of_a_version"
            ),
        ),
    ]
