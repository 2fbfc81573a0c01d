"""What a machine lacks, and installing it where that is allowed: as root on Debian and its kin."""

from __future__ import annotations

import os
import shutil
import subprocess


class Missing(Exception):
    """What the machine lacks and could not be installed; the text says what it is and how to get it."""


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install a Debian package; raises Missing with apt's last words."""
    print(f"Installing the Debian package {package} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise Missing(f"apt-get could not install {package}: {said[-1] if said else 'no reason given'}")
