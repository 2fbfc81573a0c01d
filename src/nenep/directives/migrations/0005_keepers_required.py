import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_keepers_filled")]

    operations = [
        *(
            migrations.AlterField(
                model_name=name,
                name="keeper",
                field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.body",
            ),
            )
            for name in ("directive", "programme")
        ),
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(fields=["keeper", "issued_at"], name="directive_by_keeper"),
        ),
    ]
