"""The text of a page's bytes, whatever encoding it was saved in."""

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

SAMPLE = 1 << 16  # bytes that are looked at to tell an encoding
CONTROL_SHARE = 0.02  # more control characters than that, and it is no text
FOREIGN_SHARE = 0.2  # of the letters of a Western text at most so many have an accent
NUL_SHARE = 0.2  # UTF-16 of a Western text without a byte order mark is half NULs

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"GIF8", b"\xff\xd8\xff",
    b"SQLite format 3", b"BZh", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"MZ\x90", b"{\\rtf",
)  # fmt: skip
# The encodings that pages are really saved in (those of the WHATWG's Encoding standard).
_LEGACY: Final = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "koi8_r", "koi8_u", "cp866", "cp874", "cp932", "euc_jp", "gb18030", "big5",
    "cp949",
)  # fmt: skip
# What any real text in an encoding of East Asia holds, and bytes at random hardly ever.
_TELLING: Final = {
    "cp932": re.compile("[ぁ-ん]"),
    "euc_jp": re.compile("[ぁ-ん]"),
    "cp949": re.compile("[은는이가을를의에다]"),
    "gb18030": re.compile("[的一是不了在有和为这用于于与以可端口个中]"),
    "big5": re.compile("[的一是不了在有和為這用於與以可埠個中]"),
}
# What a page declares, where it means another encoding (the Encoding standard's labels).
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932"}
_MEANT_TOO: Final = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "tis-620": "cp874"}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_-]{2,40})""", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_WESTERN = re.compile(r"[a-zàáâãäåæçèéêëìíîïñòóôõöøœšžùúûüýÿßº]+", re.IGNORECASE)
_WESTERN_SIGNS = frozenset(" \xa0–—‘’‚“”„…•©®™°«»‹›€£§·¿¡¹²³±×½¼¾µ†‡‰\u00ad")


class PageRefusedError(Exception):
    """A page cannot be imported; the message is the reason, as a clause."""


def decode(content: bytes) -> str:
    """Return the text of `content`, with LF line ends and no byte order mark.

    Raises:
        PageRefusedError: it is empty, binary, damaged, or in an encoding that cannot be told.
    """
    if not content.strip():
        raise PageRefusedError("it is empty")
    text = _decoded(content).removeprefix("\ufeff")
    if len(_CONTROL.findall(text[:SAMPLE])) > CONTROL_SHARE * min(len(text), SAMPLE):
        raise PageRefusedError("it is binary, not text")
    if not text.strip():
        raise PageRefusedError("it is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                name = encoding.removesuffix("-sig").upper()
                raise PageRefusedError(
                    f"it begins as {name}, but is damaged at byte {error.start}"
                ) from error
    if content.startswith(_MAGIC):
        raise PageRefusedError("it is binary, not text")
    if b"\0" in content[:SAMPLE]:
        return _without_mark(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(content, error)


def _without_mark(content: bytes) -> str:
    """Read UTF-16 that has no byte order mark: it shows as NULs in every second byte."""
    sample = content[:SAMPLE]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls = sample[offset::2].count(0)
        if nuls >= NUL_SHARE * len(sample) and not sample[1 - offset :: 2].count(0):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise PageRefusedError("it is binary, not text")


def _legacy(content: bytes, error: UnicodeDecodeError) -> str:
    """Read a text that is not UTF-8 in the encoding that it most likely is in."""
    text = _as_declared(content)
    if text is not None:
        return text
    kept = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", content))
    lost = content.decode("utf-8", "replace").count("\ufffd")
    if kept >= lost:
        raise PageRefusedError(f"its UTF-8 is damaged at byte {error.start}")
    text = _western(content)
    if text is not None:
        return text
    for match in from_bytes(content[:SAMPLE], cp_isolation=list(_LEGACY)):
        telling = _TELLING.get(match.encoding)
        try:
            text = content.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        if telling.search(text) if telling is not None else match.coherence > 0:
            return text
    raise PageRefusedError("its encoding cannot be told: save it as UTF-8")


def _as_declared(content: bytes) -> str | None:
    """Return the text in the encoding that an HTML page names, or None where that is not so."""
    declared = _DECLARED.search(content[:2048])
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
        name = _MEANT.get(name, _MEANT_TOO.get(name, name))
        return content.decode(name) if name.replace("-", "_") in _LEGACY else None
    except (LookupError, UnicodeDecodeError):
        return None


def _western(content: bytes) -> str | None:
    """Return the text as Windows-1252, or None where that gives no plausible Western text."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [sign for sign in text if sign >= "\x80" and sign not in _WESTERN_SIGNS]
    letters = sum(map(str.isalpha, text))
    if not all(map(_WESTERN.fullmatch, foreign)) or len(foreign) > FOREIGN_SHARE * letters:
        return None
    # Inside a word a capital with an accent after a small letter is a sign of another encoding.
    return None if re.search(r"[a-zà-ÿ][À-ÖØ-Þ]|[A-Za-z][¿¡³²¹¾¼½][a-z]", text) else text
