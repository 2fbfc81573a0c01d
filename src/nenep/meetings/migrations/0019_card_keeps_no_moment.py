from django.db import migrations, models
from django.db.models import F


def keep_only_that(apps, schema_editor):
    apps.get_model("meetings", "OpinionCard").objects.filter(used_at__isnull=False).update(is_used=True)


def give_a_moment_back(apps, schema_editor):
    """A used card stays used; when it was typed in is gone for good."""
    apps.get_model("meetings", "OpinionCard").objects.filter(is_used=True).update(used_at=F("printed_at"))


class Migration(migrations.Migration):
    """That a card was typed in stays; the moment would lead from its code to the opinion of that moment."""

    dependencies = [("meetings", "0018_opening_strip")]

    operations = [
        migrations.AddField(
            model_name="opinioncard",
            name="is_used",
            field=models.BooleanField(default=False, editable=False, verbose_name="đã nhập"),
        ),
        migrations.RunPython(keep_only_that, give_a_moment_back),
        migrations.RemoveField(model_name="opinioncard", name="used_at"),
    ]
