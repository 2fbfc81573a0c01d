from django.db import migrations


def renumber(apps, schema_editor):
    """SQLite had no constraint on the places so far: two items may stand at one."""
    items = apps.get_model("meetings", "AgendaItem").objects
    changed, meeting, place = [], None, 0
    for item in items.order_by("meeting_id", "position", "pk").only("meeting_id", "position").iterator():
        place = place + 1 if item.meeting_id == meeting else 1
        meeting = item.meeting_id
        if item.position != place:
            item.position = place
            changed.append(item)
    items.bulk_update(changed, ["position"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_proposed_time")]

    operations = [migrations.RunPython(renumber, migrations.RunPython.noop)]
