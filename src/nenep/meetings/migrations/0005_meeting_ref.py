from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_draft_comments_in_figures")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="ref",
            field=models.CharField("mã trên lịch", max_length=40, default="", editable=False),
        ),
    ]
