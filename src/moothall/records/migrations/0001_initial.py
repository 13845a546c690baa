from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("event", models.TextField(help_text="Canonical JSON, exactly as hashed")),
                ("leaf", models.CharField(max_length=64)),
                ("link", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ("seq",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seq__gte", 1)), name="audit_event_seq_from_one"
                    )
                ],
            },
        ),
    ]
