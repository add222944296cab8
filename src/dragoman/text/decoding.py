"""From bytes to text: which encoding, or which kind of binary file.

No character is changed on the way: no newline is translated, no white space normalised. Only a byte order mark is left
out, since it is a mark of the encoding and not part of the text.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (0, b"%PDF-", "a PDF document"),
    (0, b"PK\x03\x04", "a zip archive (Word, Excel and EPUB files are zip archives too)"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"\x1f\x8b", "gzip-compressed data"),
    (0, b"BZh", "bzip2-compressed data"),
    (0, b"\xfd7zXZ\x00", "xz-compressed data"),
    (0, b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"OggS", "an Ogg recording"),
    (4, b"ftyp", "an MP4 film or recording"),
    (8, b"WAVE", "a WAV recording"),
)
_SAMPLE = 1 << 16
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# English and the other Western European languages stay far below this share of accented letters and typographic signs;
# Cyrillic, Greek or Asian text in an old encoding lies above it.
_WESTERN_SHARE = 0.3
_CONTROL_SHARE = 0.02
# What Windows-1252 has where Latin-1 has control characters; five places are empty and stay as they are.
_WINDOWS_1252 = {code: bytes([code]).decode("cp1252", "ignore") or code for code in range(0x80, 0xA0)}


class DecodingError(ValueError):
    """The bytes are not text that dragoman knows how to decode; the message says what they look like."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file. `declared` is an encoding that the file itself names, tried after the unmistakable ones.

    Recognised: UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-8, UTF-16 without one, Windows-1252 (which holds
    Latin-1). Stray bytes in what is otherwise UTF-8 become U+FFFD. Raises DecodingError for everything else.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if kind := _signature(data):
        raise DecodingError(kind)
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace")
    if _has_controls(data):
        raise DecodingError("binary data")
    text = _utf8(data)
    if text is None and declared:
        text = _declared(data, declared)
    return text if text is not None else _single_byte(data)


def _signature(data: bytes) -> str | None:
    """The kind of binary file whose signature the data bear."""
    for offset, signature, kind in _SIGNATURES:
        if not data.startswith(signature, offset):
            continue
        # Some signatures are letters that a text may have there too; a text has no control characters.
        if not signature.isalnum() or _has_controls(data) or _utf8(data[:_SAMPLE]) is None:
            return kind
    return None


def _has_controls(data: bytes) -> bool:
    """Whether there are a zero byte or more control characters than any text has."""
    sample = data[:_SAMPLE]
    return b"\0" in data or len(_CONTROLS.findall(sample)) > _CONTROL_SHARE * len(sample)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: the ASCII characters in it (spaces at least) have a zero byte, always on the same side."""
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or len(sample) < 4 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if second > first else "utf-16-be"
    if max(first, second) < 0.1 * pairs or min(first, second) > 0.001 * pairs:
        return None
    try:
        text = sample.decode(encoding, "ignore")
    except UnicodeDecodeError:
        return None
    strange = sum(not (char.isprintable() or char.isspace()) for char in text)
    return encoding if strange <= _CONTROL_SHARE * len(text) else None


def _utf8(data: bytes) -> str | None:
    """UTF-8, lone surrogates kept; with stray bytes if whole characters outnumber them; None for anything else."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    whole = len(_NOT_ASCII.findall(text)) - stray
    return text if whole > stray else None


def _declared(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _single_byte(data: bytes) -> str:
    """Windows-1252; its five unassigned bytes become the control characters that Latin-1 has there."""
    if len(_HIGH.findall(data)) > _WESTERN_SHARE * len(data):
        raise DecodingError("text in an encoding other than UTF-8, UTF-16 or Windows-1252")
    return data.decode("latin-1").translate(_WINDOWS_1252)
