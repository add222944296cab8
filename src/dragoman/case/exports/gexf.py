"""A network as GEXF 1.3, which Gephi, networkx and others read: dynamic, with a spell for every event of an edge.

A spell lasts from the first day of the event to its last. A node's spells are those of its events; what has no date has no spell, and
is there all the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from dragoman.case.exports.xml_text import xml_text
from dragoman.case.network import Act, Edge, Network, Node, days_of

_NAMESPACE = "http://gexf.net/1.3"
_NODES = (("kind", "string"), ("country", "string"), ("sectors", "string"), ("does", "integer"), ("undergoes", "integer"))
_EDGES = (
    ("kind", "string"), ("sign", "string"), ("material", "integer"), ("disputed", "integer"), ("score", "double"),
    ("signed_weight", "double"), ("events", "string"),
)  # fmt: skip


def gexf(network: Network) -> str:
    """The file's text."""
    root = ElementTree.Element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(meta, "creator").text = "dragoman"
    ElementTree.SubElement(meta, "description").text = "Who acts on whom: edges count events; conflict has a negative signed_weight"
    told = {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "date", "timerepresentation": "interval"}
    graph = ElementTree.SubElement(root, "graph", told)
    _attributes(graph, "node", _NODES)
    _attributes(graph, "edge", _EDGES)
    acts = {(act.event, act.source, act.target): act for act in network.acts}
    nodes = ElementTree.SubElement(graph, "nodes")
    of: dict[str, list[Act]] = {}
    for act in network.acts:
        of.setdefault(act.source, []).append(act)
        of.setdefault(act.target, []).append(act)
    for node in network.nodes:
        _node(nodes, node, of.get(node.id, ()))
    edges = ElementTree.SubElement(graph, "edges")
    for number, edge in enumerate(network.edges):
        _edge(edges, number, edge, acts)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _attributes(graph: ElementTree.Element, of: str, columns: Iterable[tuple[str, str]]) -> None:
    found = ElementTree.SubElement(graph, "attributes", {"class": of})
    for name, kind in columns:
        ElementTree.SubElement(found, "attribute", {"id": name, "title": name, "type": kind})


def _node(nodes: ElementTree.Element, node: Node, acts: Iterable[Act]) -> None:
    element = ElementTree.SubElement(nodes, "node", {"id": node.id, "label": xml_text(node.name)})
    known = (node.kind, node.country or "", " ".join(node.sectors), node.does, node.undergoes)
    _values(element, dict(zip((name for name, _ in _NODES), known, strict=True)))
    _spells(element, acts)


def _edge(edges: ElementTree.Element, number: int, edge: Edge, acts: Mapping[tuple[str, str, str], Act]) -> None:
    about = {"id": str(number), "source": edge.source, "target": edge.target, "weight": str(float(edge.weight)), "label": edge.kind}
    element = ElementTree.SubElement(edges, "edge", about)
    signed = float(edge.weight if edge.sign == "cooperation" else -edge.weight)
    known = (edge.kind, edge.sign, edge.material, edge.disputed, edge.score, signed, " ".join(edge.events))
    _values(element, dict(zip((name for name, _ in _EDGES), known, strict=True)))
    _spells(element, [acts[event, edge.source, edge.target] for event in edge.events])


def _values(element: ElementTree.Element, values: Mapping[str, str | int | float]) -> None:
    found = ElementTree.SubElement(element, "attvalues")
    for name, value in values.items():
        ElementTree.SubElement(found, "attvalue", {"for": name, "value": xml_text(str(value))})


def _spells(element: ElementTree.Element, acts: Iterable[Act]) -> None:
    days = [days_of(act) for act in acts]
    if not days or None in days:
        return
    found = ElementTree.SubElement(element, "spells")
    for first, last in sorted(set(filter(None, days))):
        ElementTree.SubElement(found, "spell", {"start": first.isoformat(), "end": last.isoformat()})
