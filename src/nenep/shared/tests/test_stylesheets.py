"""What the pages load: small enough, up to date, and with a rule for each Tabler class that a template names."""

import gzip
import hashlib
import json
import re

import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from nenep.shared.compression import CompressedPages
from nenep.shared.tests.gallery import NAMES, pages
from tools import css_subset, vendor

SUBSET = vendor.TABLER / "tabler.subset.css"
OWN = sorted((vendor.STATIC / "css").glob("*.css"))
KILOBYTE = 1024


def test_whatever_the_maintainers_command_writes_is_up_to_date():
    stale = [path.relative_to(vendor.ROOT).as_posix() for path in vendor.stale_files()]
    assert stale == [], "run: python tools/vendor.py build"


def test_no_template_names_a_tabler_class_that_the_pages_do_not_load():
    tabler = css_subset.classes_of((vendor.TABLER / "tabler.min.css").read_text())
    loaded = css_subset.classes_of(SUBSET.read_text() + "".join(path.read_text() for path in OWN))
    used = css_subset.classes_in_sources(vendor.PAGES)
    missing = {name: path.name for name, path in used.items() if name in tabler - loaded}
    assert missing == {}, "run python tools/vendor.py build, or use our own class (docs/interface.md)"


def test_every_class_that_a_template_names_has_a_rule():
    known = css_subset.classes_of(SUBSET.read_text() + "".join(path.read_text() for path in OWN))
    used = css_subset.classes_in_sources(vendor.PAGES)
    unknown = {name: path.name for name, path in used.items() if name not in known}
    assert unknown == {}, "no stylesheet has these classes; docs/interface.md lists those there are"


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in vendor.VENDOR.glob("*/vendor.json")), ids=lambda f: f.name
)
def test_vendored_files_are_the_ones_that_were_fetched_and_have_a_licence(folder):
    record = json.loads((folder / "vendor.json").read_text())
    assert folder.name.endswith(record["version"])
    assert (folder / "LICENSE").read_text().strip()
    for name, digest in record["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def loaded_by(page):
    """Paths under static/ that a browser fetches for the page: linked, and the fonts that the styles name."""
    addresses = re.findall(r'(?:href|src)="/static/([^"?]+)', page)
    fonts = [
        path.relative_to(vendor.STATIC).as_posix() for path in vendor.VENDOR.glob("be-vietnam-pro-*/*.woff2")
    ]
    return set(addresses) | set(fonts)


def sent_bytes(name):
    path = vendor.STATIC / name
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size


@pytest.mark.parametrize("name", NAMES)
def test_a_first_visit_weighs_at_most_150_kilobytes(name):
    page = pages()[name]
    html = len(gzip.compress(page.encode()))
    assert html + sum(map(sent_bytes, loaded_by(page))) <= 150 * KILOBYTE
    scripts = [path for path in loaded_by(page) if path.endswith(".js")]
    assert len(scripts) == 3
    assert sum(map(sent_bytes, scripts)) <= 60 * KILOBYTE
    assert html <= 30 * KILOBYTE


def test_fonts_named_by_the_styles_are_there():
    theme = vendor.STATIC / "css" / "theme.css"
    names = re.findall(r'url\("\.\./(vendor/[^"]+)"', theme.read_text())
    assert len(names) == 4
    assert all((vendor.STATIC / name).is_file() for name in names)


@pytest.mark.django_db  # a request ends by looking after its connection
def test_the_server_sends_the_compressed_sibling(client):
    response = client.get("/static/css/app.css", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(response)) == (vendor.STATIC / "css" / "app.css").read_bytes()
    response = client.get("/static/css/app.css", headers={"accept-encoding": "gzip, br"})
    assert response["Content-Encoding"] == "br"
    response.close()


@pytest.mark.django_db  # a request ends by looking after its connection
def test_vendored_files_are_kept_for_ever_and_ours_for_an_hour(client):
    forever = client.get("/static/vendor/htmx-2.0.10/htmx.min.js")
    hour = client.get("/static/js/app.js")
    assert "immutable" in forever["Cache-Control"]
    assert hour["Cache-Control"] == "max-age=3600, public"
    forever.close()
    hour.close()


@pytest.mark.django_db  # a request ends by looking after its connection
def test_pages_are_compressed_and_downloads_keep_their_length(tmp_path):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    words = "Kỳ sinh hoạt " * 100
    page = CompressedPages(lambda _: HttpResponse(words))(request)
    assert page["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).decode() == words
    (tmp_path / "a.pdf").write_bytes(b"%PDF" + b" " * 5000)
    for download in (
        lambda _: HttpResponse(b" " * 5000, content_type="application/pdf"),
        lambda _: FileResponse((tmp_path / "a.pdf").open("rb")),
    ):
        response = CompressedPages(download)(request)
        assert "Content-Encoding" not in response
        response.close()


def test_the_compression_is_inside_the_static_files_and_around_the_pages():
    order = settings.MIDDLEWARE
    ours = order.index("nenep.shared.compression.CompressedPages")
    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < ours
    assert ours < order.index("django.contrib.sessions.middleware.SessionMiddleware")


CSS = """@charset "UTF-8";/* a { } */:root{--used:1px;--idle:2px;--deep:var(--idle2);--idle2:0}
a,.gone:hover,.kept{margin:var(--used);content:"} .x{"}
.kept:not(.gone),.kept.gone{color:red}
@media (min-width:1px){.kept{x:y}.gone{x:y}}@media print{.kept{x:y}}
@keyframes idle{to{x:y}}@keyframes spin{to{x:y}}.kept{animation:spin 1s}
[data-bs-theme=dark] .kept{x:y}"""


def test_a_subset_keeps_what_the_named_classes_can_reach_and_nothing_else():
    kept = css_subset.subset(CSS, ["kept"])
    assert kept.splitlines() == [
        ":root{--used:1px}",
        'a,.kept{margin:var(--used);content:"} .x{"}',
        "@media (min-width:1px){.kept{x:y}",
        "}",
        "@keyframes spin{to{x:y}}",
        ".kept{animation:spin 1s}",
    ]


def test_a_variable_that_our_own_styles_read_survives():
    assert "--idle:2px" in css_subset.subset(CSS, [], also_read="p { top: var( --idle ) }")


def test_classes_are_found_in_templates_and_widgets(tmp_path):
    (tmp_path / "a.html").write_text(
        """<p class="one {% if x == "q" %}two{% endif %} state-{{ kind }}"> <b class='three md:four'>"""
    )
    (tmp_path / "forms.py").write_text("""Widget(attrs={"class": "five six", 'id': "seven"})""")
    assert set(css_subset.classes_in_sources([tmp_path])) == {"one", "two", "three", "md:four", "five", "six"}
