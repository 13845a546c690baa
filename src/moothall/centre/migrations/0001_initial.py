import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DevolutionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("name", models.CharField(max_length=160)),
                (
                    "sha256",
                    models.CharField(help_text="Of the folder's datapackage.json", max_length=64),
                ),
                ("core_version", models.CharField(max_length=20)),
                ("seed", models.BigIntegerField()),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=12, help_text="F, lower is better", max_digits=14
                    ),
                ),
                (
                    "bound",
                    models.DecimalField(
                        decimal_places=12,
                        help_text="No plan can cost less; null if unproven",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("gap_ratio", models.DecimalField(decimal_places=12, max_digits=14, null=True)),
                ("record", models.JSONField(help_text="plan.json, whole")),
                ("constituted_at", models.DateTimeField()),
                (
                    "area_plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devolution_plan",
                        to="bodies.areaplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Commissioner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=60)),
                (
                    "devolution_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commissioners",
                        to="centre.devolutionplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Function",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("stream", models.CharField(max_length=40)),
                ("result", models.CharField(max_length=40)),
                (
                    "is_to_check",
                    models.BooleanField(help_text="The core has not verified who holds it"),
                ),
                ("reason", models.TextField()),
                ("source", models.TextField(blank=True)),
                (
                    "vesting_day",
                    models.DateField(help_text="First day of the new commissioner", null=True),
                ),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "devolution_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="functions",
                        to="centre.devolutionplan",
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
            },
        ),
        migrations.CreateModel(
            name="Negotiation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=20)),
                (
                    "devolution_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="negotiations",
                        to="centre.devolutionplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("people", models.PositiveIntegerField()),
                ("price_with_health", models.CharField(blank=True, max_length=40)),
                ("price_with_economy", models.CharField(blank=True, max_length=40)),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="bodies.block",
                    ),
                ),
                (
                    "economy_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.area",
                    ),
                ),
                (
                    "health_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.area",
                    ),
                ),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="centre.negotiation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NegotiationOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("place", models.PositiveSmallIntegerField()),
                ("moves", models.TextField(blank=True)),
                (
                    "price_ratio",
                    models.DecimalField(
                        decimal_places=9,
                        help_text="Growth of the plan's cost; 0 as drawn",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("crosses", models.TextField(blank=True)),
                ("breaks", models.TextField(blank=True)),
                ("sentence", models.TextField()),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="centre.negotiation",
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
            },
        ),
        migrations.CreateModel(
            name="PlanScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan", models.CharField(help_text="'this plan' or a baseline", max_length=80)),
                ("measure", models.CharField(max_length=80)),
                ("geography", models.CharField(blank=True, max_length=80)),
                ("value", models.CharField(help_text="As the core printed it", max_length=40)),
                (
                    "devolution_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="centre.devolutionplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centre.commissioner",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centre.commissioner",
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="bodies.block",
                    ),
                ),
                (
                    "function",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="centre.function",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "responsibilities",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("core_version", models.CharField(max_length=20)),
                ("core_inputs_sha256", models.CharField(max_length=64)),
                (
                    "caveats",
                    models.JSONField(
                        help_text="Sentences that every page with its figures carries"
                    ),
                ),
                (
                    "devolution_plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlement",
                        to="centre.devolutionplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BlockGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.CharField(max_length=7)),
                ("pence", models.BigIntegerField()),
                ("pence_per_head", models.BigIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="block_grants",
                        to="bodies.area",
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="block_grants",
                        to="centre.settlement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("place", models.PositiveSmallIntegerField(help_text="Order in tables")),
                ("need_profile", models.CharField(max_length=80)),
                ("need_basis", models.CharField(max_length=200)),
                ("baseline", models.CharField(max_length=80)),
                ("source", models.TextField(blank=True, help_text="Of the quantum")),
                (
                    "label",
                    models.CharField(
                        help_text="modelled baseline, not actual spending", max_length=300
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="streams",
                        to="centre.settlement",
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
            },
        ),
        migrations.CreateModel(
            name="Quantum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.CharField(help_text="2026-27", max_length=7)),
                ("pence", models.BigIntegerField()),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quanta",
                        to="centre.stream",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "quanta",
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.CharField(max_length=7)),
                ("pence", models.BigIntegerField()),
                ("population", models.CharField(blank=True, max_length=40)),
                ("weighted_population", models.CharField(blank=True, max_length=40)),
                ("opening_pence", models.BigIntegerField(null=True)),
                ("target_pence", models.BigIntegerField(null=True)),
                (
                    "limit",
                    models.CharField(blank=True, help_text="floor, free or ceiling", max_length=20),
                ),
                (
                    "distance_opening",
                    models.DecimalField(decimal_places=6, max_digits=10, null=True),
                ),
                (
                    "distance_closing",
                    models.DecimalField(decimal_places=6, max_digits=10, null=True),
                ),
                ("pence_per_head", models.BigIntegerField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="bodies.area",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="centre.stream",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="devolutionplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "constituted")),
                fields=("state",),
                name="devolution_plan_one_constituted",
            ),
        ),
        migrations.AddConstraint(
            model_name="devolutionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("constituted", "replaced"))),
                name="devolution_plan_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="devolutionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bound", None), ("gap_ratio", None)),
                    models.Q(("bound__isnull", False), ("gap_ratio__gte", 0)),
                    _connector="OR",
                ),
                name="devolution_plan_bound_and_gap_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="commissioner",
            constraint=models.UniqueConstraint(
                fields=("devolution_plan", "code"), name="commissioner_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="function",
            constraint=models.UniqueConstraint(
                fields=("devolution_plan", "code"), name="function_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiation",
            constraint=models.UniqueConstraint(
                fields=("devolution_plan", "code"), name="negotiation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "withdrawn"))),
                name="negotiation_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "block"), name="conflict_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(("health_area", models.F("economy_area")), _negated=True),
                name="conflict_pulls_two_ways",
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiationoption",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "code"), name="negotiation_option_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="planscore",
            constraint=models.UniqueConstraint(
                fields=("devolution_plan", "plan", "measure", "geography"), name="plan_score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                fields=("function", "block"), name="responsibility_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "withdrawn"))),
                name="settlement_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="blockgrant",
            constraint=models.UniqueConstraint(
                fields=("settlement", "area", "year"), name="block_grant_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="blockgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gte", 0)), name="block_grant_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="stream",
            constraint=models.UniqueConstraint(
                fields=("settlement", "code"), name="stream_once_a_settlement"
            ),
        ),
        migrations.AddConstraint(
            model_name="stream",
            constraint=models.CheckConstraint(
                condition=models.Q(("label", ""), _negated=True), name="stream_has_label"
            ),
        ),
        migrations.AddConstraint(
            model_name="quantum",
            constraint=models.UniqueConstraint(
                fields=("stream", "year"), name="quantum_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="quantum",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gt", 0)), name="quantum_is_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.UniqueConstraint(
                fields=("stream", "area", "year"), name="allocation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gte", 0)), name="allocation_not_negative"
            ),
        ),
    ]
