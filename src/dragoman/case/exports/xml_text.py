"""Texts of reports in XML: the characters that XML cannot hold are replaced."""

from __future__ import annotations

import re

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text, with U+FFFD for what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
