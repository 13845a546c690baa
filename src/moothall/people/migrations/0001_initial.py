import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("sign_in_name", models.CharField(max_length=80, unique=True)),
                (
                    "office",
                    models.CharField(
                        help_text="Devolution Unit, or Leader, Area 7", max_length=120
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sign_in_name", ""), _negated=True),
                            models.Q(("office", ""), _negated=True),
                        ),
                        name="person_has_sign_in_name_and_office",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("centre", "centre"),
                            ("leader", "leader"),
                            ("cabinet", "cabinet member"),
                            ("officer", "commissioner officer"),
                            ("evaluator", "evaluator"),
                            ("co-commissioner", "co-commissioner"),
                            ("provider", "provider"),
                            ("auditor", "auditor"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        blank=True, help_text="body-A01; empty at the centre", max_length=20
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "centre",
                                    "leader",
                                    "cabinet",
                                    "officer",
                                    "evaluator",
                                    "co-commissioner",
                                    "provider",
                                    "auditor",
                                ],
                            )
                        ),
                        name="held_role_is_a_known_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="held_role_first_day_not_after_last",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "centre"), _negated=True),
                            ("body", ""),
                            _connector="OR",
                        ),
                        name="held_role_at_the_centre_has_no_body",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "role", "body", "first_day"),
                        name="held_role_once_from_a_day",
                    ),
                ],
            },
        ),
    ]
