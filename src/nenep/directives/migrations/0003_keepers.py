import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_due_reminders"), ("organizations", "0001_squashed_0003_rulescope")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="keeper",
                field=models.ForeignKey(
                editable=False, null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.body",
            ),
            )
            for name in ("directive", "programme")
        ),
        migrations.AddField(
            model_name="receipt",
            name="is_continued",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="nhận từ tổ chức đã kết thúc"
            ),
        ),
    ]
