"""Reading pictures back, and the contrast of colours as WCAG 2 counts it."""

from io import BytesIO

from PIL import Image

Colour = tuple[int, ...]


def opened(png: bytes) -> Image.Image:
    """Return a picture that is a PNG, decoded."""
    image = Image.open(BytesIO(png))
    assert image.format == "PNG"
    image.load()
    return image


def colour_at(image: Image.Image, place: tuple[int, int]) -> Colour:
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


def colours_in(image: Image.Image, box: tuple[int, int, int, int]) -> set[Colour]:
    found = image.crop(box).convert("RGB").getcolors(1 << 16)
    assert found is not None
    return {colour for _, colour in found if isinstance(colour, tuple)}


def luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
