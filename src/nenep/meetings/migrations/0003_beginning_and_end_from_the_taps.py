from django.db import migrations
from django.db.models import F


def copy_taps(apps, schema_editor):
    """Of meetings held before, the taps are all that is known of when they began and ended."""
    meetings = apps.get_model("meetings", "Meeting").objects
    meetings.filter(opened_at__isnull=False).update(began_at=F("opened_at"))
    meetings.filter(closed_at__gt=F("opened_at")).update(ended_at=F("closed_at"))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_roll_call_of_everybody")]

    operations = [migrations.RunPython(copy_taps, migrations.RunPython.noop)]
