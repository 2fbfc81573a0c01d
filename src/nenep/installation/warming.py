"""What the first pages after a start would otherwise load while people wait: all addresses and all templates.

A server begins without them and is asked by a whole branch at once; each thread would compile the same templates anew.
"""

from __future__ import annotations

import logging
from pathlib import Path

from django.apps import apps
from django.template.loader import get_template
from django.urls import get_resolver

logger = logging.getLogger(__name__)


class Warming:
    """Loads everything once, beside the answers; there is nothing to stop."""

    def run(self) -> None:
        try:
            load_everything()
        except Exception:  # the page that needs it will say what is wrong
            logger.exception("not everything could be loaded beforehand")

    def stop(self) -> None:
        pass


def load_everything() -> int:
    """Load the addresses and the templates of this program; returns how many templates there are."""
    get_resolver().reverse_dict  # noqa: B018  # filled by being asked for
    folders = [
        Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("nenep.")
    ]
    names = [str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")]
    for name in names:
        get_template(name)
    return len(names)
