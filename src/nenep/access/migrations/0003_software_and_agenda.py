from django.db import migrations, models


class Migration(migrations.Migration):
    """The label alone: “chương trình” is the agenda, “phần mềm” the software."""

    dependencies = [("access", "0001_squashed_0002_code_requests")]

    operations = [
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.CharField(
                "vai trò",
                max_length=30,
                choices=[
                    ("administrator", "Quản trị phần mềm"),
                    ("upper_officer", "Cán bộ cấp trên"),
                    ("committee_officer", "Cán bộ đảng ủy"),
                    ("clerk", "Văn thư"),
                ],
            ),
        )
    ]
