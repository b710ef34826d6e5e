import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("delegation", "0013_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoveredRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered",
                        to="delegation.announcement",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to="delegation.round",
                    ),
                ),
            ],
            options={
                "ordering": ["announcement", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("announcement", "round"), name="delegation_covered_round_once"),
                    models.UniqueConstraint(fields=("announcement", "place"), name="delegation_covered_round_place"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="announcement",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegation.round",
            ),
        ),
    ]
