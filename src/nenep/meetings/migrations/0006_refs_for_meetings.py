import secrets

from django.db import migrations


def give_refs(apps, schema_editor):
    meetings = apps.get_model("meetings", "Meeting").objects
    rows = []
    for row in meetings.filter(ref="").only("pk").iterator(chunk_size=2000):
        row.ref = secrets.token_urlsafe(12)
        rows.append(row)
    meetings.bulk_update(rows, ["ref"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_meeting_ref")]

    operations = [migrations.RunPython(give_refs, migrations.RunPython.noop)]
