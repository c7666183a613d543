"""QR codes as small PNG images, drawn the same way every time."""

import base64
import io

import segno

PREFIX = "data:image/png;base64,"
# A fixed mask: the search for the "best" one costs more than the drawing.
MASK = 2
PIXELS_PER_MODULE = 6


def png_src(text: str) -> str:
    """`text` (at most 300 characters) as the `src` of an <img>: a data address of a PNG.

    Raises ValueError when the text is too long to stay readable on 21 mm.
    """
    if len(text) > 300:
        raise ValueError("a QR code on paper carries at most 300 characters")
    code = segno.make_qr(text, error="m", mask=MASK)
    image = io.BytesIO()
    code.save(image, kind="png", scale=PIXELS_PER_MODULE, border=0, dark="#2a1b2e")
    return PREFIX + base64.b64encode(image.getvalue()).decode()
