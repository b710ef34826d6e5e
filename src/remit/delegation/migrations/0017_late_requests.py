import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("delegation", "0016_signatories"),
    ]

    operations = [
        migrations.AlterField(
            model_name="laterequest",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="late_requests",
                to="delegation.application",
            ),
        ),
    ]
