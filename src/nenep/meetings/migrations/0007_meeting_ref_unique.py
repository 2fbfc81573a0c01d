from django.db import migrations, models

import nenep.meetings.models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_refs_for_meetings")]

    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="ref",
            field=models.CharField(
                "mã trên lịch",
                max_length=40,
                unique=True,
                default=nenep.meetings.models.new_ref,
                editable=False,
            ),
        ),
    ]
