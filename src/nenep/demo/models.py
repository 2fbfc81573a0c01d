from typing import ClassVar

from django.db import models


class DemoLoaded(models.Model):
    """The mark that this database holds the demo and nothing else; only a marked database may be emptied."""

    today = models.DateField()
    finished_at = models.DateTimeField()

    # Said out loud: outside the demo profile the type checker does not know this app.
    objects: ClassVar[models.Manager["DemoLoaded"]] = models.Manager()
