"""An address as a picture that a phone's camera reads."""

from __future__ import annotations

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr(address: str) -> str:
    """The address as SVG, black on white whatever the colours of the page."""
    target = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, box_size=20, border=4).save(target)
    return target.getvalue().decode().partition("?>")[2].strip()
