from django.db import migrations


def keep_present_drafts(apps, _schema_editor):
    """What was written before versions were kept is the first version that is known."""
    Resolution = apps.get_model("resolutions", "Resolution")
    DraftVersion = apps.get_model("resolutions", "DraftVersion")
    for row in Resolution.objects.filter(versions=None).prefetch_related("targets__lead"):
        targets = [
            {
                "id": target.pk,
                "what": target.what,
                "lead": target.lead.full_name if target.lead else "",
                "due_on": target.due_on.isoformat() if target.due_on else "",
                "measure": target.measure,
            }
            for target in row.targets.order_by("position")
        ]
        DraftVersion.objects.create(
            resolution=row,
            number=row.revision,
            title=row.title,
            review=row.review,
            direction=row.direction,
            organization=row.organization,
            targets=targets,
            vote=row.vote,
            by=row.drafted_by,
            at=row.drafted_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_initial"),
        ("resolutions", "0002_draft_versions"),
    ]

    operations = [migrations.RunPython(keep_present_drafts, migrations.RunPython.noop)]
