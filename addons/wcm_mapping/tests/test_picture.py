import io

from PIL import Image

from odoo.tests import BaseCase, tagged

from ..picture import plain_jpeg
from .common import photo_of


def saved(picture, kind, **options):
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestPicture(BaseCase):
    def plain(self, content, size=1920):
        return Image.open(io.BytesIO(plain_jpeg(content, size)))

    def test_what_a_camera_wrote_is_left_out_of_a_picture_that_stays_as_large(self):
        content = photo_of("Ann Erskine")
        self.assertIn(b"Ann Erskine", content)
        self.assertNotIn(b"Ann Erskine", plain_jpeg(content, 1920))
        self.assertEqual(self.plain(content).size, (40, 30))

    def test_a_picture_that_lies_on_its_side_is_set_up(self):
        turned = Image.Exif()
        turned[274] = 6
        self.assertEqual(self.plain(saved(Image.new("RGB", (40, 30)), "JPEG", exif=turned)).size, (30, 40))

    def test_it_is_made_smaller_and_never_larger(self):
        self.assertEqual(self.plain(saved(Image.new("RGB", (400, 100)), "PNG"), 200).size, (200, 50))

    def test_colours_stay_and_what_is_see_through_is_white(self):
        red, clear = (200, 30, 30), (0, 0, 0, 0)
        for kind, picture in (("PNG", Image.new("RGB", (8, 8), red)), ("PNG", Image.new("RGB", (8, 8), red).quantize()), ("GIF", Image.new("RGB", (8, 8), red).quantize())):
            for here, there in zip(self.plain(saved(picture, kind)).getpixel((4, 4)), red, strict=True):
                self.assertAlmostEqual(here, there, delta=6)
        self.assertEqual(self.plain(saved(Image.new("RGBA", (8, 8), clear), "PNG")).getpixel((4, 4)), (255, 255, 255))

    def test_what_is_broken_too_large_or_no_picture_is_named_so(self):
        torn = saved(Image.new("RGB", (8, 8)), "PNG").replace(b"IHDR", b"IDHR")
        huge = saved(Image.new("1", (10_000, 6_000)), "PNG")
        for content in (b"", b"no picture", photo_of("Ann")[:100], torn, huge, b"%!PS-Adobe-3.0 EPSF-3.0"):
            with self.subTest(content=content[:12]), self.assertRaises(ValueError):
                plain_jpeg(content, 1920)
