"""Pictures for tests, as people send them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CAMERA, TAKEN_AT, GPS, LATITUDE = 0x0110, 0x0132, 0x8825, 2
UPRIGHT, TURNED = 1, 6
ORIENTATION = 0x0112


def picture(
    *, kind="JPEG", size=(40, 30), mode="RGB", colour="navy", name="bild.jpg", turned=UPRIGHT
):
    """Return a picture whose file tells where, when and with what it was taken."""
    exif = Image.Exif()
    exif[CAMERA], exif[TAKEN_AT], exif[ORIENTATION] = "Kamera X", "2026:05:20 10:00:00", turned
    exif.get_ifd(GPS)[LATITUDE] = (59.0, 20.0, 0.0)
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, exif=exif)
    return SimpleUploadedFile(name, file.getvalue())
