"""Put on the home screen of a phone, the program opens as one: its manifest and pictures are there and are what they say."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

STATIC = Path(settings.STATICFILES_DIRS[0])


@pytest.fixture(scope="module")
def manifest():
    return json.loads((STATIC / "manifest.webmanifest").read_text(encoding="utf-8"))


def test_the_manifest_names_pictures_that_are_there_in_their_sizes(manifest):
    sizes = []
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"]).exists()
        if icon["type"] == "image/png":
            with Image.open(STATIC / icon["src"]) as picture:
                assert icon["sizes"] == "{}x{}".format(*picture.size)
            sizes.append(picture.size[0])
    assert {192, 512} <= set(sizes)


def test_it_opens_at_the_first_page_in_vietnamese(manifest):
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == ("vi", "/", "/")
    assert manifest["name"] == "Nền nếp"


@pytest.mark.django_db
def test_every_page_leads_to_the_manifest_and_to_the_picture_for_apple(client):
    page = client.get(reverse("account_login")).content.decode()
    assert 'rel="manifest" href="/static/manifest.webmanifest?v=' in page
    assert 'rel="apple-touch-icon" href="/static/icon-180.png?v=' in page
    with Image.open(STATIC / "icon-180.png") as picture:
        assert picture.size == (180, 180)
