"""A network as GraphML, which yEd, Cytoscape, igraph and networkx read: nodes are actors, edges what one does to another."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from dragoman.case.exports.xml_text import xml_text
from dragoman.case.network import Network

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODES = {"name": "string", "kind": "string", "country": "string", "sectors": "string", "does": "int", "undergoes": "int"}
_EDGES = {
    "kind": "string", "sign": "string", "weight": "int", "signed_weight": "int", "material": "int", "disputed": "int", "score": "double",
    "first": "string", "last": "string", "events": "string",
}  # fmt: skip


def graphml(network: Network) -> str:
    """The file's text; a directed graph in which edges of several kinds between two actors stand side by side."""
    root = ElementTree.Element("graphml", {"xmlns": _NAMESPACE})
    for of, keys in (("node", _NODES), ("edge", _EDGES)):
        for name, kind in keys.items():
            ElementTree.SubElement(root, "key", {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", {"id": "case", "edgedefault": "directed"})
    for node in network.nodes:
        element = ElementTree.SubElement(graph, "node", {"id": node.id})
        known = {name: getattr(node, name) for name in _NODES}
        _data(element, "node", known | {"sectors": " ".join(node.sectors)})
    for number, edge in enumerate(network.edges):
        element = ElementTree.SubElement(graph, "edge", {"id": f"e{number}", "source": edge.source, "target": edge.target})
        signed = edge.weight if edge.sign == "cooperation" else -edge.weight
        known = {name: getattr(edge, name) for name in _EDGES if name != "signed_weight"}
        _data(element, "edge", known | {"signed_weight": signed, "events": " ".join(edge.events)})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _data(element: ElementTree.Element, of: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if value is not None:
            ElementTree.SubElement(element, "data", {"key": f"{of}_{name}"}).text = xml_text(str(value))
