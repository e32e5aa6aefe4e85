import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0002_proofs_are_spent_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("hashed", models.BinaryField(max_length=16)),
                ("day", models.DateField()),
            ],
        ),
    ]
