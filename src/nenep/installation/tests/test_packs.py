"""Packs that do not hold stop a command before it changes anything, in one sentence."""

import subprocess
import sys

import pytest
from django.conf import settings

from nenep.installation.tests.test_init import FLAGS, free_port, sentence
from nenep.notices.tests.process import empty_installation
from nenep.rulebook.loader import PACKS
from nenep.rulebook.tests.make import spoiled_packs

pytestmark = [pytest.mark.django_db, pytest.mark.either_database, pytest.mark.slow]

# manage.py with the packs of another folder.
RUN = """
import sys
from pathlib import Path
root, packs, *arguments = sys.argv[1:]
sys.path[:0] = [root, root + "/src"]
from nenep.rulebook import loader
loader.PACKS = Path(packs)
import manage
sys.exit(manage.main(arguments))
"""


def run(made, packs, *arguments):
    return subprocess.run(
        [sys.executable, "-c", RUN, str(settings.ROOT), str(packs), *arguments],
        env=made.env, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", f"--port={free_port()}"],
        ["demo", "--no-serve"],
        ["worker"],
        ["restore", "nothing.nenep"],
        FLAGS,
    ],
    ids=lambda arguments: arguments[0],
)
def test_packs_with_a_gap_stop_the_command(tmp_path, arguments):
    made = empty_installation(tmp_path)
    made.env["NENEP_PROFILE"] = "demo" if arguments[0] == "demo" else "production"
    packs = spoiled_packs(tmp_path, "meet-2012.yml", "valid_to: 2018-", "valid_to: 2017-")
    said = sentence(run(made, packs, *arguments))
    assert "Gói quy định meet-2012.yml" in said
    assert "valid_to" in said
    assert "\n" not in said
    assert not (made.data / "nenep.sqlite3").exists()
    assert not (made.data / "profile").exists()


def test_sound_packs_stop_nothing(tmp_path):
    """The twin: the same way in, with the packs as they are."""
    assert "./nenep init" in sentence(
        run(empty_installation(tmp_path), PACKS, "serve", f"--port={free_port()}")
    )
