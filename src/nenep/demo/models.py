from typing import ClassVar

from django.db import models


class DemoLoaded(models.Model):
    """The mark that this database is for the demo and nothing else; only a marked database may be emptied.

    It is set before loading, so that what a killed load left can be emptied too, and finished with the load.
    """

    today = models.DateField()
    finished_at = models.DateTimeField(null=True)

    # Said out loud: outside the demo profile the type checker does not know this app.
    objects: ClassVar[models.Manager["DemoLoaded"]] = models.Manager()
