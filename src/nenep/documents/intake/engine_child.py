"""A program of its own (see `scans`): takes on limits, then becomes the program that recognises letters.

Arguments: seconds of the processor, bytes of memory, bytes of a file, and the program with its own arguments.
"""

import contextlib
import os
import sys


def main() -> None:
    seconds, memory, written = map(int, sys.argv[1:4])
    with contextlib.suppress(
        ImportError, ValueError, OSError
    ):  # not on Windows; some systems refuse one of them
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606  # a list of arguments that the administrator set, no shell


if __name__ == "__main__":
    main()
