"""A picture's pixels and nothing else. Knows nothing of Odoo."""

import io
import struct

from PIL import Image, ImageOps, WebPImagePlugin

FORMATS = ("JPEG", "PNG", "GIF", WebPImagePlugin.WebPImageFile.format)
# Unpacked it takes three or four bytes a pixel, however small the file.
MOST_PIXELS = 50_000_000


def plain_jpeg(content, size):
    """The picture anew: a phone writes the place and the owner beside it. What is see-through becomes white.

    :param size: longest side of what comes out, in pixels
    :raise ValueError: no picture, a broken one, or more than MOST_PIXELS
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError(f"{picture.width} x {picture.height} pixels are too many.")
            shown = _on_white(ImageOps.exif_transpose(picture))
    except (OSError, EOFError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise ValueError(f"This picture cannot be read: {error}") from error
    shown.thumbnail((size, size))
    return _saved(shown)


def _on_white(picture):
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", above.size, "white"), above).convert("RGB")


def _saved(picture):
    """Of a new picture: Pillow writes some of what came with the old one into the file."""
    clean, content = Image.new("RGB", picture.size), io.BytesIO()
    clean.paste(picture)
    clean.save(content, "JPEG", quality=85)
    return content.getvalue()
