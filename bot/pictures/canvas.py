"""A picture of few, exact colours, on which texts stand in the shades between ink and ground."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Self

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]  # sRGB
Place = tuple[int, int]  # from the left, from the top, in pixels
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; the last two lie outside

_LAST = 5  # steps from ground to ink
_STEPS = bytes(round(covered * _LAST / 255) for covered in range(256))
_ANY = bytes(255 * (step > 0) for step in range(256))
_NO_GLYPH = "\uffff"


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font that comes with Pillow, so that every machine draws the same.

    Args:
        size: of an em, in pixels.

    Raises:
        TypeError: Pillow was built without FreeType.
    """
    found = ImageFont.load_default(size=size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, so it cannot draw texts")
    return found


@lru_cache(maxsize=512)
def covers(text: str) -> bool:
    """Tell whether the font can show every character of a text: it knows little but ASCII."""
    missing = _glyph(_NO_GLYPH)
    return all(character == " " or _glyph(character) != missing for character in text)


def width(text: str, size: int) -> int:
    """Return how wide a text is, in pixels."""
    return round(font(size).getlength(text))


def _glyph(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font(32).getmask(character)
    return mask.size, bytes(mask)


class Canvas:
    """A picture with a palette that grows as colours are used, up to 256."""

    def __init__(self, size: tuple[int, int], ground: Colour) -> None:
        self._colours: dict[Colour, int] = {}
        self._image = Image.new("L", size, self._index(ground))  # holds indices of the palette

    def copy(self) -> Self:
        """Return a canvas that looks the same and can be drawn on by itself."""
        other = copy(self)
        other._colours, other._image = dict(self._colours), self._image.copy()  # noqa: SLF001 (its own kind)
        return other

    def fill(self, box: Box, colour: Colour, radius: int = 0) -> None:
        """Fill a box; with a radius, its corners are round."""
        left, top, right, bottom = box
        draw = ImageDraw.Draw(self._image)
        draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius, self._index(colour))

    def outline(self, box: Box, colour: Colour, thickness: int) -> None:
        """Draw the edges of a box, inside it."""
        left, top, right, bottom = box
        draw = ImageDraw.Draw(self._image)
        draw.rectangle((left, top, right - 1, bottom - 1), None, self._index(colour), thickness)

    def disc(self, centre: Place, radius: int, colour: Colour) -> None:
        """Fill a circle."""
        ImageDraw.Draw(self._image).circle(centre, radius, self._index(colour))

    def ring(self, centre: Place, radius: int, colour: Colour, thickness: int) -> None:
        """Draw a circle, inside its radius."""
        draw = ImageDraw.Draw(self._image)
        draw.circle(centre, radius, None, self._index(colour), thickness)

    def mosaic(self, place: Place, cells: bytes, colours: Mapping[int, Colour], side: int) -> None:
        """Draw a square of square cells.

        Args:
            place: of its top left corner.
            cells: a byte each, row by row.
            colours: of each byte.
            side: of a cell, in pixels.
        """
        count = round(len(cells) ** 0.5)
        indices = cells.translate(bytes(self._index(colours[b]) if b in colours else 0
                                        for b in range(256)))  # fmt: skip
        small = Image.frombytes("L", (count, count), indices)
        whole = small.resize((count * side, count * side), Image.Resampling.NEAREST)
        self._image.paste(whole, place)

    def text(  # noqa: PLR0913 (where, what, and how it looks)
        self,
        place: Place,
        text: str,
        size: int,
        ink: Colour,
        ground: Colour,
        *,
        anchor: str = "ls",
        bold: bool = False,
    ) -> None:
        """Write a line.

        Args:
            place: of the anchor.
            text: what the font covers.
            size: of an em, in pixels.
            ink: its colour.
            ground: the colour that is there already.
            anchor: Pillow's; "ls" is the left end of the base line, "ms" its middle.
            bold: with thicker strokes.
        """
        stencil = _stencil(text, size, anchor, bold=bold)
        shades = bytes(self._index(shade) for shade in _shades(ground, ink))
        # Bytes are translated ten times as fast as Pillow looks a picture up in a table.
        indices = stencil.steps.translate(shades + bytes(256 - len(shades)))
        self._image.paste(
            Image.frombytes("L", stencil.mask.size, indices),
            (place[0] + stencil.offset[0], place[1] + stencil.offset[1]),
            stencil.mask,
        )

    def png(self) -> bytes:
        """Return the picture as a PNG; the same picture gives the same bytes."""
        whole = Image.frombytes("P", self._image.size, self._image.tobytes())
        whole.putpalette([part for colour in self._colours for part in colour])
        written = BytesIO()
        whole.save(written, "PNG", compress_level=8)
        return written.getvalue()

    def _index(self, colour: Colour) -> int:
        return self._colours.setdefault(colour, len(self._colours))


@dataclass(frozen=True, slots=True)
class _Stencil:
    """What a text covers.

    Attributes:
        steps: of each pixel, from ground to ink.
        mask: where it covers anything.
        offset: of the top left corner, from the anchor.
    """

    steps: bytes
    mask: Image.Image
    offset: Place


@lru_cache(maxsize=128)
def _stencil(text: str, size: int, anchor: str, *, bold: bool) -> _Stencil:
    """Return what a text covers."""
    left, top, right, bottom = font(size).getbbox(text, anchor=anchor, stroke_width=bold)
    at = int(left) - 1, int(top) - 1
    covered = Image.new("L", (int(right) + 2 - at[0], int(bottom) + 2 - at[1]))
    ImageDraw.Draw(covered).text(
        (-at[0], -at[1]), text, 255, font(size), anchor=anchor, stroke_width=bold
    )
    steps = covered.tobytes().translate(_STEPS)
    return _Stencil(steps, Image.frombytes("L", covered.size, steps.translate(_ANY)), at)


@lru_cache(maxsize=64)
def _shades(ground: Colour, ink: Colour) -> tuple[Colour, ...]:
    """Return the colours from ground to ink."""

    def shade(channel: int, step: int) -> int:
        return round(ground[channel] + (ink[channel] - ground[channel]) * step / _LAST)

    return tuple((shade(0, step), shade(1, step), shade(2, step)) for step in range(_LAST + 1))
