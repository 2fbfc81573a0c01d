from django.db import migrations
from django.db.models import F


def keep_own(apps, schema_editor):
    """Until now whoever issued a directive, or opened a programme, looked after it."""
    for name in ("Directive", "Programme"):
        apps.get_model("directives", name).objects.filter(keeper=None).update(keeper=F("body"))


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_keepers")]

    operations = [migrations.RunPython(keep_own, migrations.RunPython.noop)]
