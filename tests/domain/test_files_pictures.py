"""Pictures from outside are decoded in bounds and leave everything but their pixels behind."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from directory.files.pictures import BadPicture, fitted

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
    b'<script>alert(1)</script><image x:href="http://127.0.0.1/"/></svg>'
)


def encoded(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **how: object) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, form, **how)  # type: ignore[arg-type]
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """The converted picture, which is always WebP."""
    return Image.open(io.BytesIO(fitted(data, (512,))[512]), formats=("WEBP",))


def png_of(width: int, height: int) -> bytes:
    """A tiny file whose header says that it is a black-and-white PNG of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * min(height, 64), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_the_three_formats_become_webp(form: str) -> None:
    picture = opened(encoded(form))
    assert (picture.format, picture.size) == ("WEBP", (64, 48))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    assert opened(encoded("PNG", mode=mode)).size == (64, 48)
    assert opened(encoded("JPEG", mode="CMYK")).mode == "RGB"


def test_transparency_is_kept() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (32, 32), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(out.getvalue()).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "kept"),
    [((2048, 1024), (512, 256)), ((100, 1000), (51, 512)), ((64, 64), (64, 64))],
)
def test_large_pictures_are_fitted_and_small_ones_left(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert opened(encoded("PNG", size)).size == kept


def test_all_sizes_come_from_one_reading() -> None:
    sizes = fitted(encoded("PNG", (600, 300)), (112, 512))
    assert {side: Image.open(io.BytesIO(data)).size for side, data in sizes.items()} == {
        112: (112, 56),
        512: (512, 256),
    }


@pytest.mark.case("E1")
@pytest.mark.parametrize("size", [(8000, 8000), (16_000, 16_000), (60_000, 60_000), (13_000, 20)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(
    size: tuple[int, int],
) -> None:
    data = png_of(*size)
    assert len(data) < 100_000
    with pytest.raises(BadPicture, match=r"pixels|damaged"):
        fitted(data, (512,))


@pytest.mark.case("E2")
@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP", "ICO", "PPM", "TGA", "PDF", "EPS"])
def test_other_formats_are_refused(form: str) -> None:
    with pytest.raises(BadPicture, match="is not a PNG, JPEG or WebP picture"):
        fitted(encoded(form), (512,))


@pytest.mark.case("E2")
@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_only_the_first_frame_of_a_moving_picture_counts(form: str) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    picture = opened(out.getvalue())
    assert getattr(picture, "n_frames", 1) == 1
    red, green, _ = picture.convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert red > 200 > green


@pytest.mark.case("E3")
@pytest.mark.parametrize("data", [SVG, b'<?xml version="1.0"?>' + SVG, b"", b"GIF89a=1;alert(1)"])
def test_vector_pictures_and_scripts_are_refused(data: bytes) -> None:
    with pytest.raises(BadPicture, match="is not a PNG, JPEG or WebP picture"):
        fitted(data, (512,))


@pytest.mark.case("E4")
@pytest.mark.parametrize("tail", [b"<?php system($_GET[0]); ?>", b"PK\x03\x04evil", b"<script>x"])
def test_what_hides_behind_a_picture_is_left_behind(tail: bytes) -> None:
    for form in ("PNG", "JPEG", "WEBP"):
        assert tail not in fitted(encoded(form) + tail, (512,))[512]


@pytest.mark.case("E5")
def test_place_and_words_in_the_metadata_are_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret words"
    exif.get_ifd(0x8825)[1] = "N"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "secret words")
    for data in (
        encoded("JPEG", exif=exif.tobytes(), comment=b"secret words", icc_profile=b"secret words"),
        encoded("PNG", pnginfo=text, exif=exif.tobytes()),
        encoded("WEBP", exif=exif.tobytes(), xmp=b"secret words"),
    ):
        assert b"secret" in data
        written = fitted(data, (512, 112))
        assert not any(b"secret" in each or b"EXIF" in each for each in written.values())


def test_a_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(encoded("JPEG", (64, 32), exif=exif.tobytes())).size == (32, 64)


@pytest.mark.case("E9")
def test_damaged_empty_tiny_and_oversized_files_are_refused() -> None:
    whole = encoded("PNG", (300, 300))
    for data in (whole[:60], encoded("JPEG")[:-200], encoded("WEBP")[:40]):
        with pytest.raises(BadPicture):
            fitted(data, (512,))
    with pytest.raises(BadPicture, match="16 × 16 is least"):
        fitted(encoded("PNG", (15, 40)), (512,))
    with pytest.raises(BadPicture, match="larger than 5 MB"):
        fitted(whole + bytes(5 * 1024 * 1024), (512,))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=20))
def test_no_damage_is_more_than_a_refusal(at: int, damage: bytes) -> None:
    whole = encoded("PNG") if at % 2 else encoded("WEBP")
    data = whole[:at] + damage + whole[at + len(damage) :]
    with contextlib.suppress(BadPicture):
        assert fitted(data, (512,))[512].startswith(b"RIFF")


def test_the_same_bytes_always_give_the_same_picture() -> None:
    data = encoded("JPEG", (700, 500))
    assert fitted(data, (512, 112)) == fitted(data, (512, 112))


def test_a_photograph_is_kept_small(tmp_path: Path) -> None:
    noise = Image.effect_noise((800, 800), 80).convert("RGB")
    path = tmp_path / "noise.png"
    noise.save(path)
    assert len(fitted(path.read_bytes(), (512,))[512]) < 300_000
