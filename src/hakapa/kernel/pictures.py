"""Pictures that people send: told by their content, made anew, and nothing but the picture kept.

What a camera writes into its files (where, when, with what) is never copied, nor is anything else
that a file may hide beside the picture.
"""

from io import BytesIO
from threading import Lock
from typing import Any, BinaryIO, NamedTuple

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from typing_extensions import override

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 15_000_000  # of the file; a phone's pictures are a third of that
MOST_PIXELS = 50_000_000
MOST_SENT = 40_000_000  # bytes of a whole form; a larger file than MOST_BYTES is told beside it
LONGEST_SIDE = 1600  # pixels, of what is kept
QUALITY = 82  # of JPEG, out of 100
KEPT_FOR = 300  # seconds, by the browser: a hidden picture is soon gone there too
_PAPER = "white"

_one_at_a_time = Lock()  # a large picture takes 200 MB while it is made anew


class Drawing(NamedTuple):
    """A picture as it is kept: the bytes of a JPEG, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


class UnreadableError(ValueError):
    """It is no picture of a kind that is taken, it is broken, or it is too large."""


def made_anew(file: BinaryIO) -> Drawing:
    """Return the picture in the file, upright, on white, at most `LONGEST_SIDE` pixels long.

    Raises:
        UnreadableError: see there; the message is for whoever sent it.

    """
    try:
        with _one_at_a_time, Image.open(file, formats=FORMATS) as sent:
            _refuse_enormous(*sent.size)
            sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read no larger than needed
            return _drawn(ImageOps.exif_transpose(sent))
    except UnreadableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnreadableError(_too_many_pixels()) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as broken:
        raise UnreadableError(
            _("That could not be read as a picture. Send a JPEG, a PNG or a WebP.")
        ) from broken


def _refuse_enormous(width: int, height: int) -> None:
    """Look at the size that the file tells, before anything is unpacked."""
    if width * height > MOST_PIXELS:
        raise UnreadableError(_too_many_pixels())


def _too_many_pixels() -> str:
    return _("The picture has more than %(number)d million pixels. Send a smaller one.") % {
        "number": MOST_PIXELS // 1_000_000
    }


def _drawn(sent: Image.Image) -> Drawing:
    sent.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    flat = Image.new("RGB", sent.size, _PAPER)
    seen_through = sent.convert("RGBA") if sent.has_transparency_data else None
    flat.paste(seen_through or sent.convert("RGB"), mask=seen_through)
    jpeg = BytesIO()
    flat.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
    return Drawing(jpeg.getvalue(), *flat.size)


class PictureField(forms.FileField):
    """A picture, cleaned to a `Drawing`; the kind is told by the content, never by the name."""

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages = {
        "invalid": gettext_lazy("No picture was sent. Choose one and try again."),
        "empty": gettext_lazy("The file is empty."),
        "large": gettext_lazy("The file is larger than %(number)d million bytes. Send a smaller."),
    }

    @override
    def clean(self, data: Any, initial: Any = None) -> Drawing | None:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > MOST_BYTES:
            message = self.error_messages["large"] % {"number": MOST_BYTES // 1_000_000}
            raise forms.ValidationError(message, code="large")
        try:
            return made_anew(file)
        except UnreadableError as unreadable:
            raise forms.ValidationError(str(unreadable), code="unreadable") from unreadable


class BoundedUpload(MemoryFileUploadHandler):
    """Refuses a form that is larger than any page asks for, before it is written anywhere."""

    @override
    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        if content_length > MOST_SENT:
            raise RequestDataTooBig
        super().handle_raw_input(input_data, META, content_length, *rest)


def answer_with(jpeg: bytes, name: str) -> HttpResponse:
    """Return a picture so that a browser shows it as one and as nothing else."""
    answer = HttpResponse(jpeg, content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{slugify(name)}.jpg"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = f"private, max-age={KEPT_FOR}"
    return answer
