from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0001_people_behind_pseudonyms"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpentProof",
            fields=[
                ("nonce", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("spent_at", models.DateTimeField()),
            ],
        ),
    ]
