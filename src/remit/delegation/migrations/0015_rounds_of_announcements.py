"""An announcement covers one round or several of a programme: its round so far becomes the first of them."""

from typing import Any

from django.db import migrations, models


def link(apps: Any, schema_editor: Any) -> None:
    """Every announcement so far covers its one round."""
    announcement = apps.get_model("delegation", "Announcement")
    covered = apps.get_model("delegation", "CoveredRound")
    covered.objects.bulk_create(
        covered(announcement_id=code, round_id=held, place=1)
        for code, held in announcement.objects.order_by("code").values_list("code", "round_id")
    )


def unlink(apps: Any, schema_editor: Any) -> None:
    """Back to one round each; where there are several that cannot be."""
    covered = apps.get_model("delegation", "CoveredRound")
    announcement = apps.get_model("delegation", "Announcement")
    if covered.objects.filter(place__gt=1).exists():
        raise ValueError("An announcement covers several rounds: it cannot go back to one.")
    for code, held in covered.objects.values_list("announcement_id", "round_id"):
        announcement.objects.filter(pk=code).update(round_id=held)


class Migration(migrations.Migration):

    dependencies = [
        ("delegation", "0014_several_rounds"),
    ]

    operations = [
        migrations.RunPython(link, unlink),
        migrations.RemoveField(
            model_name="announcement",
            name="round",
        ),
        migrations.AddField(
            model_name="announcement",
            name="rounds",
            field=models.ManyToManyField(
                related_name="announcements", through="delegation.CoveredRound", to="delegation.round"
            ),
        ),
    ]
