"""The QR code of a ticket's link, as an SVG that prints sharp at any size."""

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

QUIET_ZONE = 4  # modules; less, and cheap phone cameras give up


def qr_svg(text: str) -> bytes:
    """Return the SVG document of a code that holds ``text``: one black path on white, quiet zone included."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image(image_factory=_Image).save(out)
    return out.getvalue()


class _Image(SvgPathImage):
    """Black on a white ground, so that the code is read on any page; attributes only, no style."""

    background = "#ffffff"
    QR_PATH_STYLE = {"fill": "#000000", "fill-rule": "nonzero", "stroke": "none", "shape-rendering": "crispEdges"}
