"""Files of these tests lie in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
