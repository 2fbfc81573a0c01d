"""Third-party files of the pages: fetched once by a maintainer, committed, served from `static/vendor/`.

    python tools/vendor.py fetch    packs the pinned npm packages and copies the files that we use (needs npm)
    python tools/vendor.py build    cuts the Tabler stylesheet and writes the compressed siblings (no network)
    python tools/vendor.py check    exits 1 if `build` would change a file

The registry is npm's own setting; nothing here names one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools import css_subset

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TABLER = VENDOR / "tabler-1.6.1"
PAGES = (ROOT / "templates", ROOT / "src" / "nenep")
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest"}
# The whole Tabler stylesheet is the source of the subset; no page links to it.
NOT_SERVED = {"tabler.min.css"}


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: which of its files take which names in `static/vendor/NAME-VERSION/`."""

    npm: str
    name: str
    version: str
    licence: str
    files: dict[str, str]


_FONT = "files/be-vietnam-pro-{}-{}-normal.woff2"
PACKAGES = (
    Package("@tabler/core", "tabler", "1.6.1", "MIT", {"dist/css/tabler.min.css": "tabler.min.css"}),
    Package(
        "@fontsource/be-vietnam-pro",
        "be-vietnam-pro",
        "5.3.0",
        "OFL-1.1",
        {
            _FONT.format(part, weight): f"{part}-{weight}.woff2"
            for part in ("latin", "vietnamese")
            for weight in (400, 600)
        },
    ),
    Package("htmx.org", "htmx", "2.0.10", "0BSD", {"dist/htmx.min.js": "htmx.min.js"}),
)

MIT = """The MIT License

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["fetch"]:
            for package in PACKAGES:
                fetch(package)
            build()
        case ["build"]:
            build()
        case ["check"]:
            stale = stale_files()
            for path in stale:
                print(
                    f"{path.relative_to(ROOT)} is out of date: run `python tools/vendor.py build`",
                    file=sys.stderr,
                )
            return 1 if stale else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def fetch(package: Package) -> None:
    """Copies the files of one pinned package, its licence and a `vendor.json` with their digests."""
    target = VENDOR / f"{package.name}-{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        source = _packed(package, Path(folder))
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for inside, name in package.files.items():
            (target / name).write_bytes(_clean((source / inside).read_bytes(), name))
        (target / "LICENSE").write_text(_licence(source, target), encoding="utf-8")
    record = {
        "name": package.npm,
        "version": package.version,
        "licence": package.licence,
        "sha256": {name: _digest(target / name) for name in sorted(package.files.values())},
    }
    (target / "vendor.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def build() -> None:
    for path, content in _built().items():
        if not path.exists() or _differs(path, content):
            path.write_bytes(content)


def stale_files() -> list[Path]:
    """Files that `build` would write anew. Compressed siblings count by what they unpack to."""
    return [path for path, content in _built().items() if not path.exists() or _differs(path, content)]


def subset_of_tabler() -> str:
    """Tabler without what our pages cannot reach. Depends on the committed files alone."""
    full = (TABLER / "tabler.min.css").read_text(encoding="utf-8")
    own = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css")))
    used = css_subset.classes_in_sources(PAGES)
    header = re.match(r'@charset "UTF-8";(/\*!.*?\*/)', full, re.DOTALL)
    return f"{header[1] if header else ''}\n{css_subset.subset(full, used, also_read=own)}"


def _built() -> dict[Path, bytes]:
    wanted = {TABLER / "tabler.subset.css": subset_of_tabler().encode()}
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in COMPRESSED and path.name not in NOT_SERVED | {"vendor.json"}:
            wanted.setdefault(path, path.read_bytes())
    for path, content in list(wanted.items()):
        wanted[path.with_name(path.name + ".gz")] = gzip.compress(content, 9, mtime=0)
        wanted[path.with_name(path.name + ".br")] = brotli.compress(content, quality=11)
    return wanted


def _differs(path: Path, content: bytes) -> bool:
    unpack: Callable[[bytes], bytes] = {".gz": gzip.decompress, ".br": brotli.decompress}.get(
        path.suffix, bytes
    )
    return unpack(path.read_bytes()) != unpack(content)


def _packed(package: Package, folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", f"{package.npm}@{package.version}"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _clean(content: bytes, name: str) -> bytes:
    # A link to a source map that we do not ship would be a missing file for every browser with open tools.
    return re.sub(rb"\n?/\*# sourceMappingURL=.*?\*/\s*", b"", content) if name.endswith(".css") else content


def _licence(source: Path, target: Path) -> str:
    if (source / "LICENSE").exists():
        return (source / "LICENSE").read_text(encoding="utf-8")
    # Tabler ships its notice in the head of the stylesheet instead of a file.
    head = (target / "tabler.min.css").read_text(encoding="utf-8")[:600]
    return MIT.format(copyright="\n".join(re.findall(r"Copyright.*", head)))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
