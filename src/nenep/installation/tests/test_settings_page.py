"""docs/settings.md names every setting, and no other."""

import re

from django.conf import settings


def test_every_setting_is_documented():
    sources = [settings.ROOT / "src" / "config" / name for name in ("settings.py", "environment.py")]
    used = set(
        re.findall(r"\b(NENEP_[A-Z_]+|DATABASE_URL)\b", " ".join(path.read_text() for path in sources))
    )
    page = (settings.ROOT / "docs" / "settings.md").read_text()
    documented = set(re.findall(r"\b(NENEP_[A-Z_]+|DATABASE_URL)\b", page))
    # Read by the launcher; the other stands in an error message as an example of the shape.
    assert used - {"NENEP_NAME"} == documented - {"NENEP_PYTHON"}
