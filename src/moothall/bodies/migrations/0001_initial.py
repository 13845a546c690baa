import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "withdrawn"))),
                        name="area_plan_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=160)),
                ("population", models.PositiveIntegerField(help_text="persons")),
                ("area_km2", models.DecimalField(decimal_places=3, max_digits=12)),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=12,
                        help_text="This area's part of the plan's score",
                        max_digits=14,
                    ),
                ),
                (
                    "self_containment_supply",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="Of workers living here, share working here",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "self_containment_demand",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="Of jobs here, share held by people living here",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "outline",
                    models.JSONField(help_text="GeoJSON geometry, or a centroid", null=True),
                ),
                (
                    "area_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="bodies.areaplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=160)),
                (
                    "search_name",
                    models.CharField(
                        help_text="The name without capitals, for search", max_length=200
                    ),
                ),
                ("population", models.PositiveIntegerField(help_text="persons")),
                ("area_km2", models.DecimalField(decimal_places=3, max_digits=12)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="bodies.area",
                    ),
                ),
                (
                    "area_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="bodies.areaplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=200)),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body",
                        to="bodies.area",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bodies",
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("leader", "Leader"), ("cabinet", "Cabinet")], max_length=10
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="bodies.body",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices_held",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AreaGeography",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("geography", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=160)),
                ("people", models.PositiveIntegerField(help_text="Residents of both")),
                ("share_of_area", models.DecimalField(decimal_places=6, max_digits=8)),
                ("share_of_geography", models.DecimalField(decimal_places=6, max_digits=8)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("equal", "same boundary"),
                            ("contains", "wholly inside this area"),
                            ("within", "contains this area"),
                            ("crosses", "crosses the boundary"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="geographies",
                        to="bodies.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "role", "geography", "code"), name="area_geography_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relation__in", ["equal", "contains", "within", "crosses"])
                        ),
                        name="area_geography_relation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share_of_area__range", (0, 1)), ("share_of_geography__range", (0, 1))
                        ),
                        name="area_geography_shares_are_shares",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("area_plan", "code"), name="area_code_once_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(("population__gt", 0)), name="area_has_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("self_containment_supply", None),
                        ("self_containment_supply__range", (0, 1)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("self_containment_demand", None),
                        ("self_containment_demand__range", (0, 1)),
                        _connector="OR",
                    ),
                ),
                name="area_self_containment_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                fields=("area_plan", "code"), name="block_in_one_area_of_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("search_name", ""), _negated=True),
                ),
                name="block_has_name_to_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "constituted")),
                fields=("code",),
                name="body_code_once_while_constituted",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("constituted", "wound up"))),
                name="body_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "leader")),
                fields=("body",),
                name="office_one_leader_a_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("leader", "cabinet"))), name="office_kind_is_known"
            ),
        ),
    ]
