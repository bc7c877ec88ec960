"""What is made of pictures: upright, small, without notes; what is none, or unfolds into gigabytes, is left alone."""

from pathlib import Path

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import Look
from presence_desktop.server.services.files import images
from tests.server.pictures import opened, picture, png_of, sideways, zipped


def look(tmp_path: Path, data: bytes) -> Look | None:
    path = tmp_path / "cat.png"
    path.write_bytes(data)
    return images.looked_at(path)


@pytest.mark.parametrize(
    ("kind", "mode", "thumbnail"),
    [
        ("PNG", "RGB", "image/jpeg"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/jpeg"),
        ("PNG", "I;16", "image/jpeg"),
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("GIF", "P", "image/jpeg"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
    ],
)
def test_a_picture_gets_its_size_and_a_thumbnail(
    tmp_path: Path, kind: str, mode: str, thumbnail: str
) -> None:
    found = look(tmp_path, picture(kind, (1600, 1000), mode))
    assert found is not None
    assert (found.media_type, found.width, found.height) == (f"image/{kind.lower()}", 1600, 1000)
    assert images.thumbnail_type(found.thumbnail) == thumbnail
    assert opened(found.thumbnail).size == (512, 320)


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    found = look(tmp_path, picture("PNG", (20, 10)))
    assert found is not None
    assert opened(found.thumbnail).size == (20, 10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_is_upright_and_tells_no_place(tmp_path: Path, kind: str) -> None:
    data = sideways(kind=kind)
    assert b"SECRET CAMERA" in data
    found = look(tmp_path, data)
    assert found is not None
    assert (found.width, found.height) == (400, 640)
    small = opened(found.thumbnail).convert("RGB")
    assert small.size == (320, 512)
    assert b"SECRET" not in found.thumbnail
    assert not small.getexif()
    (top, bottom) = (small.getpixel((160, 20)), small.getpixel((160, 490)))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True), "the left half of the sensor is up"


@pytest.mark.parametrize(
    "data",
    [
        picture()[:-300], picture("JPEG")[:-3000], picture("GIF")[:60], picture("WEBP")[:60], picture("BMP"),
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, png_of(30_000, 30_000), png_of(0, 10), zipped(), b"",
    ],
    ids=["cut png", "cut jpeg", "cut gif", "cut webp", "bmp", "no png", "bomb", "no pixels", "zip", "nothing"],
)  # fmt: skip
def test_what_cannot_be_read_is_left_alone(tmp_path: Path, data: bytes) -> None:
    assert look(tmp_path, data) is None


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert images.looked_at(tmp_path / "gone") is None


@pytest.mark.parametrize(
    ("media_type", "worth"), [("image/png", True), ("image/svg+xml", False), ("text/plain", False)]
)
def test_what_is_worth_a_look(media_type: str, worth: bool) -> None:
    assert images.may_be_picture(media_type) is worth


def test_a_picture_of_too_many_bytes_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "DECODED_BYTES", 100)
    assert look(tmp_path, picture()) is None


@pytest.mark.parametrize(
    "data", [picture("PNG", (900, 300)), picture("JPEG", (3000, 1000)), picture("WEBP", (300, 100), "RGBA")]
)
def test_an_avatar_is_the_middle_square(data: bytes) -> None:
    made = opened(images.avatar(data))
    assert (made.format, made.size) == ("PNG", (256, 256))
    left, right = (made.convert("RGB").getpixel((x, 128)) for x in (20, 235))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 200, right[2] > 200) == (True, True)


def test_an_avatar_is_upright_and_has_nothing_but_pixels() -> None:
    made = images.avatar(sideways())
    assert b"SECRET" not in made
    top = opened(made).convert("RGB").getpixel((128, 20))
    assert isinstance(top, tuple)
    assert top[0] > 200


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", picture()[:-300], picture("JPEG")[:200], picture("GIF"), picture("BMP"), zipped(),
        png_of(20_000, 20_000), b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["nothing", "text", "cut", "cut jpeg", "gif", "bmp", "zip", "bomb", "svg"],
)  # fmt: skip
def test_what_is_no_avatar_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        images.avatar(data)
    assert caught.value.code is Code.INVALID_IMAGE
