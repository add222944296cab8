"""GEXF 1.3 read by networkx. Below 3.5, which followthemoney asks for, its reader is told the names of that version here."""

from __future__ import annotations

from typing import BinaryIO

import networkx
from networkx.readwrite.gexf import GEXF

_NAMES = {"NS_GEXF": "http://gexf.net/1.3", "NS_VIZ": "http://gexf.net/1.3/viz", "NS_XSI": "http://w3.org/2001/XMLSchema-instance",
          "SCHEMALOCATION": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd", "VERSION": "1.3"}  # fmt: skip


def read_gexf(source: BinaryIO) -> networkx.MultiDiGraph:
    """The network in a file of GEXF 1.3."""
    GEXF.versions.setdefault("1.3", _NAMES)
    return networkx.read_gexf(source, version="1.3")
