"""Tasks that tests have carried out, in this process or in another one."""

import time
from pathlib import Path

from django_tasks import task


@task
def write_line(path, line):
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


@task
def write_line_and_hang(path, flag):
    """Hangs the first time only: `flag` does not exist yet."""
    write_line.func(path, "begun")
    if not Path(flag).exists():
        Path(flag).touch()
        time.sleep(60)
    write_line.func(path, "done")


@task
def fail():
    raise ZeroDivisionError("always")
