"""What is kept of a picture, and what is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from hakapa.kernel import pictures
from hakapa.kernel.pictures import PictureField, UnreadableError, made_anew
from hakapa.kernel.tests.pictures import TURNED, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def read(drawing):
    return Image.open(BytesIO(drawing.jpeg))


def refused(file, within="Send"):
    with pytest.raises(UnreadableError, match=within):
        made_anew(file)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_kept(kind):
    sent = picture(kind=kind)
    assert Image.open(sent).getexif(), "the file must have something to lose"

    drawing = made_anew(sent)

    kept = read(drawing)
    assert (kept.format, kept.mode) == ("JPEG", "RGB")
    assert kept.size == (drawing.width, drawing.height) == (40, 30)
    assert not kept.getexif()
    assert kept.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Kamera" not in drawing.jpeg


def test_what_is_hidden_behind_the_picture_is_not_kept():
    sent = BytesIO(picture().read() + b"<script>alert(1)</script>")

    assert b"script" not in made_anew(sent).jpeg


def test_a_picture_taken_sideways_is_kept_upright():
    drawing = made_anew(picture(size=(40, 30), turned=TURNED))

    assert (drawing.width, drawing.height) == (30, 40)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    drawing = made_anew(picture(size=(4000, 3000)))

    assert (drawing.width, drawing.height) == (1600, 1200)


def test_a_small_picture_is_not_made_larger():
    assert made_anew(picture(size=(3, 2)))[1:] == (3, 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_tell_colours_is_read(mode):
    file = BytesIO()
    Image.new(mode, (8, 8)).save(file, "JPEG" if mode == "CMYK" else "PNG")

    assert read(made_anew(file)).mode == "RGB"


def test_what_can_be_seen_through_shows_white():
    file = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(file, "PNG")

    assert read(made_anew(file)).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"GIF89a", SVG, b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_of_a_known_kind_is_refused(content):
    refused(BytesIO(content), "Send a JPEG, a PNG or a WebP")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_kinds_are_refused_whatever_their_name(kind):
    file = BytesIO()
    Image.new("RGB", (16, 16)).save(file, kind)

    refused(file, "Send a JPEG, a PNG or a WebP")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(kind):
    whole = picture(kind=kind, size=(400, 300)).read()

    refused(BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize("side", [7_072, 11_000, 50_000])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(side):
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")

    refused(BytesIO(b"\x89PNG\r\n\x1a\n" + head + rest), "50 million pixels")


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of what a broken file tells of itself
@given(st.binary(max_size=200), st.integers(0, 600), st.sampled_from(["JPEG", "PNG", "WEBP"]))
@example(b"", 0, "PNG")
def test_a_spoilt_picture_is_read_or_refused_and_never_an_error(noise, place, kind):
    whole = picture(kind=kind, size=(64, 48)).read()
    spoilt = whole[:place] + noise + whole[place + len(noise) :]
    try:
        drawing = made_anew(BytesIO(spoilt))
    except UnreadableError:
        return
    assert read(drawing).size == (drawing.width, drawing.height)


class Form(forms.Form):
    picture = PictureField(required=False)


def test_the_field_gives_a_drawing():
    form = Form({}, {"picture": picture(name="../../x.svg")})

    assert form.is_valid()
    assert form.cleaned_data["picture"].width == 40


def test_a_field_left_empty_gives_nothing():
    form = Form({}, {})

    assert form.is_valid()
    assert form.cleaned_data["picture"] is None


def test_the_field_tells_what_is_wrong(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 5)
    for content, words in ((b"", "empty"), (b"123456", "larger"), (b"12", "could not be read")):
        form = Form({}, {"picture": SimpleUploadedFile("a.png", content)})
        assert not form.is_valid()
        assert words in form.errors["picture"][0]
