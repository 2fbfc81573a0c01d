from django.db import migrations

from nenep.journal import triggers


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [
        # Backwards they stay: an older program comes back with the copy made before the upgrade.
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection), migrations.RunPython.noop
        ),
    ]
