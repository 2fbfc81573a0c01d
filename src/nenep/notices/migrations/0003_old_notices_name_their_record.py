import re

from django.db import migrations

TYPES = {"meetings": "meetings.meeting", "assignments": "assignments.assignment"}
PAGE = re.compile(r"/(meetings|assignments)/([0-9]{1,18})/")


def name_records(apps, schema_editor):
    """Until now only the address said what a notice is about."""
    notices = apps.get_model("notices", "Notice").objects
    urls = notices.filter(about_id=None).exclude(url="").values_list("url", flat=True).distinct()
    for url in list(urls.order_by("url")):
        if page := PAGE.fullmatch(url):
            notices.filter(url=url).update(about_type=TYPES[page[1]], about_id=int(page[2]))


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_notice_names_its_record")]

    operations = [migrations.RunPython(name_records, migrations.RunPython.noop)]
